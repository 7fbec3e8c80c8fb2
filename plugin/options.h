// The plugin's options: what stands behind each -fplugin-arg-omnitrace-NAME[=VALUE].
#ifndef OMNITRACE_PLUGIN_OPTIONS_H_
#define OMNITRACE_PLUGIN_OPTIONS_H_

#include <string>
#include <vector>

namespace clang {
class DiagnosticsEngine;
}

namespace omnitrace {

struct Options {
  std::string namespaces;  // comma-separated globs, as given
  std::string exclude;
  unsigned min_lines = 0;
  bool explain = false;
  bool standby = false;  // -fomni-start=standby: two versions of each body
};

// Diagnoses what is wrong and returns false. `args` are without the prefix: "ns=foo", "explain".
bool ParseOptions(const std::vector<std::string>& args, clang::DiagnosticsEngine& diagnostics,
                  Options* options);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_OPTIONS_H_
