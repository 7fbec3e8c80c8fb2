#include "tools/support/command_line.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::tools {
namespace {

constexpr absl::string_view kUsagePayload = "omnitrace/usage";

size_t EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0]++;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

absl::Status CheckValue(const Option& option, const std::string& value) {
  auto expected = [&](absl::string_view what) {
    return UsageError(absl::StrCat("--", option.name, " needs ", what, ", not \"", value, "\""));
  };
  if (option.check != nullptr) {
    absl::Status checked = option.check(value);
    if (!checked.ok()) return UsageError(absl::StrCat("--", option.name, ": ", checked.message()));
  } else if (option.value == "N") {
    uint64_t number;
    if (!absl::SimpleAtoi(value, &number)) return expected("a number");
  } else if (option.value == "TIME") {
    if (!ParseTime(value).ok()) return expected("a time such as 10us, 1.5ms or 2s");
  } else if (absl::StrContains(option.value, '|')) {
    for (absl::string_view choice : absl::StrSplit(option.value, '|')) {
      if (choice == value) return absl::OkStatus();
    }
    return expected(absl::StrCat("one of ", option.value));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status UsageError(absl::string_view message) {
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kUsagePayload, absl::Cord());
  return status;
}

bool IsUsageError(const absl::Status& status) {
  return status.GetPayload(kUsagePayload).has_value();
}

absl::StatusOr<uint64_t> ParseTime(absl::string_view text) {
  static constexpr std::pair<absl::string_view, double> kUnits[] = {
      {"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}};
  absl::string_view digits =
      text.substr(0, std::min(text.find_first_not_of("0123456789."), text.size()));
  absl::string_view unit = text.substr(digits.size());
  uint64_t whole;
  if (unit.empty() && absl::SimpleAtoi(digits, &whole)) return whole;
  double number;
  for (const auto& [name, nanoseconds] : kUnits) {
    if (unit != name || !absl::SimpleAtod(digits, &number)) continue;
    double time = std::round(number * nanoseconds);
    if (time < 1.8e19) return static_cast<uint64_t>(time);
  }
  return UsageError(absl::StrCat("\"", text, "\" is no time such as 10us, 1.5ms or 2s"));
}

absl::string_view ClosestName(absl::string_view word,
                              absl::Span<const absl::string_view> candidates) {
  absl::string_view closest;
  size_t least = word.size() / 3 + 2;  // farther away it is another word
  for (absl::string_view candidate : candidates) {
    size_t distance =
        word.size() > 1 && absl::StartsWith(candidate, word) ? 1 : EditDistance(word, candidate);
    if (distance < least) {
      least = distance;
      closest = candidate;
    }
  }
  return closest;
}

class CommandLineParser {
 public:
  CommandLineParser(const Usage& usage, absl::Span<const std::string> arguments)
      : usage_(usage), arguments_(arguments) {
    for (const Option& option : kCommonOptions) options_.push_back(&option);
    for (const OptionGroup& group : usage.groups) {
      for (const Option& option : group.options) options_.push_back(&option);
    }
  }

  absl::StatusOr<CommandLine> Parse() {
    line_.arguments_.assign(arguments_.begin(), arguments_.end());
    bool options_end = false;
    while (next_ < arguments_.size()) {
      const std::string& argument = arguments_[next_++];
      if (options_end || argument.size() < 2 || argument[0] != '-') {
        line_.operands_.push_back(argument);
      } else if (argument == "--") {
        options_end = true;
      } else if (argument[1] == '-') {
        RETURN_IF_ERROR(ParseLong(absl::string_view(argument).substr(2)));
      } else {
        RETURN_IF_ERROR(ParseLetters(absl::string_view(argument).substr(1)));
      }
      if (line_.Has("help") || line_.Has("version")) return std::move(line_);
    }
    if (line_.operands_.size() < usage_.least_operands) {
      return UsageError(absl::StrCat("needs ", usage_.operands));
    }
    if (line_.operands_.size() > usage_.most_operands) {
      return UsageError(
          absl::StrCat("unexpected argument \"", line_.operands_[usage_.most_operands], "\""));
    }
    return std::move(line_);
  }

 private:
  absl::Status ParseLong(absl::string_view text) {
    absl::string_view name = text.substr(0, std::min(text.find('='), text.size()));
    for (const Option* option : options_) {
      if (option->name != name) continue;
      if (name.size() == text.size()) return Take(*option, nullptr);
      if (option->value.empty()) {
        return UsageError(absl::StrCat("--", name, " takes no value"));
      }
      std::string value(text.substr(name.size() + 1));
      return Take(*option, &value);
    }
    return Unknown(name);
  }

  absl::Status ParseLetters(absl::string_view letters) {
    for (size_t i = 0; i < letters.size(); ++i) {
      auto option = std::find_if(options_.begin(), options_.end(), [&](const Option* candidate) {
        return candidate->letter == letters[i];
      });
      if (option == options_.end()) {
        return UsageError(absl::StrCat("unknown option -", letters.substr(i, 1)));
      }
      std::string rest(letters.substr(i + 1));
      if ((*option)->value.empty() || rest.empty()) {
        RETURN_IF_ERROR(Take(**option, nullptr));
      } else {
        return Take(**option, &rest);
      }
    }
    return absl::OkStatus();
  }

  // `attached` is the value that stood in the same argument, or null.
  absl::Status Take(const Option& option, const std::string* attached) {
    std::vector<std::string>& values = line_.values_[std::string(option.name)];
    if (option.value.empty()) return absl::OkStatus();
    if (attached == nullptr) {
      if (next_ == arguments_.size()) {
        return UsageError(absl::StrCat("--", option.name, " needs a value: ", option.value));
      }
      attached = &arguments_[next_++];
    }
    values.push_back(*attached);
    return CheckValue(option, *attached);
  }

  absl::Status Unknown(absl::string_view name) const {
    std::vector<absl::string_view> names;
    for (const Option* option : options_) names.push_back(option->name);
    absl::string_view closest = ClosestName(name, names);
    return UsageError(
        absl::StrCat("unknown option --", name,
                     closest.empty() ? "" : absl::StrCat("; did you mean --", closest, "?")));
  }

  const Usage& usage_;
  absl::Span<const std::string> arguments_;
  std::vector<const Option*> options_;
  CommandLine line_;
  size_t next_ = 0;
};

absl::StatusOr<CommandLine> ParseCommandLine(const Usage& usage,
                                             absl::Span<const std::string> arguments) {
  return CommandLineParser(usage, arguments).Parse();
}

const std::vector<std::string>* CommandLine::Find(absl::string_view option) const {
  auto found = values_.find(option);
  return found == values_.end() ? nullptr : &found->second;
}

bool CommandLine::Has(absl::string_view option) const { return Find(option) != nullptr; }

absl::string_view CommandLine::Text(absl::string_view option, absl::string_view fallback) const {
  const std::vector<std::string>* values = Find(option);
  return values == nullptr ? fallback : absl::string_view(values->back());
}

std::vector<std::string> CommandLine::Texts(absl::string_view option) const {
  const std::vector<std::string>* values = Find(option);
  return values == nullptr ? std::vector<std::string>() : *values;
}

uint64_t CommandLine::Number(absl::string_view option, uint64_t fallback) const {
  uint64_t number;
  return absl::SimpleAtoi(Text(option), &number) ? number : fallback;
}

uint64_t CommandLine::Time(absl::string_view option, uint64_t fallback) const {
  return Has(option) ? ParseTime(Text(option)).value_or(fallback) : fallback;
}

std::vector<std::string> CommandLine::List(absl::string_view option) const {
  std::vector<std::string> all;
  const std::vector<std::string>* values = Find(option);
  if (values == nullptr) return all;
  for (const std::string& value : *values) {
    for (absl::string_view part : absl::StrSplit(value, ',', absl::SkipEmpty())) {
      all.emplace_back(part);
    }
  }
  return all;
}

}  // namespace omnitrace::tools
