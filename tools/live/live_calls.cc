#include "tools/live/live_calls.h"

#include <algorithm>
#include <iterator>

#include "runtime/workspace/format.h"

namespace omnitrace::tools {

using workspace::Event;

bool LiveCalls::Take(const LiveOrigin& origin, const workspace::Reader& reader, const Event& event,
                     LiveEvent* live) {
  if (event.kind == Event::Kind::kUnwound) Unwind(event);
  bool enters = event.kind == Event::Kind::kEnter;
  bool ends = event.kind == Event::Kind::kLeave || event.kind == Event::Kind::kThrow;
  if (!enters && !ends) return false;
  const workspace::Function& function = reader.function(event.function);
  bool is_probe = (function.flags & kFunctionProbe) != 0;
  if (!IsWanted(function) || (is_probe && ends)) return false;
  *live = {};
  live->origin = &origin;
  live->reader = &reader;
  live->function = &function;
  live->thread = event.thread;
  live->depth = event.depth;
  live->time = event.time;
  if (ends) {
    Leave(event, live);
    return true;
  }
  live->kind = is_probe ? LiveEvent::Kind::kProbe : LiveEvent::Kind::kEnter;
  live->has_arguments = true;
  live->arguments = event.bytes;
  if (!is_probe) Enter(event);
  return true;
}

void LiveCalls::Reset() {
  is_wanted_.clear();
  Forget();
}

void LiveCalls::Forget() {
  stacks_.clear();
  bytes_ = 0;
}

// Threads come and go; one without an open call has nothing to remember.
void LiveCalls::ForgetIdle() {
  for (auto stack = stacks_.begin(); stack != stacks_.end();) {
    bool idle = stack->second.open == 0;
    if (idle) bytes_ -= stack->second.bytes;
    stack = idle ? stacks_.erase(stack) : std::next(stack);
  }
  if (stacks_.size() > kMostThreads) Forget();
  many_threads_ = std::max(kManyThreads, 2 * stacks_.size());
}

bool LiveCalls::IsWanted(const workspace::Function& function) {
  constexpr uint32_t kMostRemembered = 1 << 20;
  if (function.id >= kMostRemembered) return wanted_(function.name);
  if (function.id >= is_wanted_.size()) is_wanted_.resize(function.id + 1, -1);
  int8_t& wanted = is_wanted_[function.id];
  if (wanted < 0) wanted = wanted_(function.name) ? 1 : 0;
  return wanted == 1;
}

void LiveCalls::Enter(const Event& event) {
  if (stacks_.size() > many_threads_) ForgetIdle();
  if (bytes_ > kMostBytes) Forget();
  Stack& stack = stacks_[event.thread];
  stack.Cut(event.depth);
  if (stack.open == kMostOpen) return;
  size_t more = 0;
  if (stack.open == stack.calls.size()) {
    stack.calls.emplace_back();
    more = sizeof(Call);
  }
  Call& call = stack.calls[stack.open++];
  more -= call.arguments.capacity();
  call.depth = event.depth;
  call.function = event.function;
  call.time = event.time;
  call.arguments.assign(event.bytes.data(), event.bytes.size());
  more += call.arguments.capacity();
  stack.bytes += more;
  bytes_ += more;
}

void LiveCalls::Stack::Cut(uint32_t depth) {
  while (open > 0 && calls[open - 1].depth >= depth) --open;
}

void LiveCalls::Unwind(const Event& event) {
  auto stack = stacks_.find(event.thread);
  if (stack != stacks_.end()) stack->second.Cut(event.depth);
}

void LiveCalls::Leave(const Event& event, LiveEvent* live) {
  bool throws = event.kind == Event::Kind::kThrow;
  live->kind = throws ? LiveEvent::Kind::kThrow : LiveEvent::Kind::kReturn;
  if (throws) {
    live->thrown_type = event.thrown_type;
    live->thrown_what = event.thrown_what;
    live->thrown_value = event.thrown_value;
  } else {
    live->result = event.bytes;
  }
  auto found = stacks_.find(event.thread);
  if (found == stacks_.end()) return;
  Stack& stack = found->second;
  stack.Cut(event.depth + 1);
  if (stack.open == 0) return;
  const Call& call = stack.calls[stack.open - 1];
  if (call.depth != event.depth) return;
  --stack.open;
  if (call.function != event.function) return;
  live->has_arguments = true;
  live->arguments = call.arguments;
  live->duration = event.time - std::min(event.time, call.time);
}

}  // namespace omnitrace::tools
