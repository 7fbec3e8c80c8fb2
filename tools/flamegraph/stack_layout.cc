#include "tools/flamegraph/stack_layout.h"

#include <algorithm>
#include <memory>

#include "tools/flamegraph/folding.h"

namespace omnitrace::flamegraph {
namespace {

// Stands for all functions that came too late.
constexpr uint32_t kRest = UINT32_MAX;

}  // namespace

uint32_t StackLayout::FindOrAdd(uint32_t parent, uint32_t function) {
  if (stacks_[parent].rest) return parent;
  auto found = by_parent_and_function_.find({parent, function});
  if (found != by_parent_and_function_.end()) return found->second;
  if (stacks_.size() >= max_stacks_ && function != kRest) {
    uint32_t rest = FindOrAdd(parent, kRest);
    if (stacks_[rest].calls == 0) stacks_[rest].function = function;
    return rest;
  }
  uint32_t added = static_cast<uint32_t>(stacks_.size());
  by_parent_and_function_.emplace(std::pair(parent, function), added);
  stacks_.push_back({.parent = parent, .function = function, .rest = function == kRest});
  return added;
}

void StackLayout::Enter(uint32_t function, uint64_t time, Place) {
  uint32_t stack = FindOrAdd(innermost(), function);
  ++stacks_[stack].calls;
  open_.push_back({stack, time, 0});
}

void StackLayout::Leave(uint64_t time, Outcome outcome, Place) {
  Frame frame = open_.back();
  open_.pop_back();
  Stack& stack = stacks_[frame.stack];
  uint64_t total = std::max(time, frame.start) - frame.start;
  bool inside_rest = innermost() == frame.stack;
  if (!inside_rest) stack.total += total;
  stack.self += total - std::min(frame.inner, total);
  stack.threw += outcome == Outcome::kThrew;
  stack.open += outcome == Outcome::kOpen;
  AddInner(total);
}

void StackLayout::Cancel() {
  --stacks_[open_.back().stack].calls;
  open_.pop_back();
  has_cancelled_ = true;
}

void StackLayout::StartRoot() {
  roots_.push_back({static_cast<uint32_t>(stacks_.size()), 0});
  stacks_.emplace_back();
}

std::vector<std::vector<uint32_t>> StackLayout::Children() const {
  std::vector<std::vector<uint32_t>> children(stacks_.size());
  for (uint32_t i = 1; i < stacks_.size(); ++i) {
    if (stacks_[i].calls > 0) children[stacks_[i].parent].push_back(i);
  }
  for (std::vector<uint32_t>& siblings : children) {
    std::stable_sort(siblings.begin(), siblings.end(), [this](uint32_t a, uint32_t b) {
      return stacks_[a].total > stacks_[b].total;
    });
  }
  return children;
}

Box StackLayout::ToBox(const Stack& stack, uint64_t start, uint32_t depth) const {
  Box box;
  box.start = start;
  box.end = start + stack.total;
  box.total = stack.total;
  box.self = stack.self;
  box.calls = stack.calls;
  box.threw = stack.threw;
  box.open = stack.open;
  box.depth = depth;
  box.function = stack.function;
  if (stack.rest) {
    box.fold = std::make_unique<Fold>();
    box.fold->shares.push_back({stack.function, stack.calls, stack.self});
    box.fold->more = true;
  }
  return box;
}

std::vector<Box> StackLayout::Finish() {
  struct Pending {
    uint32_t stack;
    uint64_t start;
    uint32_t depth;
  };
  std::vector<std::vector<uint32_t>> children = Children();
  std::vector<Box> boxes;
  boxes.reserve(stacks_.size());
  std::vector<Pending> pending;
  // Pushes what is inside, from right to left, so that the leftmost comes out first.
  auto push_children = [&](uint32_t parent, uint64_t start, uint32_t depth) {
    const std::vector<uint32_t>& inside = children[parent];
    for (uint32_t child : inside) start += stacks_[child].total;
    for (auto child = inside.rbegin(); child != inside.rend(); ++child) {
      start -= stacks_[*child].total;
      pending.push_back({*child, start, depth});
    }
  };
  push_children(0, 0, 0);
  while (!pending.empty()) {
    Pending next = pending.back();
    pending.pop_back();
    boxes.push_back(ToBox(stacks_[next.stack], next.start, next.depth));
    push_children(next.stack, next.start, next.depth + 1);
  }
  Folding(Neighbours::kAny).Reduce(budget_, boxes);
  return boxes;
}

}  // namespace omnitrace::flamegraph
