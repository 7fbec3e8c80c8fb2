#include "tools/support/demangle.h"

#include <cxxabi.h>
#include <stdlib.h>

#include <memory>

namespace omnitrace::tools {

std::string Demangle(absl::string_view mangled) {
  std::string name(mangled);
  int status = 0;
  std::unique_ptr<char, decltype(&free)> readable(
      abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &free);
  return status == 0 ? readable.get() : name;
}

}  // namespace omnitrace::tools
