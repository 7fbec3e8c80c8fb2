#include "tools/support/globs.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/support/command_line.h"

namespace omnitrace::tools {
namespace {

// Colons come in pairs, and only before a name.
bool ColonsArePaired(absl::string_view glob) {
  for (size_t i = glob.find(':'); i != absl::string_view::npos; i = glob.find(':', i)) {
    size_t end = glob.find_first_not_of(':', i);
    if (end == absl::string_view::npos || end - i != 2) return false;
    i = end;
  }
  return true;
}

}  // namespace

absl::Status CheckGlobs(absl::string_view list) {
  for (absl::string_view glob : absl::StrSplit(list, ',')) {
    bool has_stray = glob.find_first_of(" \t;()") != absl::string_view::npos;
    if (glob.empty() || has_stray || !ColonsArePaired(glob)) {
      return UsageError(absl::StrCat("malformed glob '", glob,
                                     "': expected names such as foo, foo::Bar, foo::b* or *"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckProbeGlobs(absl::string_view list) {
  for (absl::string_view glob : absl::StrSplit(list, ',')) {
    if (!glob.empty()) continue;
    return UsageError(absl::StrCat("malformed list '", list,
                                   "': expected names such as foo, foo::b*, request:* or *"));
  }
  return absl::OkStatus();
}

}  // namespace omnitrace::tools
