#include "tools/driver/compile_job.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"

namespace omnitrace::driver {
namespace {

// `words` are separated by single blanks, with one at either end.
bool OneOf(absl::string_view word, absl::string_view words) {
  return absl::StrContains(words, absl::StrCat(" ", word, " "));
}

// Options whose value is the next argument.
constexpr absl::string_view kWithValue =
    " -o -x -D -U -I -L -l -B -F -T -u -z -e -include -include-pch -imacros -isystem -iquote"
    " -idirafter -isysroot -iprefix -iwithprefix -iwithprefixbefore -cxx-isystem -ivfsoverlay"
    " -MF -MT -MQ -MJ -Xclang -Xlinker -Xassembler -Xpreprocessor -Xanalyzer -mllvm -target -arch"
    " --param --sysroot -rpath -dumpdir -working-directory --config -serialize-diagnostics"
    " --serialize-diagnostics ";

// Options with which a command links nothing, or not to the end (-r).
constexpr absl::string_view kEndsEarly =
    " -c -S -E -M -MM -r -fsyntax-only -emit-ast -emit-interface-stubs -verify-pch --analyze"
    " --precompile --help -help --version -dumpversion -dumpmachine -cc1 -cc1as ";

bool EndsBeforeLink(absl::string_view option) {
  return OneOf(option, kEndsEarly) || absl::StartsWith(option, "-print-") ||
         absl::StartsWith(option, "--print-");
}

constexpr absl::string_view kSourceExtensions =
    " c cc cp cxx cpp CPP c++ C m mm M S cppm ccm cxxm c++m ixx ";
constexpr absl::string_view kHeaderExtensions = " h hh hp hxx hpp HPP h++ H ";

enum class InputKind { kSource, kHeader, kOther };

InputKind KindOfInput(absl::string_view path, absl::string_view language) {
  if (absl::EndsWith(language, "-header")) return InputKind::kHeader;
  if (language == "assembler" || absl::EndsWith(language, "cpp-output")) return InputKind::kOther;
  if ((!language.empty() && language != "none") || path == "-") return InputKind::kSource;
  absl::string_view extension = path.substr(std::min(path.rfind('.'), path.size() - 1) + 1);
  if (OneOf(extension, kSourceExtensions)) return InputKind::kSource;
  return OneOf(extension, kHeaderExtensions) ? InputKind::kHeader : InputKind::kOther;
}

// The language of `-xc++` or `-x c++`, nothing for another option.
absl::string_view LanguageOption(const std::vector<std::string>& arguments, size_t i) {
  absl::string_view language = arguments[i];
  if (!absl::ConsumePrefix(&language, "-x")) return "";
  if (language.empty() && i + 1 < arguments.size()) language = arguments[i + 1];
  return language;
}

}  // namespace

CompileJob UnderstandJob(const std::vector<std::string>& arguments) {
  CompileJob job;
  bool ends_early = false;
  bool has_linkable_input = false;
  absl::string_view language;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "-" || !absl::StartsWith(argument, "-")) {
      if (argument.empty()) continue;
      InputKind kind = KindOfInput(argument, language);
      job.preprocesses |= kind != InputKind::kOther;
      has_linkable_input |= kind != InputKind::kHeader;
      continue;
    }
    absl::string_view changed = LanguageOption(arguments, i);
    if (!changed.empty()) language = changed;
    ends_early |= EndsBeforeLink(argument);
    job.is_static |= argument == "-static" || argument == "-static-pie" || argument == "--static";
    if (OneOf(argument, kWithValue)) ends_early |= ++i == arguments.size();
  }
  job.links = has_linkable_input && !ends_early;
  return job;
}

}  // namespace omnitrace::driver
