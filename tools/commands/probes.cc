// `omnitrace probes`: what live processes can be asked for.
#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/glob.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/live/process_choice.h"
#include "tools/output/call_text.h"
#include "tools/output/value_json.h"
#include "tools/support/globs.h"
#include "tools/support/terminal.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {0, "json", "", "one JSON object per function or probe and line"},
};

struct Probe {
  std::string name, file;
  uint32_t line;
  bool on;
};

// A function that several objects have is one.
absl::StatusOr<std::vector<Probe>> ProbesOf(const LiveProcess& process, absl::string_view globs) {
  ASSIGN_OR_RETURN(LiveDirectory directory, process.file->ReadDirectory());
  ASSIGN_OR_RETURN(std::vector<uint8_t> switches, process.file->ReadSwitches());
  std::vector<Probe> probes;
  for (const LiveFunction& function : directory.functions) {
    if (!GlobMatches(std::string_view(globs.data(), globs.size()), std::string_view(function.name)))
      continue;
    probes.push_back({function.name, function.file, function.line, IsOn(function, switches)});
  }
  auto key = [](const Probe& probe) { return std::tie(probe.name, probe.file, probe.line); };
  std::sort(probes.begin(), probes.end(), [&](const Probe& a, const Probe& b) {
    return std::make_pair(key(a), !a.on) < std::make_pair(key(b), !b.on);
  });
  probes.erase(std::unique(probes.begin(), probes.end(),
                           [&](const Probe& a, const Probe& b) { return key(a) == key(b); }),
               probes.end());
  return probes;
}

std::string ToText(const Probe& probe, const Style& style, bool stable) {
  std::string text;
  AppendPainted(style, probe.on ? Colour::kGreen : Colour::kDim, probe.on ? "on   " : "off  ",
                &text);
  absl::StrAppend(&text, Escaped(probe.name));
  AppendPainted(style, Colour::kDim,
                absl::StrCat("  ", Escaped(SourceFile(probe.file, {stable})), ":", probe.line),
                &text);
  return absl::StrCat(text, "\n");
}

std::string ToLine(const Probe& probe, uint64_t pid, bool stable) {
  Json object = Json::object();
  if (!stable) object["pid"] = pid;
  object["name"] = TextToJson(probe.name);
  object["on"] = probe.on;
  object["file"] = TextToJson(SourceFile(probe.file, {stable}));
  object["line"] = probe.line;
  return absl::StrCat(Dump(object), "\n");
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  std::string globs = line.operands().empty() ? "*" : line.operands()[0];
  RETURN_IF_ERROR(CheckProbeGlobs(globs));
  ASSIGN_OR_RETURN(std::vector<LiveProcess> processes, ChooseProcesses(line));
  if (processes.empty()) return absl::NotFoundError("no traced process of yours runs");
  Terminal terminal(line, Terminal::Paging::kWhenLong);
  bool any = false, stable = line.Has("stable");
  for (const LiveProcess& process : processes) {
    ASSIGN_OR_RETURN(std::vector<Probe> probes, ProbesOf(process, globs));
    bool titled = processes.size() > 1 && !line.Has("json");
    if (titled) terminal.out().Write(absl::StrCat("process ", process.pid, "\n"));
    for (const Probe& probe : probes) {
      terminal.out().Write(line.Has("json") ? ToLine(probe, process.pid, stable)
                                            : ToText(probe, terminal.style(), stable));
    }
    any |= !probes.empty();
  }
  RETURN_IF_ERROR(terminal.Close());
  return any ? kDone : kNo;
}

}  // namespace

extern const Command kProbes;
const Command kProbes = {"probes",
                         "what a live process can be asked for",
                         {"[LIST]",
                          "Lists the functions and probes of live processes, or those that LIST "
                          "(globs, as for -fomni-ns) matches, "
                          "and whether each is on. Exit status 1 when there is none.",
                          {{"Options", kOptions}, kProcessGroup, kTerminalGroup},
                          0,
                          1},
                         &Run};

}  // namespace omnitrace::tools
