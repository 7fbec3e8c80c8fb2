#include "tools/flamegraph/time_layout.h"

#include <algorithm>
#include <utility>

namespace omnitrace::flamegraph {
namespace {

// A reduction to twice the budget every four budgets: the width grows in steps, and what is kept
// in between is finer than what is drawn.
constexpr size_t kKept = 2;
constexpr size_t kLimit = 4;
// A smaller budget saves no memory worth having.
constexpr size_t kLeastBudget = 1000;

}  // namespace

TimeLayout::TimeLayout(size_t budget)
    : budget_(budget),
      working_budget_(std::max(budget, kLeastBudget)),
      limit_(kLimit * working_budget_) {}

void TimeLayout::StartLane(uint32_t lane) { lane_ = lane; }

void TimeLayout::Enter(uint32_t function, uint64_t time, Place place) {
  if (boxes_.size() >= limit_) ReduceWhileOpen();
  Box box;
  box.start = time;
  box.lane = lane_;
  box.depth = static_cast<uint32_t>(open_.size());
  box.function = function;
  box.running = true;
  box.entered = place;
  open_.push_back(boxes_.size());
  boxes_.push_back(std::move(box));
}

void TimeLayout::Leave(uint64_t time, Outcome outcome, Place place) {
  size_t index = open_.back();
  open_.pop_back();
  Box& box = boxes_[index];
  box.running = false;
  box.end = std::max(time, box.start);
  box.total = box.width();
  box.self = box.total - std::min(box.self, box.total);  // was: the time of the calls inside
  box.outcome = outcome;
  box.threw = outcome == Outcome::kThrew;
  box.open = outcome == Outcome::kOpen;
  box.left = place;
  if (!open_.empty()) boxes_[open_.back()].self += box.total;
  if (folding_.IsNarrow(box)) folding_.CollapseTail(index, boxes_);
}

void TimeLayout::Cancel() {
  boxes_.resize(open_.back());
  open_.pop_back();
}

std::vector<Box> TimeLayout::Finish() {
  folding_.Reduce(budget_, boxes_);
  return std::move(boxes_);
}

void TimeLayout::ReduceWhileOpen() {
  folding_.Reduce(kKept * working_budget_, boxes_);
  open_.clear();
  for (size_t i = 0; i < boxes_.size(); ++i) {
    if (boxes_[i].running) open_.push_back(i);
  }
  limit_ = boxes_.size() + (kLimit - kKept) * working_budget_;
}

}  // namespace omnitrace::flamegraph
