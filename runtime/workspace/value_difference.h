// What a call has changed.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_VALUE_DIFFERENCE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_VALUE_DIFFERENCE_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/value.h"

namespace omnitrace::workspace {

// Two recordings of one thing are known to differ. What is cut, unreadable or not recorded in one of
// them differs from nothing; of sequences, texts and maps the heads that both have are compared.
// An object that was not there before (a constructor's) differs from what is there after.
bool Differ(const Value& before, const Value& after);

// Of the arguments of a call, those whose value, or the value of what they refer to, was another one
// after it. `arguments` are the bytes of its entry, `changed` those of its changed event.
absl::StatusOr<std::vector<Reader::Argument>> ChangedArguments(const Reader& reader,
                                                               const Function& function,
                                                               absl::string_view arguments,
                                                               absl::string_view changed);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_VALUE_DIFFERENCE_H_
