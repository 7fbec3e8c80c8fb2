// What a Clang command line asks for, as far as omni-clang++ has to know: does it preprocess, does
// it link, and how. Clang's own option table would say it exactly, but costs 60 MB of libclang at
// every start; this one needs to know only the options that take a separate value or end early.
#ifndef OMNITRACE_TOOLS_DRIVER_COMPILE_JOB_H_
#define OMNITRACE_TOOLS_DRIVER_COMPILE_JOB_H_

#include <string>
#include <vector>

namespace omnitrace::driver {

struct CompileJob {
  bool preprocesses = false;  // an input that may include headers
  bool links = false;         // its result is a program or a shared library
  bool is_static = false;     // linked without shared libraries
};

// REQUIRES: response files are expanded.
CompileJob UnderstandJob(const std::vector<std::string>& arguments);

}  // namespace omnitrace::driver

#endif  // OMNITRACE_TOOLS_DRIVER_COMPILE_JOB_H_
