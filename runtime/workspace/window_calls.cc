#include "runtime/workspace/window_calls.h"

#include <algorithm>

namespace omnitrace::workspace {

bool WindowCalls::Add(const Turn& turn) {
  auto [place, is_first] = windows_.try_emplace(turn.window);
  Window& window = place->second;
  if (is_first && turn.window < old_windows_) window.known = turn.earlier_calls;
  if (window.waits_since == look_) return false;
  if (turn.is_new) {
    window.waits_since = look_;
    return false;
  }
  if (turn.earlier_calls > window.known) {
    lost_ = AddBounded(lost_, turn.earlier_calls - window.known);
  }
  window.known = std::max(window.known, turn.earlier_calls);
  if (turn.is_read) {
    window.known = std::max(window.known, AddBounded(turn.earlier_calls, turn.calls));
  } else {
    window.waits_since = look_;
  }
  return turn.is_read;
}

void WindowCalls::Skip(uint32_t window, uint64_t calls) {
  uint64_t& known = windows_[window].known;
  known = std::max(known, calls);
}

void WindowCalls::SkipAll(uint32_t windows) {
  old_windows_ = windows;
  lost_ = 0;
}

}  // namespace omnitrace::workspace
