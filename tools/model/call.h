// One whole call, as the commands see it.
#ifndef OMNITRACE_TOOLS_MODEL_CALL_H_
#define OMNITRACE_TOOLS_MODEL_CALL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/reader.h"
#include "tools/model/workspace_set.h"
#include "tools/where/call_values.h"

namespace omnitrace::tools {

struct Call {
  enum class Outcome : uint8_t {
    kReturned,
    kThrew,
    kUnwound,  // gone without returning: longjmp, or its end lies in a damaged part
    kOpen,     // never ended, as far as the recording goes
  };

  uint64_t id = 0;      // from 1, in order of entry over all threads and files
  uint64_t parent = 0;  // the nearest shown caller; 0: none
  uint32_t depth = 0;   // shown callers
  Outcome outcome = Outcome::kOpen;
  uint64_t start = 0,
           end = 0;       // nanoseconds since the start of the set; kOpen: end of the recording
  uint64_t children = 0;  // shown calls whose parent this is; only when the stream counts them
  const WorkspaceFile* file = nullptr;
  const workspace::Thread* thread = nullptr;
  const workspace::Function* function = nullptr;
  absl::string_view arguments, changed, result;  // encoded, for the file's reader
  // The type is mangled; the value is encoded, and empty when the exception's fields are unknown.
  absl::string_view thrown_type, thrown_what, thrown_value;

  uint64_t offset = 0;  // of the entry's record in the file

  uint64_t duration() const { return end - start; }
  bool is_probe() const { return (function->flags & kFunctionProbe) != 0; }
};

// The error of a call's value with the file and the call's offset.
absl::Status Located(const Call& call, const absl::Status& status);

// The call as conditions see it, with as many recorded callers. Shares the texts.
where::Subject SubjectOf(const Call& call, uint32_t depth);

// What the encoded texts say. Errors are Located.
absl::StatusOr<std::vector<workspace::Reader::Argument>> ArgumentsOf(const Call& call);
absl::StatusOr<workspace::Value> ResultOf(const Call& call);
// The fields of what it threw, besides type and what; those of the base classes come first.
absl::StatusOr<std::vector<workspace::Field>> ThrownFieldsOf(const Call& call);
// The name of a type that the call's function declares: "const foo::Coin &"; "?" when the file
// lacks it. Of `this` it is the object's: that it is a pointer is no news.
absl::string_view TypeNameOf(const Call& call, uint32_t type);
absl::string_view TypeNameOf(const Call& call, const workspace::ParameterInfo& parameter);
// "#3" when it has no name.
std::string ArgumentName(const Call& call, const workspace::ParameterInfo& parameter);
// The arguments whose value, or the value of what they refer to, was another one after the call.
absl::StatusOr<std::vector<workspace::Reader::Argument>> ChangedOf(const Call& call);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_CALL_H_
