// `omnitrace enable` and `disable`: omnitrace::trace() and untrace() in a live process.
#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/live/process_choice.h"
#include "tools/live/switch_board.h"
#include "tools/output/units.h"
#include "tools/support/globs.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

// Every process is tried; an error is told, and the others go on.
absl::StatusOr<ExitStatus> SwitchIn(const CommandLine& line, bool on) {
  const std::string& globs = line.operands()[0];
  RETURN_IF_ERROR(CheckProbeGlobs(globs));
  ASSIGN_OR_RETURN(std::vector<LiveProcess> processes, ChooseProcesses(line));
  uint64_t matched = 0;
  bool failed = false;
  for (const LiveProcess& process : processes) {
    absl::StatusOr<uint64_t> functions = SwitchFunctions(process, globs, on);
    if (functions.ok()) {
      printf("%s: %s %s\n", absl::StrCat(process.pid).c_str(), CountText(*functions).c_str(),
             on ? "on" : "off");
      matched += *functions;
    } else {
      fprintf(stderr, "omnitrace: %s\n", Escaped(functions.status().message()).c_str());
      failed = true;
    }
  }
  if (matched > 0) return failed ? kNo : kDone;
  return absl::NotFoundError(
      absl::StrCat("no function or probe matches ", globs, "; `omnitrace probes` lists them"));
}

absl::StatusOr<ExitStatus> Enable(const CommandLine& line) { return SwitchIn(line, true); }
absl::StatusOr<ExitStatus> Disable(const CommandLine& line) { return SwitchIn(line, false); }

}  // namespace

extern const Command kEnable, kDisable;
const Command kEnable = {
    "enable",
    "turns functions of a live process on",
    {"LIST",
     "Turns the functions and probes that LIST (globs, as for -fomni-ns) matches on, as "
     "omnitrace::trace() "
     "does in the program itself: their next calls are recorded. A process in standby begins its "
     "recording then, in a file as OMNITRACE_OUT says. Without -p and -t, in all traced processes "
     "of yours. Exit status 1 when nothing matches.",
     {kProcessGroup},
     1,
     1},
    &Enable};
const Command kDisable = {
    "disable",
    "turns functions of a live process off",
    {"LIST",
     "Turns the functions and probes that LIST (globs, as for -fomni-ns) matches off, as "
     "omnitrace::untrace() "
     "does in the program itself: calls that are open are recorded to their end.",
     {kProcessGroup},
     1,
     1},
    &Disable};

}  // namespace omnitrace::tools
