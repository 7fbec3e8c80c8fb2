// Any text as what users write in the environment and in lists of globs: understood or refused with
// a line, and globs match what a slow and simple matcher says.
#include "runtime/recording/options.h"

#include <cstdlib>
#include <string>

#include "runtime/recording/output_path.h"
#include "runtime/workspace/glob.h"
#include "tests/fuzz/bytes.h"
#include "tools/support/command_line.h"
#include "tools/support/globs.h"

namespace omnitrace::fuzz {
namespace {

// Lines of the input, by the name of the variable.
struct Variables {
  std::string limits, mode, only, out, clock;
};
Variables variables;

const char* Environment(const char* name) {
  std::string_view which = name;
  const std::string* value = which == "OMNITRACE_LIMITS"  ? &variables.limits
                             : which == "OMNITRACE_MODE"  ? &variables.mode
                             : which == "OMNITRACE_ONLY"  ? &variables.only
                             : which == "OMNITRACE_OUT"   ? &variables.out
                             : which == "OMNITRACE_CLOCK" ? &variables.clock
                                                          : nullptr;
  return value == nullptr || value->empty() ? nullptr : value->c_str();
}

void Check(bool good) {
  if (!good) abort();
}

void ParseEnvironment() {
  recording::Options options;
  recording::Message error;
  bool good = ParseOptions(&Environment, &options, &error);
  Check(good == error.empty());
  if (!good) return;
  recording::Path pattern;
  good = ResolvePattern(options.out, &pattern, &error);
  Check(good == error.empty() && (!good || pattern.whole()));
}

bool Matches(std::string_view glob, std::string_view name) {
  if (glob.empty()) return name.empty();
  if (glob[0] != '*')
    return !name.empty() && name[0] == glob[0] && Matches(glob.substr(1), name.substr(1));
  for (size_t i = 0; i <= name.size(); ++i) {
    if (Matches(glob.substr(1), name.substr(i))) return true;
  }
  return false;
}

// The slow one takes time in proportion to the name's length to the power of the stars.
void CompareMatchers(std::string_view glob, std::string_view name) {
  glob = glob.substr(0, 8);
  name = name.substr(0, 16);
  Check(WildcardMatches(glob, name) == Matches(glob, name));
}

void ParseCommand(std::string_view globs, std::string_view time, std::string_view name) {
  tools::CheckGlobs({globs.data(), globs.size()}).IgnoreError();
  GlobMatches(globs, name);
  GlobMatchesExplicitly(globs, name);
  tools::ParseTime({time.data(), time.size()}).IgnoreError();
}

}  // namespace
}  // namespace omnitrace::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace omnitrace::fuzz;
  Bytes input(data, size);
  for (std::string* value :
       {&variables.limits, &variables.mode, &variables.only, &variables.out, &variables.clock}) {
    *value = input.TakeLine();
  }
  ParseEnvironment();
  std::string_view glob = input.TakeLine(), time = input.TakeLine();
  CompareMatchers(glob, input.rest());
  ParseCommand(variables.only, time, input.rest());
  return 0;
}
