// Reads a workspace file, finished, cut, or still being written. Memory does not grow with the
// file: one header per block (about 64 bytes per 64 KiB) and one decoded block per cursor.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<Reader> reader, Reader::Open("app.4242.omni"));
//   for (const Thread& thread : reader->threads()) {
//     EventCursor cursor(*reader, thread.index);
//     while (cursor.Next()) { use(cursor.event()); }
//     RETURN_IF_ERROR(cursor.status());   // damage: everything before it has been delivered
//   }
//
// A Reader is immutable after Open; several threads may use it, each with its own cursor.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_READER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_READER_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/value.h"

namespace omnitrace::workspace {

struct TypeMember {
  std::string name;
  uint32_t type = 0;  // 0: none
  int64_t offset = 0;
  uint32_t bits = 0;
  uint32_t flags = 0;
};

struct TypeInfo {
  uint32_t id = 0;
  TypeKind kind = TypeKind::kOpaque;
  uint8_t flags = 0;
  uint32_t size = 0;
  uint64_t count = 0;  // kArray
  std::string name;
  uint32_t element = 0;  // 0: none
  std::vector<TypeMember> members;
};

struct ParameterInfo {
  std::string name;
  uint32_t type = 0;
  uint32_t flags = 0;  // ParameterFlags
};

struct Function {
  uint32_t id = 0;
  uint32_t flags = 0;  // FunctionFlags
  std::string name;    // qualified, no parameters
  std::string signature;
  std::string file;
  uint32_t line = 0, last_line = 0;
  uint32_t result = 0;  // type id, 0: void
  std::vector<ParameterInfo> parameters;
};

struct Thread {
  uint32_t index = 0;  // 1..
  uint64_t tid = 0;
  std::string name;
  uint64_t start_ticks = 0;  // of the recording's clock
};

// The program or a shared library, as it was loaded.
struct LoadedObject {
  uint64_t base = 0;  // what is added to the values of its symbols
  uint64_t first = 0, end = 0;
  std::string path;
  std::string build_id;  // hexadecimal digits, "" when it has none
};

struct Drop {
  DropReason reason;
  uint64_t calls;
};

struct Info {
  std::string path;
  std::string program, command, build_id, host, directory, writer_version;
  std::string frozen_by;  // "" or what ended the recording: "call", "throw:TYPE", "over:FUNCTION"
  uint64_t pid = 0;
  uint32_t version = 0;
  ClockKind clock = ClockKind::kTsc;
  double ticks_per_second = 0;
  uint64_t start_unix_ns = 0;
  uint64_t start_mono_ns = 0;
  uint64_t duration_ns = 0;  // from the start to the last clock reading or record known
  EndState end = EndState::kRunning;
  std::vector<Drop> drops;  // only reasons with calls
  uint64_t bytes = 0;       // of the file
  uint64_t blocks = 0;
};

struct Event {
  // kChanged comes right before the end of the call that it tells of.
  enum class Kind : uint8_t { kEnter, kLeave, kThrow, kUnwound, kDropped, kChanged };
  Kind kind;
  uint32_t thread;
  uint32_t function;  // enter, leave, throw, changed; 0 when unknown (a block before was lost)
  uint32_t depth;     // of the call, 0 for a root; kUnwound: frames left open
  uint64_t time;      // nanoseconds since the start of the recording, never decreasing in a thread
  uint64_t ordinal;   // kEnter: calls the thread entered before
  // kEnter: whom it is for, kSwitchOn and LiveObserverBit()s of a live file, and LiveJudgedBit()s
  // of those whose rules were asked; 0: everybody, and nobody's were.
  uint64_t observers;
  // enter: arguments, leave: result, changed: mutable arguments; valid until the cursor moves to
  // another block
  absl::string_view bytes;
  absl::string_view thrown_type, thrown_what, thrown_value;  // the last one may be empty
  DropReason reason;
  uint64_t count;   // kDropped
  uint64_t offset;  // of the record in the file
};

// One block of calls, known from its header.
struct Block {
  uint64_t offset;  // of the header in the file
  uint32_t thread;
  uint64_t sequence;
  uint64_t start;  // nanoseconds
  uint64_t first_call;
  uint32_t start_depth;
  uint32_t least_depth;  // start_depth's own bound when not sealed: 0
  uint32_t calls;        // 0 when not sealed
  uint32_t gap;          // BlockHeader::gap
  uint64_t left_out;     // calls since blocks(thread)[0] that are in blocks left out on purpose
  uint32_t length;
  bool sealed;
  bool window;  // lies in a live window, which a running writer reuses
};

class Reader {
 public:
  // Errors: NotFound, InvalidArgument (not a workspace; another version; a damaged header). A file
  // that is damaged later opens, and what is good in it can be read.
  static absl::StatusOr<std::unique_ptr<Reader>> Open(const std::string& path);
  static absl::StatusOr<std::unique_ptr<Reader>> Open(std::unique_ptr<ByteSource> source);
  ~Reader();

