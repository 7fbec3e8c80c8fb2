#include "tools/flamegraph/stack_join.h"

namespace omnitrace::flamegraph {

StackJoin::StackJoin(const StackLayout& stretch, const std::vector<uint32_t>& functions,
                     uint64_t time, StackLayout& layout)
    : stretch_(stretch), functions_(functions), time_(time), layout_(layout) {
  stacks_.reserve(stretch.stacks_.size());
}

void StackJoin::AppendRoot() {
  layout_.AddInner(stretch_.roots_[roots_++].inner);
  stacks_.push_back(layout_.innermost());
  bool is_last = roots_ == stretch_.roots_.size();
  size_t end = is_last ? stretch_.stacks_.size() : stretch_.roots_[roots_].stack;
  while (stacks_.size() < end) AppendStack(static_cast<uint32_t>(stacks_.size()));
}

void StackJoin::AppendStack(uint32_t number) {
  const StackLayout::Stack& more = stretch_.stacks_[number];
  uint32_t parent = stacks_[more.parent];
  uint32_t joined = layout_.FindOrAdd(parent, functions_[more.function]);
  stacks_.push_back(joined);
  StackLayout::Stack& stack = layout_.stacks_[joined];
  stack.calls += more.calls;
  if (joined != parent) stack.total += more.total;  // else inside of a rest
  stack.self += more.self;
  stack.threw += more.threw;
  stack.open += more.open;
}

void StackJoin::AppendOpen() {
  for (StackLayout::Frame frame : stretch_.open_) {
    layout_.open_.push_back({stacks_[frame.stack], frame.start + time_, frame.inner});
  }
}

}  // namespace omnitrace::flamegraph
