// The options of a subcommand as a table, and what the user gave for them. The table is the only
// place that knows an option: parsing, `--help`, the manual pages and the shell completion are all
// made from it. (Abseil's flags were rejected: they are global, without subcommands.)
//
//   constexpr Option kOptions[] = {
//       {'L', "levels", "N", "show N levels of calls"},
//       {0, "json", "", "print JSON"},
//   };
//   const Usage kUsage = {"[FILE...]", "What it does.", {{"Options", kOptions}}};
//   ASSIGN_OR_RETURN(CommandLine line, ParseCommandLine(kUsage, {"-L3", "a.omni"}));
//   if (line.Has("json")) ...
//   uint64_t levels = line.Number("levels", 10);
#ifndef OMNITRACE_TOOLS_SUPPORT_COMMAND_LINE_H_
#define OMNITRACE_TOOLS_SUPPORT_COMMAND_LINE_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace omnitrace::tools {

struct Option {
  char letter;             // 0: none
  absl::string_view name;  // without dashes
  // What the help calls its value, which also says what is accepted: "" makes it a flag, "N" a
  // number, "TIME" a time such as 1.5ms (nanoseconds without a unit), "a|b|c" one of these, and
  // anything else ("GLOB", "FILE") any text.
  absl::string_view value;
  absl::string_view help;
  // Of a value that is not any text, when `value` does not say what it is. Null: nothing to check.
  absl::Status (*check)(absl::string_view value) = nullptr;
};

struct OptionGroup {
  absl::string_view title;  // of its section in the help
  absl::Span<const Option> options;
};

struct Usage {
  absl::string_view operands;     // "[FILE...]"
  absl::string_view description;  // paragraphs, divided by empty lines
  std::vector<OptionGroup> groups;
  size_t least_operands = 0;
  size_t most_operands = SIZE_MAX;
};

// Every subcommand has these.
inline constexpr Option kCommonOptions[] = {
    {'h', "help", "", "show this help"},
    {'V', "version", "", "show the version"},
};

class CommandLine {
 public:
  bool Has(absl::string_view option) const;
  // The last value given, or `fallback`. The kind must be the one in the table.
  absl::string_view Text(absl::string_view option, absl::string_view fallback = "") const;
  // All values given, as they are.
  std::vector<std::string> Texts(absl::string_view option) const;
  uint64_t Number(absl::string_view option, uint64_t fallback) const;
  uint64_t Time(absl::string_view option, uint64_t fallback) const;  // nanoseconds
  // All values given, those with commas split.
  std::vector<std::string> List(absl::string_view option) const;
  const std::vector<std::string>& operands() const { return operands_; }
  // As given, for a program that this one becomes.
  const std::vector<std::string>& arguments() const { return arguments_; }

 private:
  friend class CommandLineParser;
  const std::vector<std::string>* Find(absl::string_view option) const;

  std::map<std::string, std::vector<std::string>, std::less<>> values_;
  std::vector<std::string> operands_;
  std::vector<std::string> arguments_;
};

// Options may stand between operands; `--` ends them. `-h` and `-V` end the parsing with success.
// An error is a UsageError.
absl::StatusOr<CommandLine> ParseCommandLine(const Usage& usage,
                                             absl::Span<const std::string> arguments);

// An error in how the tool was called, for exit status 2.
absl::Status UsageError(absl::string_view message);
bool IsUsageError(const absl::Status& status);

// Nanoseconds from "10", "5us", "1.5ms", "2s", "3m".
absl::StatusOr<uint64_t> ParseTime(absl::string_view text);

// The candidate that `word` is most likely a misspelling of, or "".
absl::string_view ClosestName(absl::string_view word,
                              absl::Span<const absl::string_view> candidates);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_COMMAND_LINE_H_