  const Info& info() const;
  const std::vector<Thread>& threads() const;
  // By id; an id that the file does not define gives a function named "?" (never null).
  const Function& function(uint32_t id) const;
  const std::vector<Function>& functions() const;  // in order of id
  const TypeInfo* type(uint32_t id) const;         // null when not defined
  const std::vector<TypeInfo>& types() const;      // in order of id
  // All of them, by key; Info has those that have a meaning here.
  const std::map<std::string, std::string>& properties() const;
  // In order of loading; later ones may lie where others lay.
  const std::vector<LoadedObject>& objects() const;
  // Grows with what is known of functions, types, threads and objects.
  uint64_t descriptions() const;
  // Of a thread, in order of time.
  const std::vector<Block>& blocks(uint32_t thread) const;
  // What was wrong with blocks and metadata that had to be left out, each with its offset.
  const std::vector<absl::Status>& damage() const;

  // Values. `bytes` are those of an Event of that function. Damage: an error with what it expected.
  struct Argument {
    const ParameterInfo* parameter;
    Value value;
  };
  absl::StatusOr<std::vector<Argument>> DecodeArguments(const Function& function,
                                                        absl::string_view bytes) const;
  absl::StatusOr<Value> DecodeResult(const Function& function, absl::string_view bytes) const;
  // Of a changed event: the mutable parameters alone.
  absl::StatusOr<std::vector<Argument>> DecodeChanged(const Function& function,
                                                      absl::string_view bytes) const;
  // Of a throw's thrown_value; void when that is empty.
  absl::StatusOr<Value> DecodeThrown(absl::string_view bytes) const;

  // Nanoseconds since the start of the recording, from ticks of the recording's clock.
  uint64_t ToNanoseconds(uint64_t ticks) const;

 private:
  friend class EventCursor;
  friend class Follower;
  friend class Verifier;
  Reader();
  struct State;
  // One value that takes all of the bytes. Errors begin with `what` and `name`.
  absl::StatusOr<Value> DecodeWhole(uint32_t type, absl::string_view bytes, absl::string_view what,
                                    absl::string_view name) const;
  absl::StatusOr<std::vector<Argument>> DecodeParameters(const Function& function, uint32_t flags,
                                                         absl::string_view bytes) const;
  std::unique_ptr<State> state_;
};

// Delivers the events of one thread in order. A missing or damaged block ends what was open in it
// as kUnwound, is reported in status() unless it was left out on purpose, and reading goes on
// behind it; calls that were entered in it are open then without an event, so a depth may grow by
// more than one.
class EventCursor {
 public:
  EventCursor(const Reader& reader, uint32_t thread);
  // Starts at blocks(thread)[first_block] and stops after `block_count` blocks.
  EventCursor(const Reader& reader, uint32_t thread, size_t first_block, size_t block_count);
  ~EventCursor();
  EventCursor(EventCursor&&) noexcept;
  EventCursor& operator=(EventCursor&&) noexcept;

  bool Next();
  const Event& event() const;
  uint32_t depth() const;              // open calls after the current event
  const absl::Status& status() const;  // the first damage met
  size_t block() const;                // index into blocks(thread) of the current event
  // At the end of some blocks, whether a cursor that starts at `next`, the block behind them, goes
  // on as this one would have: nothing is damaged, and nothing carried over.
  bool ContinuesAt(const Block& next) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_READER_H_
