// The omnitrace tool: finds the subcommand, parses its options, runs it and reports its errors.
#include <signal.h>
#include <stdio.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tools/command.h"
#include "tools/manual.h"
#include "tools/topics/topics.h"
#include "tools/where/language.h"

namespace omnitrace::tools {

// Each is defined in the file of tools/commands that has its name.
extern const Command kTree, kCalls, kCall, kStats, kFlamegraph, kInfo, kVerify, kExport, kSelect,
    kPs, kProbes, kAttach, kTop, kHist, kRate, kLatency, kRecord, kEnable, kDisable, kHelp,
    kVersion;

namespace {

constexpr const Command* kCommands[] = {
    &kTree,   &kCalls,   &kCall,   &kStats,  &kFlamegraph, &kInfo, &kVerify,
    &kExport, &kSelect,  &kPs,     &kProbes, &kAttach,     &kTop,  &kHist,
    &kRate,   &kLatency, &kRecord, &kEnable, &kDisable,    &kHelp, &kVersion,
};

constexpr absl::string_view kWhereSynopsis = "conditions on the values of calls, for --where";
const Topic kTopics[] = {{"where", kWhereSynopsis, where::kLanguage},
                         {"probe", "events of a program's own: OMNITRACE_PROBE", kProbeText},
                         {"script", "JavaScript on live events, for attach", kScriptText}};

ExitStatus Fail(absl::string_view where, const absl::Status& status) {
  fprintf(stderr, "%s: %s\n", std::string(where).c_str(), std::string(status.message()).c_str());
  if (!IsUsageError(status)) return kNo;
  fprintf(stderr, "`%s --help` shows the usage.\n", std::string(where).c_str());
  return kUsage;
}

ExitStatus RunCommand(const Command& command, const std::vector<std::string>& arguments) {
  std::string where = absl::StrCat("omnitrace ", command.name);
  absl::StatusOr<CommandLine> line = ParseCommandLine(command.usage, arguments);
  if (!line.ok()) return Fail(where, line.status());
  if (line->Has("help")) {
    fputs(Help(command).c_str(), stdout);
    return kDone;
  }
  const Command& chosen = line->Has("version") ? kVersion : command;
  absl::StatusOr<ExitStatus> status = chosen.run(*line);
  return status.ok() ? *status : Fail(where, status.status());
}

ExitStatus Run(const std::vector<std::string>& arguments) {
  if (arguments.empty()) {
    fputs(Overview(kCommands, kTopics).c_str(), stderr);
    return kUsage;
  }
  std::string name = arguments[0];
  if (name == "-h" || name == "--help") name = "help";
  if (name == "-V" || name == "--version") name = "version";
  std::vector<absl::string_view> names;
  for (const Command* command : kCommands) {
    if (command->name == name)
      return RunCommand(*command, {arguments.begin() + 1, arguments.end()});
    names.push_back(command->name);
  }
  absl::string_view closest = ClosestName(name, names);
  return Fail("omnitrace",
              UsageError(absl::StrCat(
                  "unknown command \"", name, "\"",
                  closest.empty() ? "" : absl::StrCat("; did you mean ", closest, "?"))));
}

}  // namespace

absl::Span<const Command* const> AllCommands() { return kCommands; }
absl::Span<const Topic> AllTopics() { return kTopics; }

}  // namespace omnitrace::tools

int main(int argc, char** argv) {
  signal(SIGPIPE, SIG_IGN);  // a closed pipe ends the printing, not the tool
  return omnitrace::tools::Run({argv + 1, argv + argc});
}
