// Whether what a workspace says about a program fits together.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_METADATA_CHECKS_H_
#define OMNITRACE_RUNTIME_WORKSPACE_METADATA_CHECKS_H_

#include <string>
#include <vector>

#include "runtime/workspace/metadata.h"

namespace omnitrace::workspace {

// One text for everything that is wrong: gaps in ids, kinds that don't exist, types that are used
// but not defined, members outside their type.
std::vector<std::string> CheckMetadata(const Metadata& metadata);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_METADATA_CHECKS_H_
