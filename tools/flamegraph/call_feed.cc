#include "tools/flamegraph/call_feed.h"

#include <memory>
#include <string>
#include <utility>

#include "runtime/workspace/glob.h"
#include "tools/flamegraph/stack_join.h"
#include "tools/model/event_ranges.h"
#include "tools/output/value_style.h"

namespace omnitrace::flamegraph {

using workspace::Event;

CallFeed::CallFeed(const tools::WorkspaceFile& file, const Request& request,
                   FunctionIndex& functions, Layout& layout, StackLayout* stacks)
    : file_(file),
      request_(request),
      functions_(&functions),
      totals_(functions.totals()),
      layout_(layout),
      stacks_(stacks) {}

CallFeed::CallFeed(const tools::WorkspaceFile& file, const Request& request)
    : file_(file),
      request_(request),
      functions_(nullptr),
      own_stacks_(StackLayout::OfStretch()),
      totals_(own_totals_),
      layout_(*own_stacks_),
      stacks_(&*own_stacks_),
      floor_(UINT32_MAX) {}

uint64_t CallFeed::Run(const workspace::Thread& thread, uint32_t lane,
                       const std::function<void(size_t)>& on_blocks) {
  calls_ = events_ = 0;
  layout_.StartLane(lane);
  const tools::CallFilter& filter = request_.filter;
  if (filter.has_conditions()) ahead_.emplace(file_, thread, filter, tools::ThreadCalls::Options());
  tools::EventSource source = {*file_.reader, thread.index, request_.cores, on_blocks};
  // Whether a stretch lies inside of the focus isn't known in it.
  if (stacks_ == nullptr || ahead_ || !request_.focus.empty()) source.cores = 1;
  auto new_stretch = [this] { return std::make_unique<CallFeed>(file_, request_); };
  damage_.Update(tools::ReadEvents<CallFeed>(source, new_stretch, *this));
  LeaveAbove(0, Next(file_.reader->info().duration_ns), Outcome::kOpen, Place());
  if (ahead_) damage_.Update(ahead_->status());
  return calls_;
}

const CallFeed::Role& CallFeed::RoleOf(uint32_t function) {
  auto known = roles_.find(function);
  if (known != roles_.end()) return known->second;
  const workspace::Function& described = file_.reader->function(function);
  Role role = {
      .number = NumberOf(function, described),
      .shown = request_.filter.ShowsFunction(described) && !(described.flags & kFunctionProbe),
      .focused = request_.focus.empty() || GlobMatches(request_.focus, described.name),
  };
  return roles_.emplace(function, role).first->second;
}

uint32_t CallFeed::NumberOf(uint32_t id, const workspace::Function& function) {
  if (functions_ != nullptr) {
    std::string file = tools::SourceFile(function.file, {request_.stable});
    return functions_->Add({function.name, std::move(file), function.line});
  }
  totals_.push_back({.function = id});
  return static_cast<uint32_t>(totals_.size() - 1);
}

CallFeed::Time CallFeed::Next(uint64_t recorded) {
  recorded += file_.start;
  return {recorded, request_.stable ? events_++ : recorded};
}

void CallFeed::Take(const Event& event, size_t block) {
  if (event.kind == Event::Kind::kDropped || event.kind == Event::Kind::kChanged) return;
  if (IsTooLarge()) return;
  Time time = Next(event.time);
  Place place = {event.offset, static_cast<uint32_t>(block)};
  switch (event.kind) {
    case Event::Kind::kEnter:
      return Enter(event, time, place);
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

void CallFeed::Enter(const Event& event, Time time, Place place) {
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
  layout_.Enter(role.number, time.drawn, place);
}

void CallFeed::LeaveAbove(uint32_t depth, Time time, Outcome outcome, const Place& place) {
  while (!open_.empty() && open_.back().depth >= depth) {
    const Frame& frame = open_.back();
    if (frame.shown) Leave(frame, time, outcome, place);
    uint64_t inner = frame.shown ? time.drawn - frame.start.drawn : frame.inner;
    open_.pop_back();
    AddInner(inner);
  }
  if (depth < floor_) EndFar(depth, time, outcome);
}

void CallFeed::EndFar(uint32_t depth, Time time, Outcome outcome) {
  far_ends_.push_back({depth, time, outcome, std::exchange(inner_, 0)});
  floor_ = depth;
  stacks_->StartRoot();
}

void CallFeed::Leave(const Frame& frame, Time time, Outcome outcome, const Place& place) {
  bool decided = ahead_.has_value();
  if (decided || request_.filter.ShowsCall(frame.depth, frame.start.recorded, time.recorded)) {
    layout_.Leave(time.drawn, outcome, place);
    Share& total = totals_[frame.number];
    ++total.calls;
    total.self += time.drawn - frame.start.drawn - frame.inner;
  } else {
    layout_.Cancel();
    --calls_;
  }
}

std::vector<uint32_t> CallFeed::AppendFunctions(const CallFeed& next) {
  std::vector<uint32_t> numbers;
  for (const Share& more : next.totals_) {
    uint32_t number = RoleOf(more.function).number;
    totals_[number].calls += more.calls;
    totals_[number].self += more.self;
    numbers.push_back(number);
  }
  return numbers;
}

void CallFeed::Append(const CallFeed& next) {
  std::vector<uint32_t> numbers = AppendFunctions(next);
  StackJoin join(*next.stacks_, numbers, events_, *stacks_);
  auto shifted = [this](Time time) { return Time{time.recorded, time.drawn + events_}; };
  for (const FarEnd& end : next.far_ends_) {
    join.AppendRoot();
    AddInner(end.inner);
    LeaveAbove(end.depth, shifted(end.time), end.outcome, Place());
  }
  join.AppendRoot();
  AddInner(next.inner_);
  join.AppendOpen();
  for (Frame frame : next.open_) {
    frame.number = numbers[frame.number];
    frame.start = shifted(frame.start);
    open_.push_back(frame);
  }
  events_ += next.events_;
  calls_ += next.calls_;
}

}  // namespace omnitrace::flamegraph
