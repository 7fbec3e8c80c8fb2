// `omnitrace probes`: what live processes can be asked for.
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/glob.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/live/hits.h"
#include "tools/live/process_choice.h"
#include "tools/output/call_text.h"
#include "tools/output/table.h"
#include "tools/output/units.h"
#include "tools/output/value_json.h"
#include "tools/support/globs.h"
#include "tools/support/terminal.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {0, "json", "", "one JSON object per function or probe and line"},
};

// A function that several objects have is one. In this order.
using Place = std::tuple<std::string, std::string, uint32_t>;  // name, file, line
struct Probe {
  bool on = false;
  uint64_t hits = 0;
};
using Probes = std::map<Place, Probe>;

absl::StatusOr<Probes> ProbesOf(const LiveProcess& process, absl::string_view globs) {
  ASSIGN_OR_RETURN(std::shared_ptr<const LiveDirectory> directory, process.file->ReadDirectory());
  ASSIGN_OR_RETURN(std::vector<uint8_t> switches, process.file->ReadSwitches());
  ASSIGN_OR_RETURN(auto hits, ReadHits(*process.file, *directory));
  Probes probes;
  for (const LiveFunction& function : directory->functions) {
    if (!GlobMatches(std::string_view(globs.data(), globs.size()), std::string_view(function.name)))
      continue;
    Probe& probe = probes[{function.name, function.file, function.line}];
    probe.on |= IsOn(function, switches);
    auto counted = hits.find(function.place);
    if (counted != hits.end()) probe.hits += counted->second;
  }
  return probes;
}

std::string ToTable(const Probes& probes, const Style& style, bool stable) {
  Table table({"on", "hits", "name"});
  for (const auto& [place, probe] : probes) {
    const auto& [name, file, line] = place;
    std::string text = Escaped(name);
    AppendPainted(style, Colour::kDim,
                  absl::StrCat("  ", Escaped(SourceFile(file, {stable})), ":", line), &text);
    table.AddRow({probe.on ? "on" : "off", CountText(probe.hits), std::move(text)});
  }
  return table.ToText(style);
}

std::string ToLines(const Probes& probes, uint64_t pid, bool stable) {
  std::string lines;
  for (const auto& [place, probe] : probes) {
    const auto& [name, file, line] = place;
    Json object = Json::object();
    if (!stable) object["pid"] = pid;
    object["name"] = TextToJson(name);
    object["on"] = probe.on;
    object["hits"] = probe.hits;
    object["file"] = TextToJson(SourceFile(file, {stable}));
    object["line"] = line;
    absl::StrAppend(&lines, Dump(object), "\n");
  }
  return lines;
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  std::string globs = line.operands().empty() ? "*" : line.operands()[0];
  RETURN_IF_ERROR(CheckProbeGlobs(globs));
  ASSIGN_OR_RETURN(std::vector<LiveProcess> processes, ChooseProcesses(line));
  if (processes.empty()) return absl::NotFoundError("no traced process of yours runs");
  Terminal terminal(line, Terminal::Paging::kWhenLong);
  bool any = false, stable = line.Has("stable");
  for (const LiveProcess& process : processes) {
    ASSIGN_OR_RETURN(Probes probes, ProbesOf(process, globs));
    bool json = line.Has("json");
    if (processes.size() > 1 && !json) {
      terminal.out().Write(absl::StrCat("process ", process.pid, "\n"));
    }
    if (json) terminal.out().Write(ToLines(probes, process.pid, stable));
    if (!json && !probes.empty()) {
      terminal.out().Write(ToTable(probes, terminal.style(), stable));
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
                          "whether each is on, and how many calls of it were recorded since the "
                          "process began. Exit status 1 when there is none.",
                          {{"Options", kOptions}, kProcessGroup, kTerminalGroup},
                          0,
                          1},
                         &Run};

}  // namespace omnitrace::tools
