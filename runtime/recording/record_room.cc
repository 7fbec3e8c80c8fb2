#include "runtime/recording/record_room.h"

#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/session.h"

namespace omnitrace::recording {

bool StartNextBlock(ThreadLog* log) {
  Session* session = GetSession();
  if (session->state() != Session::State::kRecording) {
    log->stopped = true;
    return false;
  }
  FollowTools();
  if (log->StartNextBlock(session->file(), GetOptions().limits.keep_last)) return true;
  session->Stop();
  return false;
}

bool MakeRoom(ThreadLog* log, size_t bytes) {
  if (log->cursor + bytes <= log->record_end()) return true;
  StartNextBlock(log);
  return log->cursor + bytes <= log->record_end();
}

}  // namespace omnitrace::recording
