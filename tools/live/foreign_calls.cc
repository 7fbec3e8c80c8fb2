#include "tools/live/foreign_calls.h"

namespace omnitrace::tools {

using workspace::Event;

bool ForeignCalls::Has(const Event& event, uint8_t bit) {
  bool enters = event.kind == Event::Kind::kEnter;
  bool foreign = enters && event.observers != 0 && (event.observers & bit) == 0;
  if (open_.empty() && !foreign) return false;
  if (event.kind == Event::Kind::kDropped) return false;
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
