#include "tools/driver/response_file.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace omnitrace::driver {
namespace {

constexpr int kMaxNesting = 16;

void Expand(const std::string& argument, const FileReader& read_file, int nesting,
            std::vector<std::string>& expanded) {
  std::optional<std::string> text;
  if (absl::StartsWith(argument, "@") && nesting < kMaxNesting) {
    text = read_file(argument.substr(1));
  }
  if (!text.has_value()) {
    expanded.push_back(argument);
    return;
  }
  for (const std::string& inner : SplitArguments(*text)) {
    Expand(inner, read_file, nesting + 1, expanded);
  }
}

}  // namespace

std::vector<std::string> SplitArguments(absl::string_view text) {
  std::vector<std::string> arguments;
  std::string current;
  bool started = false;  // an empty pair of quotes is an argument too
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '\\' && quote != '\'' && i + 1 < text.size()) {
      current += text[++i];
      started = true;
    } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
      quote = quote != 0 ? 0 : c;
      started = true;
    } else if (quote == 0 && absl::ascii_isspace(c)) {
      if (started) arguments.push_back(std::move(current));
      current.clear();
      started = false;
    } else {
      current += c;
      started = true;
    }
  }
  if (started) arguments.push_back(std::move(current));
  return arguments;
}

std::vector<std::string> ExpandResponseFiles(const std::vector<std::string>& arguments,
                                             const FileReader& read_file) {
  std::vector<std::string> expanded;
  for (const std::string& argument : arguments) Expand(argument, read_file, 0, expanded);
  return expanded;
}

}  // namespace omnitrace::driver
