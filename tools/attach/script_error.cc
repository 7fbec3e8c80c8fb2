#include "tools/attach/script_error.h"

#include "absl/strings/str_cat.h"
#include "tools/support/utf8.h"

namespace omnitrace::attach {
namespace {

// Errors of one place and one type may differ in their texts: "no request 17", "no request 18".
std::string KeyOf(const ScriptError& error) {
  return absl::StrCat(error.place, " ", error.message.substr(0, error.message.find(':')));
}

std::string Text(const ScriptError& error) {
  std::string text = absl::StrCat(error.Headline(), "\n");
  for (const std::string& frame : error.frames) {
    absl::StrAppend(&text, "    at ", tools::Escaped(frame), "\n");
  }
  return text;
}

}  // namespace

std::string ScriptError::Headline() const {
  return tools::Escaped(absl::StrCat(place, place.empty() ? "" : ": ", message));
}

void ErrorLog::Add(const ScriptError& error) {
  if (error.empty()) return;
  ++count_;
  bool room = seen_.size() < kMostPlaces;
  std::string key = KeyOf(error);
  Repeated& repeated = seen_[room || seen_.count(key) > 0 ? key : ""];
  if (++repeated.count <= kPrinted) sink_.Write(Text(error));
  repeated.last = error.Headline();
}

void ErrorLog::Summarize() {
  for (const auto& [key, repeated] : seen_) {
    if (repeated.count <= kPrinted) continue;
    sink_.Write(absl::StrCat(repeated.last, ": ", repeated.count - kPrinted, " more of these\n"));
  }
  seen_.clear();
}

}  // namespace omnitrace::attach
