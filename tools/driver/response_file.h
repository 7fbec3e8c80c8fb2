// Response files: an argument @FILE stands for the arguments in FILE, quoted as GCC and Clang do.
#ifndef OMNITRACE_TOOLS_DRIVER_RESPONSE_FILE_H_
#define OMNITRACE_TOOLS_DRIVER_RESPONSE_FILE_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace omnitrace::driver {

// The content of a file, nothing when it can't be read.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

// Splits at white space; knows 'single' and "double" quotes and the backslash.
std::vector<std::string> SplitArguments(absl::string_view text);

// Replaces every @FILE, also inside such files. One that can't be read stays as it is, and so does
// one nested too deeply (a file that names itself): Clang reports both.
std::vector<std::string> ExpandResponseFiles(const std::vector<std::string>& arguments,
                                             const FileReader& read_file);

}  // namespace omnitrace::driver

#endif  // OMNITRACE_TOOLS_DRIVER_RESPONSE_FILE_H_
