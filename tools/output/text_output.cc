#include "tools/output/text_output.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/output/drops.h"
#include "tools/output/json_output.h"
#include "tools/output/units.h"

namespace omnitrace::tools {
namespace {

// Deeper calls say how deep they are: the lines of a million recursions would else fill the disk.
constexpr uint32_t kMostIndented = 100;

}  // namespace

void TreeOutput::Add(const Call& call) {
  if (call.depth >= levels_) return;
  line_.clear();
  if (call.thread != thread_) StartThread(call);
  Indent(call);
  AppendCall(call, style_, &line_, &status_);
  AppendDuration(call, style_, &line_);
  line_ += '\n';
  sink_.Write(line_);
}

void TreeOutput::StartThread(const Call& call) {
  if (thread_ != nullptr) line_ += '\n';
  thread_ = call.thread;
  std::string title = ThreadTitle(*call.thread);
  if (set_->files().size() > 1) {
    uint64_t pid = ShownPid(*call.file, *set_, style_.values);
    title = absl::StrCat("process ", pid, ", ", title);
  }
  AppendPainted(style_.terminal, Colour::kCyan, title, &line_);
  line_ += '\n';
}

// Two columns per level; the last two carry the mark of a call that threw.
void TreeOutput::Indent(const Call& call) {
  uint32_t levels = std::min(call.depth, kMostIndented);
  bool guided = style_.terminal.colour && levels > 0;
  absl::string_view guide = !guided ? "  " : style_.terminal.utf8 ? "│ " : "| ";
  std::string guides = levels > 0 ? "  " : "";
  for (uint32_t i = 1; i < levels; ++i) absl::StrAppend(&guides, guide);
  AppendPainted(style_.terminal, guided ? Colour::kDim : Colour::kPlain, guides, &line_);
  if (call.outcome == Call::Outcome::kThrew) {
    AppendPainted(style_.terminal, Colour::kRed, "! ", &line_);
  } else {
    AppendPainted(style_.terminal, guided ? Colour::kDim : Colour::kPlain, guide, &line_);
  }
  if (levels < call.depth) absl::StrAppend(&line_, "[", call.depth, "] ");
}

void TreeOutput::End() {
  std::string drops = DropsText(set_->files());
  if (drops.empty()) return;
  line_.clear();
  AppendPainted(style_.terminal, Colour::kYellow, absl::StrCat("\n", drops), &line_);
  line_ += '\n';
  sink_.Write(line_);
}

void LineOutput::Add(const Call& call) {
  line_.clear();
  std::string place = absl::StrFormat("%7d  ", call.id);
  if (!style_.stable()) absl::StrAppend(&place, SecondsText(call.start), "  ");
  absl::StrAppendFormat(&place, "%2d  ", call.thread->index);
  AppendPainted(style_.terminal, Colour::kDim, place, &line_);
  AppendCall(call, style_, &line_, &status_);
  AppendDuration(call, style_, &line_);
  line_ += '\n';
  sink_.Write(line_);
}

}  // namespace omnitrace::tools
