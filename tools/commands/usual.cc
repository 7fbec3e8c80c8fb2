// `omnitrace top`, `hist`, `rate` and `latency`: the usual scripts, without a script.
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/status_macros.h"
#include "tools/attach/attachment.h"
#include "tools/command.h"
#include "tools/live/process_choice.h"
#include "tools/live/rule_options.h"

namespace omnitrace::tools {
namespace {

constexpr Option kDurationOption = {0, "for", "TIME", "let the processes go after TIME, and end"};
constexpr Option kByOption = {0, "by", "PATH",
                              "a row for each value of a property, such as args.coin or status"};
constexpr Option kIntervalOption = {0, "interval", "TIME", "draw anew every TIME; default 1s"};
constexpr Option kLinesOption = {'n', "lines", "N", "show at most N rows"};
constexpr Option kOptions[] = {kByOption, kIntervalOption, kLinesOption, kDurationOption};
constexpr Option kLatencyOptions[] = {
    {0, "key", "PATH", "the property by which an END belongs to a START"},
    kByOption,
    kIntervalOption,
    kLinesOption,
    kDurationOption};

// The script parses these itself, as it is one like all others.
std::vector<std::string> ScriptArguments(const CommandLine& line) {
  std::vector<std::string> arguments = line.operands();
  if (line.Has("by")) arguments.push_back(absl::StrCat("--by=", line.Text("by")));
  if (line.Has("key")) arguments.push_back(absl::StrCat("--key=", line.Text("key")));
  if (line.Has("interval"))
    arguments.push_back(absl::StrCat("--interval=", line.Time("interval", 0), "ns"));
  if (line.Has("lines")) arguments.push_back(absl::StrCat("--lines=", line.Number("lines", 0)));
  return arguments;
}

absl::StatusOr<ExitStatus> RunUsual(absl::string_view name, const CommandLine& line) {
  ASSIGN_OR_RETURN(attach::Attachment attachment, attach::AttachmentOf(name, line));
  attachment.path = absl::StrCat("omnitrace:", name);
  attachment.arguments = ScriptArguments(line);
  ASSIGN_OR_RETURN(int status, attach::Run(attachment));
  return static_cast<ExitStatus>(status);
}

absl::StatusOr<ExitStatus> Top(const CommandLine& line) { return RunUsual("top", line); }
absl::StatusOr<ExitStatus> Hist(const CommandLine& line) { return RunUsual("hist", line); }
absl::StatusOr<ExitStatus> Rate(const CommandLine& line) { return RunUsual("rate", line); }

absl::StatusOr<ExitStatus> Latency(const CommandLine& line) {
  if (line.operands().size() == 2 && !line.Has("key"))
    return UsageError("START and END need --key=PATH, by which they belong together");
  return RunUsual("latency", line);
}

}  // namespace

extern const Command kTop, kHist, kRate, kLatency;
const Command kTop = {
    "top",
    "which functions of live processes are called most",
    {"PATTERN",
     "Shows the functions and probes whose names PATTERN matches (`*` stands for any characters), "
     "or the values of a property of theirs, by calls per second, with the time that they took; "
     "anew every second. Without -p and -t, of all traced processes of yours.",
     {{"Options", kOptions}, kRuleGroup, kProcessGroup},
     1,
     1},
    &Top};
const Command kHist = {
    "hist",
    "a histogram of a property of live events",
    {"PATTERN",
     "Shows how often each value of a property (--by) came, or of the name without one: a bar for "
     "each, or for ranges of numbers. PATTERN is a whole name in which `*` stands for any "
     "characters. Without -p and -t, of all traced processes of yours.",
     {{"Options", kOptions}, kRuleGroup, kProcessGroup},
     1,
     1},
    &Hist};
const Command kRate = {
    "rate",
    "events of live processes per second",
    {"PATTERN",
     "Shows a line for each function or probe whose name PATTERN matches (`*` stands for any "
     "characters), or each value of a property of theirs: how many events a second there were over "
     "time. Without -p and -t, of all traced processes of yours.",
     {{"Options", kOptions}, kRuleGroup, kProcessGroup},
     1,
     1},
    &Rate};
const Command kLatency = {
    "latency",
    "how long calls of live processes take",
    {"PATTERN | START END --key=PATH",
     "Shows how long the calls of the functions that PATTERN matches (`*` stands for any "
     "characters) take: a histogram and quantiles. With two patterns, the time from an event of "
     "START to the one of END that has the same value of a property, as in `latency request:start "
     "request:end --key=id`. Without -p and -t, of all traced processes of yours.",
     {{"Options", kLatencyOptions}, kRuleGroup, kProcessGroup},
     1,
     2},
    &Latency};

}  // namespace omnitrace::tools
