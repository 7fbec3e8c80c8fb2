#include "tools/select/report.h"

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace omnitrace::tools {
namespace {

// Relative when it lies below the working directory.
std::string ShortPath(const std::string& file) {
  std::error_code error;
  std::filesystem::path here = std::filesystem::current_path(error);
  std::filesystem::path path = std::filesystem::path(file).lexically_relative(here);
  return error || path.empty() || *path.begin() == ".." ? file : path.string();
}

}  // namespace

void Report::Add(Unit unit) {
  for (JudgedFunction& function : unit.functions) {
    bool is_traced = function.reason.empty();
    if (functions_.insert(std::move(function)).second && is_traced) ++traced_;
  }
  std::set<std::string> unmatched(unit.unmatched.begin(), unit.unmatched.end());
  if (!has_units_) unmatched_ = unmatched;
  has_units_ = true;
  std::erase_if(unmatched_, [&](const std::string& glob) { return !unmatched.contains(glob); });
}

void Report::PrintText(bool with_untraced, Sink& sink) const {
  for (const JudgedFunction& function : functions_) {
    bool is_traced = function.reason.empty();
    if (!is_traced && !with_untraced) continue;
    absl::string_view verdict = is_traced ? "traced: " : "not traced: ";
    sink.Write(absl::StrCat(ShortPath(function.file), ":", function.line, ":", function.column,
                            ": ", verdict, function.name, is_traced ? "" : ": ", function.reason,
                            "\n"));
  }
}

void Report::PrintJson(bool with_untraced, Sink& sink) const {
  for (const JudgedFunction& function : functions_) {
    bool is_traced = function.reason.empty();
    if (!is_traced && !with_untraced) continue;
    nlohmann::ordered_json object = {{"name", function.name},
                                     {"file", ShortPath(function.file)},
                                     {"line", function.line},
                                     {"column", function.column},
                                     {"traced", is_traced}};
    if (!is_traced) object["reason"] = function.reason;
    constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
    sink.Write(absl::StrCat(object.dump(-1, ' ', false, kReplace), "\n"));
  }
}

std::vector<std::string> Report::Unmatched() const {
  return {unmatched_.begin(), unmatched_.end()};
}

}  // namespace omnitrace::tools
