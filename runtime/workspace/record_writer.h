// The records of calls as FORMAT.md has them, put one behind the other into memory. `ticks` count
// from the record before.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_RECORD_WRITER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_RECORD_WRITER_H_

#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/format.h"

namespace omnitrace::workspace {

class RecordWriter {
 public:
  // What a record takes at most beyond its values and texts, with what PutVarint wants behind it.
  static constexpr size_t kMostFixed = 64;

  // Arguments or a result.
  struct Values {
    absl::string_view bytes;
    bool sized;  // by the function's flags
  };
  struct Thrown {
    absl::string_view type, what;
  };

  explicit RecordWriter(char* out) : out_(out) {}
  char* end() const { return out_; }

  void Enter(uint64_t ticks, uint32_t function, Values arguments);
  void Leave(uint64_t ticks, Values result);
  void FarLeave(uint64_t ticks, uint32_t function, Values result);
  void Throw(uint64_t ticks, Thrown thrown);
  void FarThrow(uint64_t ticks, uint32_t function, Thrown thrown);
  void ThrownValue(uint64_t ticks, absl::string_view value);
  void Changed(uint64_t ticks, uint32_t function, absl::string_view values);
  void Unwound(uint64_t ticks, uint32_t depth);
  void Dropped(uint64_t ticks, DropReason reason, uint64_t calls);

 private:
  void Head(RecordKind kind, uint64_t rest) { Put(rest << 2 | static_cast<uint64_t>(kind)); }
  // `length` bytes follow.
  void Other(OtherRecord kind, uint64_t ticks, size_t length);
  void Put(uint64_t number) { out_ = PutVarint(out_, number); }
  void Put(absl::string_view bytes);
  void Put(Values values);
  void Put(Thrown thrown);

  char* out_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_RECORD_WRITER_H_
