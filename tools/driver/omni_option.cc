#include "tools/driver/omni_option.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "tools/support/command_line.h"
#include "tools/support/globs.h"

namespace omnitrace::driver {
namespace {

constexpr absl::string_view kPrefix = "-fomni";

// Says what is wrong with a value, or nothing.
using Check = std::string (*)(absl::string_view value);

std::string CheckCount(absl::string_view value) {
  uint32_t count;
  return absl::SimpleAtoi(value, &count) ? "" : "expected a number of lines";
}

std::string CheckStart(absl::string_view value) {
  return value == "record" || value == "standby" ? "" : "expected record or standby";
}

std::string CheckInner(absl::string_view) {
  return "not yet available: this version records calls, not statements";
}

std::string CheckGlobs(absl::string_view value) {
  return std::string(tools::CheckGlobs(value).message());
}

struct OmniOption {
  absl::string_view name;
  absl::string_view value;  // what --help calls it; empty when the option takes none
  absl::string_view help;
  Check check;
};

constexpr OmniOption kOptions[] = {
    {"ns", "LIST", "trace what these comma-separated globs select: foo, foo::Bar, foo::b*, *",
     CheckGlobs},
    {"exclude", "LIST", "the same globs, taken out again", CheckGlobs},
    {"min-lines", "N", "leave out functions whose body has fewer lines", CheckCount},
    {"inner", "LIST", "functions whose statements are recorded too (not yet available)",
     CheckInner},
    {"explain", "", "a remark per function: traced, or the reason why not", nullptr},
    {"start", "record|standby", "what the program does when it starts (record)", CheckStart},
    {"help", "", "show these options", nullptr},
};

std::string UnknownOption(absl::string_view argument, absl::string_view name) {
  std::vector<absl::string_view> names;
  for (const OmniOption& option : kOptions) names.push_back(option.name);
  absl::string_view closest = tools::ClosestName(name, names);
  return absl::StrCat("unknown option '", argument, "'; ",
                      closest.empty() ? absl::StrCat(kHelpOption, " lists them")
                                      : absl::StrCat("did you mean '-fomni-", closest, "'?"));
}

std::string WhatIsWrong(const OmniOption& option, bool has_value, absl::string_view value) {
  if (option.value.empty()) return has_value ? "takes no value" : "";
  if (value.empty()) return absl::StrCat("expected -fomni-", option.name, "=", option.value);
  return option.check(value);
}

}  // namespace

bool IsOmniOption(absl::string_view argument) { return absl::StartsWith(argument, kPrefix); }

absl::StatusOr<std::string> ToPluginArgument(absl::string_view argument) {
  absl::string_view name = absl::StripPrefix(argument, kPrefix);
  absl::ConsumePrefix(&name, "-");
  size_t equals = name.find('=');
  bool has_value = equals != absl::string_view::npos;
  absl::string_view value = has_value ? name.substr(equals + 1) : "";
  name = name.substr(0, equals);

  auto option = std::find_if(std::begin(kOptions), std::end(kOptions),
                             [name](const OmniOption& known) { return known.name == name; });
  if (option == std::end(kOptions)) {
    return absl::InvalidArgumentError(UnknownOption(argument, name));
  }
  std::string wrong = WhatIsWrong(*option, has_value, value);
  if (!wrong.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("'", argument, "': ", wrong));
  }
  return absl::StrCat("-fplugin-arg-omnitrace-", name, has_value ? "=" : "", value);
}

std::string OmniHelp() {
  std::string help =
      "omni-clang++ is clang++ with tracing; it takes every option of clang++, and these:\n";
  for (const OmniOption& option : kOptions) {
    std::string spelling =
        absl::StrCat("-fomni-", option.name, option.value.empty() ? "" : "=", option.value);
    absl::StrAppendFormat(&help, "  %-28s %s\n", spelling, option.help);
  }
  return help;
}

}  // namespace omnitrace::driver
