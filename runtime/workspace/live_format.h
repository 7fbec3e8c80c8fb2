// The live file of a traced process: what tools find it by, what they see of it, and where they
// turn its functions on and off, while it runs. It lies in a folder of the user's own
// (live_folder.h) and is mapped into the process, which needs no thread, no port and no descriptor
// for it.
//
//   offset 0                 LiveHeader
//   kLiveRules               of each observer kLiveRuleBytes: a LiveRulesHeader, rules
//   kLiveDirectory           the directory: records, one behind the other
//   kLiveSwitches            a byte for each function: kSwitchOn, kSwitchInlined (description.h),
//                            and a bit for each observer
//   kLiveHits                how often each function was recorded: a uint64_t for each switch, of
//                            as many as kLiveHitNumbers; without the calls in the open windows of
//                            the present recording
//   kLiveEvents              a workspace of kLiveSlots slots (format.h), of the calls that are
//                            recorded for observers alone; each thread keeps its last blocks there
//
// The file is sparse; nothing is touched but what is used. The process writes all of it but the
// switches, `changes`, `observers` and rules, which tools write too. Neither side believes the
// other one: a tool takes every byte for hostile, and of what tools write the process reads those
// alone.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_LIVE_FORMAT_H_
#define OMNITRACE_RUNTIME_WORKSPACE_LIVE_FORMAT_H_

#include <cstdint>

namespace omnitrace {

inline constexpr char kLiveMagic[8] = {'O', 'M', 'N', 'I', 'L', 'I', 'V', 'E'};
inline constexpr uint32_t kLiveVersion = 3;

inline constexpr uint64_t kLivePage = 4096;
inline constexpr uint64_t kLiveRules = kLivePage;
inline constexpr uint64_t kLiveRuleBytes = uint64_t{12} << 10;
inline constexpr uint64_t kLiveDirectory = uint64_t{64} << 10;
inline constexpr uint64_t kLiveSwitches = uint64_t{16} << 20;
inline constexpr uint64_t kLiveSwitchBytes = uint64_t{16} << 20;
inline constexpr uint64_t kLiveHits = kLiveSwitches + kLiveSwitchBytes;
// Each object's switches begin a page: some 1,000 objects.
inline constexpr uint64_t kLiveHitNumbers = uint64_t{4} << 20;
inline constexpr uint64_t kLiveEvents = kLiveHits + kLiveHitNumbers * sizeof(uint64_t);
// A second of a million events of 60 bytes.
inline constexpr uint32_t kLiveSlots = 1024;
inline constexpr uint64_t kLiveSlotBytes = 64 << 10;
inline constexpr uint64_t kLiveBytes = kLiveEvents + kLiveSlots * kLiveSlotBytes;

// Tools that are told of a process's calls, at one time.
inline constexpr uint32_t kLiveObservers = 5;
// What observer i has turned on has this bit in its switch.
constexpr uint8_t LiveObserverBit(uint32_t i) { return static_cast<uint8_t>(8u << i); }
inline constexpr uint8_t kLiveObserverBits = 0xf8;
// Of a call, beside that bit: by the observer's rules.
constexpr uint64_t LiveJudgedBit(uint32_t i) { return uint64_t{LiveObserverBit(i)} << 8; }
static_assert(kLiveRules + kLiveObservers * kLiveRuleBytes <= kLiveDirectory);

enum class LiveState : uint32_t {
  kStandby = 0,    // nothing has been recorded yet
  kRecording = 1,  // to the file `recording`
  kStopped = 2,    // that has no space left
  kFrozen = 3,
  kEnded = 4,     // the process ends, or there could be no recording
  kObserved = 5,  // for observers alone, at kLiveEvents
};

// A tool: one that lives, by its id and its start as in LiveHeader. All zeros is nobody.
struct LiveObserver {
  uint64_t pid;
  uint64_t start_time;
};

struct LiveHeader {
  char magic[8];  // stored last
  uint32_t version;
  uint32_t header_size;
  uint64_t pid;
  uint64_t start_time;     // of the process, in clock ticks since boot: field 22 of /proc/PID/stat
  uint64_t start_unix_ns;  // when the file was made
  // What follows changes while the process runs.
  uint64_t directory_bytes;  // stored behind a record's bytes: no record is ever half there
  uint32_t switch_bytes;
  uint32_t state;    // LiveState
  uint32_t changes;  // a tool adds 1 when it has changed switches
  // The process adds 1 when memory for events can't be had, and calls are left out.
  uint32_t shortages;
  // Each ends in a zero, and may be half of another one while it is read.
  char title[256];
  char program[1024];
  char recording[1024];
  LiveObserver observers[kLiveObservers];
};
static_assert(sizeof(LiveHeader) <= kLivePage);

// In the directory: varint LiveRecord, varint length, `length` bytes. A text is varint length,
// bytes. Fields may be added at a record's end. A switch is its distance from kLiveSwitches.
enum class LiveRecord : uint32_t {
  kFunction = 1,  // varint switch, varint FunctionFlags, text name, text file, varint line
  kInlined = 2,   // varint outer switch, varint number, so many inner switches (description.h)
  kUnloaded = 3,  // varint first switch, varint end: their functions are gone
};

// What an observer wants of the calls that it has turned on; tools write it before they turn
// anything on. Void unless `observer` is the one that has the place, so that nobody inherits rules.
// Then come `size` bytes of rules; none, or what isn't understood: it wants every call.
//
//   rule        varint LiveRuleFlags, text globs of the functions it is for (none: all),
//               varint N of 1-in-N, varint calls a second (0: any number), varint n, n comparisons
//   comparison  varint LiveOperator, varint n, n texts: an argument, and fields inside of it;
//               varint LiveConstant, and the constant itself
//
// Of the rules without kLiveRuleRoot the first that is for a function decides about its calls; one
// that none is for isn't wanted, unless there are no such rules at all. FORMAT.md tells the rest.
struct LiveRulesHeader {
  LiveObserver observer;
  uint32_t size;
  uint32_t unused;
};

// More of anything isn't understood.
inline constexpr uint32_t kMostLiveRules = 32;
inline constexpr uint32_t kMostLiveComparisons = 16;  // of a rule
inline constexpr uint32_t kMostLiveSteps = 8;         // of a comparison

enum LiveRuleFlags : uint32_t {
  // The functions are roots: nothing is wanted but calls of them that the rule holds for, and what
  // those call.
  kLiveRuleRoot = 1,
};

enum class LiveOperator : uint32_t {
  kEqual = 0,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
};
inline constexpr LiveOperator kLastLiveOperator = LiveOperator::kGreaterOrEqual;

enum class LiveConstant : uint32_t {
  kSigned = 0,    // zigzag varint
  kUnsigned = 1,  // varint
  kReal = 2,      // 8 bytes
  kText = 3,      // text
};

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_LIVE_FORMAT_H_
