// What a workspace is a recording of, as one JSON object.
#ifndef OMNITRACE_TOOLS_OUTPUT_INFO_JSON_H_
#define OMNITRACE_TOOLS_OUTPUT_INFO_JSON_H_

#include "tools/model/contents.h"
#include "tools/output/value_json.h"

namespace omnitrace::tools {

// With `stable` without what differs between runs; with `functions` their list, else their number.
Json InfoToJson(const workspace::Info& info, const Contents& contents, bool stable, bool functions);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_INFO_JSON_H_
