// Turns the arguments of omni-clang++ into those of Clang. A pure function of its inputs:
//
//   omni-clang++ -fomni-ns=foo app.cpp -o app
//   clang++ -fplugin=LIB/omnitrace.so -fplugin-arg-omnitrace-ns=foo app.cpp -o app
//           -idirafter INCLUDE -LLIB -Xlinker -rpath -Xlinker LIB
//           -Wl,--push-state,--as-needed -lomnitrace -Wl,--pop-state
//
// Every other argument stays as it is, where it is.
#ifndef OMNITRACE_TOOLS_DRIVER_REWRITE_H_
#define OMNITRACE_TOOLS_DRIVER_REWRITE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/driver/response_file.h"
#include "tools/driver/toolchain.h"

namespace omnitrace::driver {

struct Rewritten {
  std::vector<std::string> arguments;
  std::string plugin;  // the file that Clang will load, empty when nothing asks for it
};

absl::StatusOr<Rewritten> Rewrite(const std::vector<std::string>& arguments,
                                  const Toolchain& toolchain, const FileReader& read_file);

}  // namespace omnitrace::driver

#endif  // OMNITRACE_TOOLS_DRIVER_REWRITE_H_
