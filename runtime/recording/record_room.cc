#include "runtime/recording/record_room.h"

#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/session.h"

namespace omnitrace::recording {

bool StartNextBlock(ThreadLog* log) {
  Session* session = GetSession();
  FollowTools();
  // Another recording may have begun.
  if (session->state() != Session::State::kRecording || log->epoch != session->epoch()) {
    log->stopped = true;
    return false;
  }
  if (log->StartNextBlock()) return true;
  // Not another one that has begun meanwhile.
  if (log->epoch == session->epoch()) session->Stop();
  return false;
}

bool MakeRoom(ThreadLog* log, size_t bytes) {
  if (log->cursor + bytes <= log->record_end()) return true;
  StartNextBlock(log);
  return log->cursor + bytes <= log->record_end();
}

}  // namespace omnitrace::recording
