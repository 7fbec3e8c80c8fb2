#include "tools/live/live_source.h"

namespace omnitrace::tools {

std::string SourceOf(const LiveHeader& header) {
  std::string recording = LiveText(header.recording);
  switch (static_cast<LiveState>(header.state)) {
    case LiveState::kObserved:
      return kLiveSource;
    case LiveState::kRecording:
    case LiveState::kStopped:
    case LiveState::kFrozen:
      return recording;
    // One that has ended may have begun since the last look.
    case LiveState::kEnded:
      return recording.empty() ? kLiveSource : recording;
    case LiveState::kStandby:
      break;
  }
  return "";
}

absl::StatusOr<std::unique_ptr<workspace::ByteSource>> OpenSource(const LiveFile& file,
                                                                  const std::string& source) {
  if (source == kLiveSource) return file.OpenEvents();
  return workspace::OpenGrowingFile(source);
}

}  // namespace omnitrace::tools
