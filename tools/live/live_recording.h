// The workspace that a tool makes of the calls that a live process records meanwhile.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_RECORDING_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_RECORDING_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/writer.h"
#include "tools/live/live_condition.h"
#include "tools/live/observer.h"

namespace omnitrace::tools {

// Which calls it has, of those that are for this tool.
struct RecordingChoice {
  Wanted functions;
  // Empty: all calls that the condition holds for. Else these of them, and what they call: the
  // process has rules that say so.
  Wanted roots;
  LiveCondition condition;  // not about calls' ends
};

class LiveRecording {
 public:
  // The file is made when the first call comes. `finds_name`: a name that is taken gets a
  // number behind it; else that is an error.
  LiveRecording(std::string path, bool finds_name, RecordingChoice choice)
      : wished_path_(std::move(path)), finds_name_(finds_name), choice_(std::move(choice)) {}

  // In order of each thread; times count from when this was made. Another reader is another
  // recording of the process, which gets a file of its own, as ids are others there. Errors: the
  // file can't be made or written.
  absl::Status Take(const workspace::Event& event, const workspace::Reader& reader);
  // Completes the file. `lost` are calls that the process has recorded, and nobody has read.
  absl::Status Close(uint64_t lost);

  uint64_t calls() const { return calls_; }
  const std::vector<std::string>& paths() const { return paths_; }  // made so far

 private:
  static constexpr size_t kManyThreads = 4096;

  void ForgetIdle();
  absl::Status Begin(const workspace::Reader& reader);
  absl::StatusOr<std::unique_ptr<workspace::Writer>> Create(const workspace::Reader& reader);
  absl::Status Describe(const workspace::Reader& reader);
  absl::Status Enter(const workspace::Event& event, const workspace::Function& function);
  bool IsWanted(const workspace::Event& event, const workspace::Function& function,
                bool inside) const;
  bool Holds(const workspace::Event& event, const workspace::Function& function) const;
  absl::Status Unwind(uint32_t depth, workspace::Event event);
  absl::Status Write(workspace::Event event);

  const std::string wished_path_;
  const bool finds_name_;
  const RecordingChoice choice_;
  const uint64_t made_ = static_cast<uint64_t>(absl::GetCurrentTimeNanos());
  std::vector<std::string> paths_;
  std::unique_ptr<workspace::Writer> writer_;
  const workspace::Reader* reader_ = nullptr;
  uint64_t start_ = 0;      // of the file, in the process's recording
  uint64_t described_ = 0;  // Reader::descriptions() that are in the file
  // Depths of the open calls that are in the file, by thread. How deep a call lies the process
  // says, so what is remembered of it must not be more than the file has.
  std::map<uint32_t, std::vector<uint32_t>> written_;
  size_t many_threads_ = kManyThreads;
  uint64_t calls_ = 0;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_RECORDING_H_
