// One file of compile_commands.json as `omnitrace select` sees it: parsed by its own commands, with
// every function judged by the plugin's selector. No code is generated and no file is written.
#ifndef OMNITRACE_TOOLS_SELECT_UNIT_H_
#define OMNITRACE_TOOLS_SELECT_UNIT_H_

#include <compare>
#include <string>
#include <vector>

#include "plugin/options.h"

namespace clang::tooling {
class CompilationDatabase;
}

namespace omnitrace::tools {

struct JudgedFunction {
  std::string file;  // absolute
  unsigned line;
  unsigned column;
  std::string name;
  std::string reason;  // why it is not traced; empty when it is

  friend auto operator<=>(const JudgedFunction&, const JudgedFunction&) = default;
};

struct Unit {
  std::vector<JudgedFunction> functions;
  std::vector<std::string> unmatched;  // of the globs
  std::string diagnostics;             // Clang's, as text
  bool is_parsed = false;
};

// Thread-safe. `include_dir`: see MakeParseCommand.
Unit ParseUnit(const clang::tooling::CompilationDatabase& commands, const std::string& file,
               const std::string& include_dir, const Options& options);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SELECT_UNIT_H_
