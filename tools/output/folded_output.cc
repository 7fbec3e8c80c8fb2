#include "tools/output/folded_output.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {

void FoldedOutput::Add(const Call& call) {
  open_.resize(call.depth);
  size_t caller = open_.empty() ? 0 : open_.back();
  size_t stack = StackOf(caller, call.function->name);
  int64_t duration = static_cast<int64_t>(call.duration());
  stacks_[stack].self += duration;
  stacks_[caller].self -= duration;
  open_.push_back(stack);
}

size_t FoldedOutput::StackOf(size_t caller, const std::string& function) {
  auto [known, is_new] = numbers_.try_emplace({caller, function}, stacks_.size());
  if (is_new) stacks_.push_back({caller, function, 0});
  return known->second;
}

void FoldedOutput::End() {
  for (size_t stack = 1; stack < stacks_.size() && !sink_.closed(); ++stack) {
    int64_t self = stacks_[stack].self;
    if (self > 0) sink_.Write(absl::StrCat(Path(stack), " ", self, "\n"));
  }
}

std::string FoldedOutput::Path(size_t stack) const {
  std::vector<std::string> functions;
  for (; stack != 0; stack = stacks_[stack].caller) {
    // A semicolon divides the functions of a stack.
    functions.push_back(absl::StrReplaceAll(Escaped(stacks_[stack].function), {{";", ":"}}));
  }
  std::reverse(functions.begin(), functions.end());
  return absl::StrJoin(functions, ";");
}

}  // namespace omnitrace::tools
