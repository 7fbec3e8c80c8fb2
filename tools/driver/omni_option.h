// The options that omni-clang++ adds to Clang's: a table, their checks, and their spelling for the
// plugin. The plugin checks them again, because it can be loaded without this driver.
#ifndef OMNITRACE_TOOLS_DRIVER_OMNI_OPTION_H_
#define OMNITRACE_TOOLS_DRIVER_OMNI_OPTION_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace omnitrace::driver {

// -fomni-ns=foo, also a misspelt one such as -fomni-nz=foo or -fomni.
bool IsOmniOption(absl::string_view argument);

// -fomni-ns=foo -> -fplugin-arg-omnitrace-ns=foo. REQUIRES: IsOmniOption(argument).
absl::StatusOr<std::string> ToPluginArgument(absl::string_view argument);

inline constexpr char kHelpOption[] = "-fomni-help";
std::string OmniHelp();

}  // namespace omnitrace::driver

#endif  // OMNITRACE_TOOLS_DRIVER_OMNI_OPTION_H_
