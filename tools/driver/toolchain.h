// Where the parts that omni-clang++ puts together are. All but Clang lie in the prefix that the
// driver itself is in; the build tree has the same layout.
#ifndef OMNITRACE_TOOLS_DRIVER_TOOLCHAIN_H_
#define OMNITRACE_TOOLS_DRIVER_TOOLCHAIN_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace omnitrace::driver {

struct Toolchain {
  std::string clang;
  std::string plugin;       // PREFIX/lib/omnitrace.so
  std::string include_dir;  // of <omnitrace/omnitrace.h>
  std::string library_dir;  // of libomnitrace
};

// `executable` is PREFIX/bin/omni-clang++; `clang_override` is OMNITRACE_CLANG, may be empty.
Toolchain LocateToolchain(absl::string_view executable, absl::string_view clang_override);

// Is the Clang of OMNITRACE_CLANG one that can load the plugin? Runs it.
absl::Status CheckClangVersion(const std::string& clang);

}  // namespace omnitrace::driver

#endif  // OMNITRACE_TOOLS_DRIVER_TOOLCHAIN_H_
