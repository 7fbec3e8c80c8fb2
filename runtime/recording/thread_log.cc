#include "runtime/recording/thread_log.h"

#include "runtime/recording/section.h"

namespace omnitrace::recording {

void ThreadLog::Start() {
  cursor = nullptr;
  token = far_token = epoch;
  calls = sequence = roots = 0;
  suppressed = 0;
  stopped = false;
  StartBlock();
}

bool ThreadLog::StartNextBlock(WorkspaceFile* file, bool use_ring) {
  if (stopped) return false;
  BlockedSignals blocked;
  Seal();
  if (!window.Append(file, use_ring ? &ring : nullptr)) {
    stopped = true;
    return false;
  }
  file->UpdateClock();
  ++sequence;
  StartBlock();
  return true;
}

void ThreadLog::Seal() {
  window.Seal(far_depth(), static_cast<uint32_t>(calls - block->first_call));
}

void ThreadLog::StartBlock() {
  uint64_t now = Now();
  ticks = now > ticks ? now : ticks;
  far_token = token;
  block = window.block();
  BlockStart start = {};
  start.kind = BlockKind::kCalls;
  start.thread = thread;
  start.depth = depth();
  start.sequence = sequence;
  start.ticks = ticks;
  start.first_call = calls;
  window.Start(start);
  cursor = window.payload();
}

}  // namespace omnitrace::recording
