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

// As Clang's remarks.
std::string Text(const JudgedFunction& function) {
  std::string place =
      absl::StrCat(ShortPath(function.file), ":", function.line, ":", function.column, ": ");
  if (function.reason.empty()) return absl::StrCat(place, "traced: ", function.name);
  return absl::StrCat(place, "not traced: ", function.name, ": ", function.reason);
}

std::string Json(const JudgedFunction& function) {
  nlohmann::ordered_json object = {{"name", function.name},
                                   {"file", ShortPath(function.file)},
                                   {"line", function.line},
                                   {"column", function.column},
                                   {"traced", function.reason.empty()}};
  if (!function.reason.empty()) object["reason"] = function.reason;
  return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
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

void Report::Print(bool with_untraced, bool as_json, Sink& sink) const {
  for (const JudgedFunction& function : functions_) {
    if (!function.reason.empty() && !with_untraced) continue;
    sink.Write(absl::StrCat(as_json ? Json(function) : Text(function), "\n"));
  }
}

std::vector<std::string> Report::Unmatched() const {
  return {unmatched_.begin(), unmatched_.end()};
}

}  // namespace omnitrace::tools
