// A live process whose calls go to workspaces, until it is let go.
#ifndef OMNITRACE_TOOLS_LIVE_RECORDED_PROCESS_H_
#define OMNITRACE_TOOLS_LIVE_RECORDED_PROCESS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "tools/live/live_process.h"
#include "tools/live/live_recording.h"
#include "tools/live/live_rules.h"
#include "tools/live/observed_process.h"

namespace omnitrace::tools {

class RecordedProcess {
 public:
  // Turns on what is chosen; `rules` are what the process itself leaves out. Without a path,
  // PROGRAM.PID.omni or one with a number behind that. Errors: as ObservedProcess::Attach().
  static absl::StatusOr<RecordedProcess> Begin(LiveProcess process, RecordingChoice choice,
                                               const LiveRules& rules, std::string path);

  uint64_t pid() const { return process_->origin().pid; }
  uint64_t functions() const { return process_->functions(); }  // that are on, and probes
  uint64_t calls() const { return recording_->calls(); }
  // False when it has ended, or something went wrong.
  bool goes_on() const { return goes_on_; }
  uint64_t lost() const { return process_->lost(); }  // calls that came too fast to be read
  const std::vector<std::string>& paths() const { return recording_->paths(); }
  std::string TakeShortage() { return process_->TakeShortage(); }

  // Writes what has come since the last time; false when that is nothing.
  bool Poll();
  // Lets it go, and writes the rest. What went wrong, if anything did, also before.
  absl::Status End();

 private:
  bool Drain();

  std::unique_ptr<ObservedProcess> process_;
  std::unique_ptr<LiveRecording> recording_;
  absl::Status status_;
  bool goes_on_ = true;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_RECORDED_PROCESS_H_
