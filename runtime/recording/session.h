// The recording of this process. One at a time; a forked child and omnitrace::reset_workspace()
// begin another one, with an epoch and a file of its own.
#ifndef OMNITRACE_RUNTIME_RECORDING_SESSION_H_
#define OMNITRACE_RUNTIME_RECORDING_SESSION_H_

#include <atomic>
#include <cstdint>
#include <string_view>

#include "runtime/recording/call_counts.h"
#include "runtime/recording/load_map.h"
#include "runtime/recording/metadata_stream.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/section.h"
#include "runtime/recording/text.h"
#include "runtime/recording/thread_log.h"
#include "runtime/recording/thread_logs.h"
#include "runtime/recording/workspace_file.h"

namespace omnitrace::recording {

// Zero when the process starts and, since it lies in wiped memory, when a forked child does.
class Session {
 public:
  enum class State : uint32_t {
    kNone,
    kRecording,
    kStopped,  // no space: nothing but returns of open calls is recorded any more
    kFrozen,   // the same, at the program's wish
    kEnded,    // the process ends, or there could be no file
  };

  // What a call is recorded for.
  enum class Purpose : uint8_t { kOwn, kObservers };

  State state() const { return state_.load(std::memory_order_acquire); }
  uint64_t epoch() const { return epoch_; }
  // Whether the calls are recorded for observers alone, in the live file.
  bool is_observed() const { return observed_; }
  // Whether each thread's last calls are kept, in a ring.
  bool keeps_last() const;
  // Of the recording's clock.
  uint64_t ToTicks(uint64_t nanoseconds) const;
  // Of the present recording; a log knows its own.
  WorkspaceFile* file() { return &files_[present_file_]; }
  Lock* lock() { return &lock_; }

  // These take the lock.
  // A log for this thread in this recording, which is begun if there is none; null when there can
  // be none. `before` is the thread's log of an earlier recording, or null.
  ThreadLog* OpenLog(ThreadLog* before, Purpose purpose);
  bool Register(Site* site);
  // The id of a type that no site leads to; 0 when there is none.
  uint32_t RegisterType(Type* type);
  void SetTitle(const char* title);
  void Flush();
  void Stop();
  // `cause` is what set it off, for readers.
  void Freeze(std::string_view cause);
  // Completes what can be completed, and says what was left out. `own` is this thread's log, which
  // must not be used any more.
  void End(ThreadLog* own);

  // Ends this recording and begins another one.
  void Reset(ThreadLog* own);

  // These are called with the lock held.
  // Begins the recording if it is not yet; false when there can be none. One of the process's own
  // ends one for observers, who find that in it, too.
  bool Start(Purpose purpose = Purpose::kOwn);
  // An object was loaded.
  void NoteLoaded();
  // Tools have changed something.
  void NoteTools() {
    if (observed_) file()->RenewRings();
  }
  ThreadLogs* logs() { return &logs_; }

 private:
  void SetState(State state);
  bool HasFile() const {
    return state() == State::kRecording || state() == State::kStopped || state() == State::kFrozen;
  }
  bool Begin(Message* error);
  bool BeginObserved();
  void Prepare();
  bool Open();
  void Pause();
  void WriteProperties();
  bool IsPaused() const;
  bool Bind(ThreadLog* log);
  void WriteThread(const ThreadLog& log);
  void Finish(ThreadLog* own);

  Lock lock_;
  std::atomic<State> state_;
  bool observed_;
  uint64_t epoch_;  // << 32
  // In turns: threads may be writing to the one before for a moment when another one begins.
  WorkspaceFile files_[2];
  HitPlaces hit_places_[2];  // of the functions in them
  uint32_t present_file_;
  MetadataStream metadata_;
  Registry registry_;
  LoadMap load_map_;
  CallCounts call_counts_;
  ThreadLogs logs_;
  std::atomic<uint64_t> log_pause_;  // none is looked for before this time, in ticks
};

// The epoch while calls are recorded, else one that no log has: one comparison says whether a log
// is of the present recording. Read by all threads, stored with the lock held.
extern std::atomic<uint64_t> present_epoch;
// In present_epoch: of a recording that has come to the end of its space.
inline constexpr uint64_t kStoppedEpoch = 2;

// The process's session, made at its first call; null when there is no memory, or no kernel, for
// it, or when the environment turned recording off (MayRecord()).
Session* GetSession();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_SESSION_H_
