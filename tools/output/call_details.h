// One call on many lines: everything that is known of it.
#ifndef OMNITRACE_TOOLS_OUTPUT_CALL_DETAILS_H_
#define OMNITRACE_TOOLS_OUTPUT_CALL_DETAILS_H_

#include <string>

#include "absl/status/status.h"
#include "tools/model/call.h"
#include "tools/output/call_text.h"

namespace omnitrace::tools {

// Damaged values are marked; the first such error goes to `status`.
std::string CallDetails(const Call& call, const TextStyle& style, absl::Status* status);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_CALL_DETAILS_H_
