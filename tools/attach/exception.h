// Exceptions of the engine, told by the places in the script that they come from.
#ifndef OMNITRACE_TOOLS_ATTACH_EXCEPTION_H_
#define OMNITRACE_TOOLS_ATTACH_EXCEPTION_H_

#include "js/RootingAPI.h"
#include "jsapi.h"
#include "tools/attach/script_error.h"

namespace omnitrace::attach {

// The files that the tool itself brings are called so; their frames say nothing to a script's
// author, and are left out where there are others.
inline constexpr char kOwnFiles[] = "omnitrace:";

// Takes the pending exception away. There must be one.
ScriptError TakeException(JSContext* context);
// `stack`: where it was thrown, may be null.
ScriptError DescribeException(JSContext* context, JS::HandleValue exception,
                              JS::HandleObject stack);
// Where the script is now.
ScriptError DescribePlace(JSContext* context, std::string message);

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_EXCEPTION_H_
