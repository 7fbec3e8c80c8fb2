#include "tools/model/call_sums.h"

#include <algorithm>

namespace omnitrace::tools {

void FunctionStatistics::Add(const FunctionStatistics& more) {
  calls += more.calls;
  exceptions += more.exceptions;
  open += more.open;
  total += more.total;
  self += more.self;
  durations.Add(more.durations);
}

size_t CallSums::RowOf(size_t function) {
  auto [known, is_new] = rows_by_function_.try_emplace(function, rows_.size());
  if (is_new) {
    functions_.push_back(function);
    rows_.emplace_back();
    active_.push_back(0);
  }
  return known->second;
}

inline void CallSums::Leave(const Frame& frame, uint64_t time, Ending ending) {
  uint64_t accounted = frame.callees;
  if (frame.row != kHidden) {
    bool outermost = --active_[frame.row] == 0;
    if (filter_->ShowsCall(frame.depth, frame.start, time)) {
      FunctionStatistics& row = rows_[frame.row];
      accounted = time - frame.start;
      ++row.calls;
      row.exceptions += ending == Ending::kThrew;
      row.open += ending == Ending::kOpen;
      row.self += accounted - std::min(accounted, frame.callees);
      row.durations.Add(accounted);
      if (outermost) AddTotal(frame.row, accounted);
    }
  }
  AddCallees(accounted);
}

void CallSums::LeaveTo(uint32_t depth, uint64_t time, Ending ending) {
  while (!stack_.empty() && stack_.back().depth >= depth) {
    Frame frame = stack_.back();
    stack_.pop_back();
    Leave(frame, std::max(frame.start, time), ending);
  }
  if (depth < floor_) EndFar(depth, time, ending);
}

void CallSums::EndFar(uint32_t depth, uint64_t time, Ending ending) {
  FarEnd end = {depth, time, ending, std::exchange(callees_, 0), {}};
  for (size_t row : totalled_) end.totals.emplace_back(row, std::exchange(rows_[row].total, 0));
  totalled_.clear();
  far_ends_.push_back(std::move(end));
  floor_ = depth;
}

void CallSums::Append(const CallSums& next) {
  std::vector<size_t> rows;  // by that of `next`
  for (size_t function : next.functions_) rows.push_back(RowOf(function));
  auto add_total = [&](size_t row, uint64_t total) {
    if (active_[rows[row]] == 0) AddTotal(rows[row], total);
  };
  for (const FarEnd& end : next.far_ends_) {
    AddCallees(end.callees);
    for (const auto& [row, total] : end.totals) add_total(row, total);
    LeaveTo(end.depth, end.time, end.ending);
  }
  AddCallees(next.callees_);
  for (size_t i = 0; i < rows.size(); ++i) {
    FunctionStatistics sums = next.rows_[i];
    add_total(i, std::exchange(sums.total, 0));
    rows_[rows[i]].Add(sums);
  }
  for (const Frame& frame : next.stack_) {
    Enter(frame.row == kHidden ? kHidden : rows[frame.row], frame.depth, frame.start);
    stack_.back().callees = frame.callees;
  }
}

}  // namespace omnitrace::tools
