#include "tools/live/foreign_calls.h"

#include "runtime/workspace/live_format.h"

namespace omnitrace::tools {

using workspace::Event;

// Until a process has read the rules of who comes to functions that are on for others, it judges
// nothing by them.
bool ForeignCalls::IsFor(const Event& enter) const {
  if (judged_ && (enter.observers & LiveJudgedBit(place_)) == 0) return false;
  return enter.observers == 0 || (enter.observers & LiveObserverBit(place_)) != 0;
}

bool ForeignCalls::Has(const Event& event) {
  bool enters = event.kind == Event::Kind::kEnter;
  bool foreign = enters && !IsFor(event);
  if (open_.empty() && !foreign) return false;
  if (event.kind == Event::Kind::kDropped) return false;
  if (open_.size() > kMostThreads) Forget();
  std::vector<uint32_t>& depths = open_[event.thread];
  bool ends = event.kind == Event::Kind::kLeave || event.kind == Event::Kind::kThrow;
  // What is open is less deep than what is entered, or is left open, and as deep as what ends.
  uint32_t open = event.depth + (ends || event.kind == Event::Kind::kChanged ? 1 : 0);
  while (!depths.empty() && depths.back() >= open) depths.pop_back();
  if (foreign) depths.push_back(event.depth);
  if (!enters && event.kind != Event::Kind::kUnwound) {
    foreign = !depths.empty() && depths.back() == event.depth;
    if (foreign && ends) depths.pop_back();
  }
  if (depths.empty()) open_.erase(event.thread);
  return foreign;
}

}  // namespace omnitrace::tools
