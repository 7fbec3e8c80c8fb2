// A call as a condition sees it: everything that it has can be asked for by path.
#ifndef OMNITRACE_TOOLS_WHERE_CALL_VALUES_H_
#define OMNITRACE_TOOLS_WHERE_CALL_VALUES_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/reader.h"
#include "tools/where/operand.h"
#include "tools/where/path.h"

namespace omnitrace::where {

// A whole call as it was recorded. The texts are encoded, for the reader.
struct Subject {
  const workspace::Reader* reader = nullptr;
  const workspace::Thread* thread = nullptr;
  const workspace::Function* function = nullptr;
  uint32_t depth = 0;           // recorded callers
  uint64_t start = 0, end = 0;  // nanoseconds since the start
  // How it ended; none of them: it returned.
  bool threw = false, open = false, unwound = false;
  absl::string_view arguments, changed, result;
  absl::string_view thrown_type, thrown_what, thrown_value;  // the type is mangled
};

// The fields of a thrown value, without the message when that is `what`.
std::vector<workspace::Field> ThrownFields(workspace::Value thrown, absl::string_view what);

// Decodes what is asked for, and each thing once.
class CallValues {
 public:
  // `call` must outlive the values.
  explicit CallValues(const Subject& call) : call_(call) {}

  // What the path leads to; valid as long as this and the path.
  Operand At(const Path& path);
  // How many elements or characters there are, those that were not recorded included.
  Operand SizeAt(const Path& path);

  // The first value that could not be decoded, and so is missing.
  const absl::Status& damage() const { return damage_; }

 private:
  using Value = workspace::Value;

  const Value* Find(const Path& path);
  const Value* Argument(std::optional<size_t> place);
  const Value* Changed(std::optional<size_t> place);
  const Value* Result();
  const Value* Thrown();
  Operand Field(Root root) const;

  const Subject& call_;
  std::optional<std::vector<workspace::Reader::Argument>> arguments_, changed_;
  std::optional<Value> result_, thrown_;
  absl::Status damage_;
};

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_CALL_VALUES_H_
