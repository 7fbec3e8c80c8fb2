// The functions of `native`, on which environment/*.js stands.
#ifndef OMNITRACE_TOOLS_ATTACH_NATIVES_H_
#define OMNITRACE_TOOLS_ATTACH_NATIVES_H_

#include "js/PropertySpec.h"

namespace omnitrace::attach {

// They belong to the context's Environment.
extern const JSFunctionSpec kNatives[];

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_NATIVES_H_
