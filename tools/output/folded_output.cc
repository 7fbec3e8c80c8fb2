#include "tools/output/folded_output.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {

void FoldedOutput::Add(const Call& call) {
  stack_.resize(call.depth);
  Node& caller = stack_.empty() ? root_ : *stack_.back();
  // A semicolon divides the functions of a stack.
  std::string name = absl::StrReplaceAll(Escaped(call.function->name), {{";", ":"}});
  Node& node = caller.callees[name];
  int64_t duration = static_cast<int64_t>(call.duration());
  node.self += duration;
  caller.self -= duration;
  stack_.push_back(&node);
}

void FoldedOutput::End() {
  for (const auto& [name, node] : root_.callees) Print(node, name);
}

void FoldedOutput::Print(const Node& node, const std::string& stack) {
  if (sink_.closed()) return;
  if (node.self > 0) sink_.Write(absl::StrCat(stack, " ", node.self, "\n"));
  for (const auto& [name, callee] : node.callees) Print(callee, absl::StrCat(stack, ";", name));
}

}  // namespace omnitrace::tools
