// Values of kRaw types: what RawMeaning says of the bytes.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_RAW_VALUE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_RAW_VALUE_H_

#include "absl/strings/string_view.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/value.h"

namespace omnitrace::workspace {

// `bytes` are all that the type has.
Value RawValue(const TypeInfo& type, absl::string_view bytes);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_RAW_VALUE_H_
