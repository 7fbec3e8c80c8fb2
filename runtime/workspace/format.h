// The workspace file, declared once for its writer and its reader. FORMAT.md is the grammar; this
// header holds the constants and the two fixed structures. All numbers are little-endian.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_FORMAT_H_
#define OMNITRACE_RUNTIME_WORKSPACE_FORMAT_H_

#include <cstddef>
#include <cstdint>

namespace omnitrace {

inline constexpr char kFileMagic[8] = {'O', 'M', 'N', 'I', 'T', 'R', 'C', '\n'};
inline constexpr uint32_t kFormatVersion = 2;
inline constexpr uint32_t kOldestFormatVersion =
    1;  // that readers know; FORMAT.md tells the changes
inline constexpr uint32_t kBlockMagic = 0x4b4c424f;  // "OBLK"

// A file is an array of slots of this size: slot 0 is the file header, every other slot a block.
// 64 KiB stays in a core's second-level cache, holds about 4,000 calls, and lets a thousand
// threads cost 64 MiB.
inline constexpr uint32_t kBlockSize = 64 * 1024;
// No single record is longer, so that any record fits into an empty block.
inline constexpr uint32_t kMaxRecordSize = 16 * 1024;

enum class ClockKind : uint32_t { kTsc = 1, kMonotonic = 2 };
enum class EndState : uint32_t { kRunning = 0, kExited = 1, kStopped = 2 };  // kStopped: no space

// Why calls are not in the file; an index into FileHeader::drops.
enum class DropReason : uint32_t {
  kNone = 0,
  kSize,         // the size limit, or the disk is full
  kDepth,        // deeper than depth=N
  kCallSite,     // more than calls=N per (caller, callee)
  kSampled,      // roots=1/N
  kMinDuration,  // shorter than min=TIME
  kReentrant,    // a signal handler in the middle of a record
  kNoWindow,     // no window could be mapped for a thread
  kTooLarge,     // a record over kMaxRecordSize
  kOverwritten,  // by later ones, keep=last
  kRate,         // in blocks beyond rate=BYTES, which are missing among their thread's
  kMissed,       // by a tool that recorded a live process, and came too late
};
inline constexpr uint32_t kDropReasons = 16;

// At offset 0. The fields after `checksum` change while the file grows, and only its writer changes
// them: the traced process, or the tool that copies.
struct FileHeader {
  char magic[8];
  uint32_t version;
  uint32_t header_size;  // sizeof(FileHeader) of the writer; a reader takes what it knows
  uint32_t block_size;
  ClockKind clock;
  uint64_t pid;
  uint64_t start_unix_ns;           // CLOCK_REALTIME at the start
  uint64_t start_mono_ns;           // CLOCK_MONOTONIC at the start
  uint64_t start_ticks;             // the recording's clock at the start
  uint64_t start_ticks_per_second;  // a first estimate; the pair below refines it
  uint64_t checksum;                // Checksum() of all bytes before it
  // Live fields: each one is a naturally aligned word that is stored whole.
  uint64_t last_ticks;  // a later pair of clock readings: at every append and at exit
  uint64_t last_mono_ns;
  uint32_t slots;    // slots in use, slot 0 included
  uint32_t threads;  // threads seen; their indices are 1..threads
  EndState end;
  uint32_t reserved;
  uint64_t drops[kDropReasons];  // calls dropped, by DropReason
};
static_assert(sizeof(FileHeader) == 232);
static_assert(offsetof(FileHeader, checksum) == 64);

enum class BlockKind : uint8_t { kCalls = 1, kMetadata = 2 };

enum BlockFlags : uint8_t {
  kBlockSealed = 1,  // complete: checksum, calls and least_depth are valid
  kBlockWindow =
      2,  // the live window of its stream; it wins over an appended slot of equal sequence
};

// At the start of every slot but the first. The payload follows, `length` bytes of records.
// `length` is stored after a record's bytes, so a reader never sees half a record, not even of a
// killed process. Every block decodes alone: it starts from `start_ticks` and `start_depth`.
struct BlockHeader {
  uint32_t magic;
  BlockKind kind;
  uint8_t flags;
  uint16_t gap;          // 0: goes on where the block before ends; else see kMostKept
  uint32_t thread;       // 1.. for calls, 0 for metadata
  uint32_t start_depth;  // open calls of the thread at the block's start
  uint64_t sequence;     // of the thread's (or the metadata's) blocks, from 0
  uint64_t start_ticks;
  uint64_t first_call;      // calls that the thread entered in earlier blocks
  uint32_t least_depth;     // the least depth reached inside (sealed only)
  uint32_t calls;           // enter records inside (sealed only)
  uint32_t length;          // bytes of payload
  uint32_t start_checksum;  // StartChecksum() of the fields that never change; before `magic`
  uint64_t checksum;        // Checksum() of the payload, seeded by sequence (sealed only)
};
static_assert(sizeof(BlockHeader) == 64);

// Blocks that were left out on purpose (kRate) are missing in front of the next one, whose `gap` is
// 1 + how many of the calls open in front of the gap are open behind it, as far as it can count.
inline constexpr uint32_t kMostKept = UINT16_MAX - 1;

inline constexpr uint32_t kBlockPayload = kBlockSize - sizeof(BlockHeader);

// Records in a block of calls start with a varint: the low two bits are the RecordKind, the rest
// depends on it (`rest` below). Times are ticks since the previous record of the block, or since
// start_ticks. BYTES are values, encoded as their types say; they are preceded by their length as
// a varint when the function is flagged kFunctionSizedArguments / kFunctionSizedResult.
//   enter   rest = function id;   varint ticks, BYTES of the arguments
//   leave   rest = ticks;         BYTES of the result. The innermost open call, entered in this
//   block throw   rest = ticks;         text type, text what: the innermost open call, entered in
//   this block, unwinds other   rest = OtherRecord;   varint ticks, varint length, `length` bytes;
//   unknown ones are skipped
enum class RecordKind : uint8_t { kEnter = 0, kLeave = 1, kThrow = 2, kOther = 3 };

enum class OtherRecord : uint32_t {
  kFarLeave = 1,  // varint function, BYTES: as leave, for a call entered in an earlier block
  kFarThrow = 2,  // varint function, text type, text what
  kUnwound = 3,   // varint depth: frames above it vanished without returning (longjmp)
  kDropped = 4,   // varint reason, varint count: calls missing at this place
  kChanged = 5,   // varint function, values of its mutable parameters: the innermost open call is
                  // about to end, and they are not, or not all, what they were at its entry
  kThrown = 6,    // varint type, value: what the throw or far throw that follows is about
  kFor = 7,     // varint: the enter that follows is for these bits of a live file's switch, and not
                // for everybody who watches the process; by whose rules (live_format.h)
  kThread = 8,  // varint slot of the window, varint calls that other threads entered before through
                // the same window, varint tid, text name, varint start ticks: in front of all
                // others in blocks that others overwrite
};

// Records in a block of metadata: varint MetadataRecord, varint length, `length` bytes.
// A text is varint length, bytes. Fields may be added at the end of a record: readers ignore them.
enum class MetadataRecord : uint32_t {
  kProperty = 1,  // text key, text value: program, command, build_id, host, directory, version
  kType = 2,      // see FORMAT.md
  kFunction = 3,
  kThread = 4,   // varint index, varint tid, text name, varint start ticks
  kObject = 20,  // varint base, varint first address, varint end, text path, text build_id
};

enum FunctionFlags : uint32_t {
  kFunctionConstructor = 1,
  kFunctionDestructor = 2,
  kFunctionLambda = 4,
  kFunctionGenerated = 8,        // implicit or defaulted: not in the source
  kFunctionTrivial = 16,         // one line: setters, operators, forwards
  kFunctionSizedArguments = 32,  // the arguments in a record are preceded by their length
  kFunctionSizedResult = 64,
  kFunctionMethod = 128,    // the first parameter is `this`
  kFunctionConst = 256,     // a const method
  kFunctionInternal = 512,  // of its file alone: another file may have one of the same signature
  kFunctionKeeps = 1024,    // what it refers to is sure to be there still when it returns
  kFunctionProbe = 2048,    // an OMNITRACE_PROBE: its parameters are values, its calls events
};

enum ParameterFlags : uint32_t {
  kParameterIndirect =
      1,  // in process: the slot holds the value's address (a reference, an object in memory)
  kParameterThis = 2,
  kParameterUntrusted =
      4,  // may be no valid object at entry (`this` in constructors and destructors)
  kParameterMutable = 8,  // the call may change what it refers to, and that can be shown
};

// How a value of a type is encoded. `size`, `element`, `members` and `shape` are fields of the
// type.
enum class TypeKind : uint8_t {
  kVoid = 0,     // nothing
  kBool,         // varint
  kSigned,       // zigzag varint; 16 raw bytes when size is 16
  kUnsigned,     // varint; 16 raw bytes when size is 16
  kChar,         // varint: char, wchar_t, char8_t, char16_t, char32_t
  kFloat,        // `size` raw bytes
  kEnum,         // zigzag varint when kTypeSigned, else varint; members are the enumerators
  kNullPointer,  // nothing
  kPointer,  // varint address; when it is not null and there is an element: state byte, value if
             // state is kStateValue
  kFunctionPointer,  // varint address
  kCString,    // varint address; when not null: state byte, SEQUENCE of characters if kStateValue
  kReference,  // the element's value
  kClass,      // plain: `size` raw bytes; else state byte, then the members' values if kStateValue
  kUnion,      // as kClass when plain; else varint address
  kArray,      // plain: `size` raw bytes; else SEQUENCE; shape[0] is the number of elements
  kTuple,      // as kClass, printed without names
  kText,       // SEQUENCE of `element`s, contiguous characters
  kSequence,   // SEQUENCE of `element`s, contiguous
  kList,       // SEQUENCE, linked nodes
  kTree,       // SEQUENCE, red-black tree nodes in order
  kDeque,      // SEQUENCE, blocks of elements
  kOptional,   // byte 0 or 1, value if 1
  kVariant,    // varint index + 1 (0: valueless), value of members[index]
  kSmartPointer,  // as kPointer
  kOpaque,        // varint address: incomplete, never instantiated, or not understood
  kRaw,           // `size` raw bytes; the type's count is a RawMeaning
  // In sized arguments and results, and inside plain objects, only.
  kPolymorphic,    // varint id of the class that the object is of (0: not known, the element), its
                   // value
  kBitText,        // SEQUENCE of '0' and '1', raw: a bitset, its highest bit first
  kBitSequence,    // SEQUENCE of bools that are bits in memory
  kWrapper,        // the element's value; the label is members[0], if there is one
  kSharedPointer,  // varint use count + 1, 0 when unknown; then as kPointer
  kComplex,        // `size` raw bytes: two elements
  kDuration,       // `size` raw bytes: an element; members: the offsets are the period's
                   // numerator and denominator, in seconds
  kTimePoint,      // `size` raw bytes: an element, which is a kDuration; members[0] is the clock
  kPosition,       // varint address: an iterator, or a thread; members[0] is which
  kDynamicType,    // varint address; not null: state byte, mangled name if state is kStateValue
  kExceptionPointer,  // as kDynamicType, behind the name what(), or nothing
  kHashTable,         // SEQUENCE, in the slots that control bytes name
  kMatrix,            // SEQUENCE of rows; the element is a kSequence without a shape
};
inline constexpr TypeKind kFirstSizedKind = TypeKind::kPolymorphic;
inline constexpr TypeKind kLastTypeKind = TypeKind::kMatrix;
// SEQUENCE = varint true length, varint stored length (less when cut), the stored elements' values.
// Lengths count elements. The characters of kText and kCString are raw, `size` bytes each, so that
// a text is one memcpy; every other element is a value of its type.
// In the stored length of a kTypeTearable: the links or pointers that were followed disagree with
// the length, as when another thread changes the container, or it isn't made yet.
inline constexpr uint64_t kTorn = 1 << 13;

enum TypeFlags : uint8_t {
  kTypePlain = 1,   // trivially copyable, at most kMaxPlainSize bytes, encoded as its bytes
  kTypeSigned = 2,  // enums
  kTypeMap = 4,     // the elements are pairs of key and value
  kTypeScopedEnum = 8,
  kTypeTearable = 32,         // a SEQUENCE of it may be kTorn
  kTypeFunction = 128,        // opaque: the address is a function's
  kTypePointerLikeText = 16,  // a wide C string: element is not char
};
inline constexpr uint32_t kMaxPlainSize = 256;

// Of the bytes of a kRaw, in the low eight bits of the type's count; the rest is the width in bits
// of a number.
enum class RawMeaning : uint32_t {
  kUnknown = 0,
  kMember = 1,          // pointer to a member, -1 is null: the type's members are those it may mean
  kMemberFunction = 2,  // address, adjustment; an odd address is 1 + the offset in the virtual
                        // table, where the type's members are the virtual functions
  kSigned = 3,          // a number in two's complement
  kUnsigned = 4,
};

enum ValueState : uint8_t {
  kStateAbsent = 0,  // the address only: no budget was left, or too deep
  kStateValue = 1,
  kStateUnreadable = 2,  // the memory could not be read
};

enum MemberFlags : uint32_t {
  kMemberBase = 1,  // a base class: its fields are printed in place
  kMemberBitField = 2,
  kMemberStatic = 4,
  kMemberVirtualBase = 8,  // `offset` is into the virtual table, where the base's own offset stands
};

// What `shape` means in-process, by kind; offsets are bytes from the object's start.
//   kArray       [0] elements
//   kRaw         [0] RawMeaning | width << 8
//   kText, kSequence  [0] offset of the data pointer  [1] LengthKind  [2] its offset, or the
//   constant
//                [3] with kCount: its bytes, 0 for eight | what it is shifted right by << 8
//                [4] but with kSmall: ElementPlace | bytes of the number that chooses << 8
//                [5] [6] [7] with kElementsChosen: offsets of that number and of the elements
//                inside, and what it is compared with
//   kList        [0] offset of the first node's pointer  [1] next  [2] payload (both within a node)
//                [3] offset of the count, or -1  [4] offset of the sentinel, or -1 (ends at null)
//   kTree        [0] offset of the leftmost node's pointer  [1] left  [2] right  [3] parent
//                [4] payload (within a node)  [5] offset of the count  [6] of what is the parent of
//                the root, if [7] is 1
//   kDeque       [0] offset of start.cur  [1] of start.last  [2] of start.node (element ** into the
//   map)
//                [3] of finish.cur  [4] elements in a chunk  [5] of finish.first  [6] of
//                finish.node [7] 0; or 1: [0] offset of the pointer to the first chunk's pointer
//                [1] of the first element's index, counted from there  [2] of the count
//   kBitText, kBitSequence  as kText; lengths are in bits; [3] with kEndPointer: offset of the
//   number
//                of bits that are used of the word there; words are of 64 bits
//   kOptional    [0] offset of the bool  [1] offset of the value
//   kVariant     [0] offset of the index  [1] its size  [2] offset of the alternatives  [3] 0; or
//   1:
//                [0] offset of the address of a function, which a member's offset is; the member's
//                bits say whether [2] holds the value (0) or its address (1); or 2: the first of
//                two is what the function shows that its offset is the address of, the second the
//                object by its fields
//   kSmartPointer  [0] offset of the pointer  [1] -1  [2] 1 when the object may be gone
//   kSharedPointer [0] offset of the pointer  [1] of the control block's pointer  [2] of the use
//   count
//                within that  [3] its size  [4] what it is less than the number of owners
//   kWrapper     [0] offset of the value
//   kPosition    [0] offset of the pointer
//   kDynamicType [0] 1: a pointer to the object, at offset [1]; 0: the object
//   kExceptionPointer  [0] offset of the pointer
//   kHashTable   [0] offset of the pointer to the control bytes, negative where a slot is free
//                [1] of the pointer to the slots  [2] of the count  [3] of the number of slots
//                [4] 1: a slot holds its element's address
//   kMatrix      [0] [4] as kSequence  [1] offset of the number of rows, [5] its bytes; or the
//                number, [5] 0  [2] [6] likewise of the columns  [3] 1: a column's elements lie
//                together; 0: a row's
enum ElementPlace : int32_t {
  kElementsInside = 1,     // [0] is the offset of the elements themselves
  kElementsUntrusted = 2,  // nothing says that the pointer holds: a class of the user's
  // A number says whether the pointer holds, or the elements lie inside: it holds when the number
  // has one of the bits of [7]; or, with kChosenByMore, is more than [7]; not so, with
  // kChosenByNot.
  kElementsChosen = 4,
  kChosenByMore = 8,
  kChosenByNot = 16,
  kChosenBySigned = 32,  // the number has a sign
};
enum VariantKind : int32_t {
  kVariantIndexed = 0,
  kVariantHeld = 1,
  kVariantAdapted = 2,
};
enum class LengthKind : int32_t {
  kCount = 0,
  kEndPointer = 1,
  kConstant = 2,
  // [3] byte and [4] bit that say whether [0] and [2] hold; else the length is the 7 bits from bit
  // [6] of byte [5] on, and the characters begin at byte [7].
  kSmall = 3,
  kTerminated = 5,  // as kConstant, but no more than up to a zero near the start
  kBeforeData = 4,  // the length lies [2] bytes in front of what the data pointer points to
  // A function hands over the length (8 bytes) and then the elements; or a pointer to the first
  // element, and the length. Its address is the offset of the one member there is, which isn't
  // counted.
  kShown = 6,
  kShownRun = 7,
};
inline constexpr uint32_t kShapeWords = 8;

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_FORMAT_H_
