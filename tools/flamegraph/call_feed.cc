#include "tools/flamegraph/call_feed.h"

#include <algorithm>
#include <utility>

#include "runtime/workspace/glob.h"
#include "tools/output/value_style.h"

namespace omnitrace::flamegraph {

using workspace::Event;

uint32_t FunctionIndex::Add(NamedFunction function) {
  auto [entry, added] = numbers_.emplace(function, static_cast<uint32_t>(functions_.size()));
  if (added) {
    functions_.push_back(std::move(function));
    totals_.push_back({.function = entry->second});
  }
  return entry->second;
}

std::vector<Share> FunctionIndex::Hottest(size_t most) const {
  std::vector<Share> hottest = totals_;
  std::erase_if(hottest, [](const Share& total) { return total.self == 0; });
  std::stable_sort(hottest.begin(), hottest.end(),
                   [](const Share& a, const Share& b) { return a.self > b.self; });
  hottest.resize(std::min(most, hottest.size()));
  return hottest;
}

CallFeed::CallFeed(const tools::WorkspaceFile& file, const Request& request,
                   FunctionIndex& functions, Layout& layout)
    : file_(file), request_(request), functions_(functions), layout_(layout) {}

uint64_t CallFeed::Run(const workspace::Thread& thread, uint32_t lane,
                       absl::FunctionRef<void(size_t)> on_block) {
  calls_ = events_ = 0;
  layout_.StartLane(lane);
  const tools::CallFilter& filter = request_.filter;
  if (filter.has_conditions()) ahead_.emplace(file_, thread, filter, tools::ThreadCalls::Options());
  workspace::EventCursor cursor(*file_.reader, thread.index);
  size_t block = SIZE_MAX;
  while (cursor.Next()) {
    if (cursor.block() != block) on_block(block = cursor.block());
    Take(cursor.event(), static_cast<uint32_t>(block));
  }
  LeaveAbove(0, Next(file_.reader->info().duration_ns), Outcome::kOpen, Place());
  damage_.Update(cursor.status());
  if (ahead_) damage_.Update(ahead_->status());
  return calls_;
}

const CallFeed::Role& CallFeed::RoleOf(uint32_t function) {
  auto known = roles_.find(function);
  if (known != roles_.end()) return known->second;
  const workspace::Function& described = file_.reader->function(function);
  Role role = {
      .number = functions_.Add({described.name, tools::SourceFile(described.file, {request_.stable}),
                                described.line}),
      .shown = request_.filter.ShowsFunction(described),
      .focused = request_.focus.empty() || GlobMatches(request_.focus, described.name),
  };
  return roles_.emplace(function, role).first->second;
}

CallFeed::Time CallFeed::Next(uint64_t recorded) {
  recorded += file_.start;
  return {recorded, request_.stable ? events_++ : recorded};
}

void CallFeed::Take(const Event& event, uint32_t block) {
  if (event.kind == Event::Kind::kDropped || event.kind == Event::Kind::kChanged) return;
  Time time = Next(event.time);
  Place place = {event.offset, block};
  switch (event.kind) {
    case Event::Kind::kEnter:
      return Enter(event, time, block);
    case Event::Kind::kLeave:
    case Event::Kind::kThrow:
      LeaveAbove(event.depth + 1, time, Outcome::kVanished, Place());
      return LeaveAbove(event.depth, time,
                        event.kind == Event::Kind::kThrow ? Outcome::kThrew : Outcome::kReturned,
                        place);
    case Event::Kind::kUnwound:
      return LeaveAbove(event.depth, time, Outcome::kVanished, Place());
    case Event::Kind::kChanged:
    case Event::Kind::kDropped:
      return;
  }
}

void CallFeed::Enter(const Event& event, Time time, uint32_t block) {
  LeaveAbove(event.depth, time, Outcome::kVanished, Place());
  const Role& role = RoleOf(event.function);
  const tools::CallFilter& filter = request_.filter;
  bool inside_focus = role.focused || (!open_.empty() && open_.back().inside_focus);
  bool shown =
      role.shown && inside_focus && event.depth < filter.depth() && time.recorded < filter.until();
  if (ahead_) shown &= ahead_->Next() && ahead_->shown();
  open_.push_back({event.depth, role.number, shown, inside_focus, time, 0});
  if (!shown) return;
  ++calls_;
  layout_.Enter(role.number, time.drawn, {event.offset, block});
}

void CallFeed::LeaveAbove(uint32_t depth, Time time, Outcome outcome, Place place) {
  while (!open_.empty() && open_.back().depth >= depth) {
    Frame frame = open_.back();
    open_.pop_back();
    if (frame.shown) Leave(frame, time, outcome, place);
    if (!open_.empty()) open_.back().inner += frame.shown ? time.drawn - frame.start.drawn : frame.inner;
  }
}

void CallFeed::Leave(const Frame& frame, Time time, Outcome outcome, Place place) {
  bool decided = ahead_.has_value();
  if (decided || request_.filter.ShowsCall(frame.depth, frame.start.recorded, time.recorded)) {
    layout_.Leave(time.drawn, outcome, place);
    functions_.CountCall(frame.number, time.drawn - frame.start.drawn - frame.inner);
  } else {
    layout_.Cancel();
    --calls_;
  }
}

}  // namespace omnitrace::flamegraph
