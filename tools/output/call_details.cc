#include "tools/output/call_details.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "tools/output/units.h"
#include "tools/output/value_text.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

using workspace::Reader;

class DetailsPrinter {
 public:
  DetailsPrinter(const Call& call, const TextStyle& style, absl::Status* status)
      : call_(call), style_(style), status_(*status) {}

  std::string Print() {
    const workspace::Function& function = *call_.function;
    AppendPainted(style_.terminal, Colour::kBold,
                  absl::StrCat("call ", call_.id, "  ", Escaped(function.name)), &text_);
    text_ += '\n';
    Add("signature", Escaped(function.signature));
    Add("source",
        absl::StrCat(Escaped(SourceFile(function.file, style_.values)), ":", function.line));
    Add("thread", Thread());
    if (!style_.stable()) Add("time", Time());
    AddArguments();
    AddOutcome();
    AddChanged();
    return std::move(text_);
  }

 private:
  void Add(absl::string_view label, absl::string_view value) {
    std::string padded = absl::StrCat("  ", label);
    padded.resize(std::max<size_t>(padded.size(), 12), ' ');
    AppendPainted(style_.terminal, Colour::kDim, padded, &text_);
    absl::StrAppend(&text_, "  ", value, "\n");
  }

  std::string Thread() const {
    std::string title(absl::StripPrefix(ThreadTitle(*call_.thread), "thread "));
    if (!style_.stable()) absl::StrAppend(&title, ", process ", call_.file->reader->info().pid);
    return title;
  }

  std::string Time() const {
    return absl::StrCat("from ", SecondsText(call_.start), " for ", DurationText(call_.duration()));
  }

  std::string Value(const Reader::Argument& argument) const {
    std::string text;
    AppendType(TypeNameOf(call_, *argument.parameter), style_, &text);
    AppendText(argument.value, style_.values, &text);
    return text;
  }

  void AddArguments() {
    absl::StatusOr<std::vector<Reader::Argument>> arguments = ArgumentsOf(call_);
    if (!arguments.ok()) {
      status_.Update(arguments.status());
      Add("arguments", "<damaged>");
      return;
    }
    for (const Reader::Argument& argument : *arguments) {
      Add(Escaped(ArgumentName(call_, *argument.parameter)), Value(argument));
    }
  }

  void AddChanged() {
    absl::StatusOr<std::vector<Reader::Argument>> changed = ChangedOf(call_);
    status_.Update(changed.status());
    if (!changed.ok()) return;
    for (const Reader::Argument& argument : *changed) {
      Add("after",
          absl::StrCat(Escaped(ArgumentName(call_, *argument.parameter)), " = ", Value(argument)));
    }
  }

  void AddOutcome() {
    std::string outcome;
    AppendOutcome(call_, style_, &outcome, &status_);
    bool open = call_.outcome == Call::Outcome::kOpen;
    Add("outcome", open              ? "open: it never ended"
                   : outcome.empty() ? "returned"
                                     : absl::StripLeadingAsciiWhitespace(outcome));
  }

  const Call& call_;
  const TextStyle& style_;
  absl::Status& status_;
  std::string text_;
};

}  // namespace

std::string CallDetails(const Call& call, const TextStyle& style, absl::Status* status) {
  return DetailsPrinter(call, style, status).Print();
}

}  // namespace omnitrace::tools
