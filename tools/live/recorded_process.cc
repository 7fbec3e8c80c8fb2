#include "tools/live/recorded_process.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/status_macros.h"
#include "tools/live/running_threads.h"

namespace omnitrace::tools {
namespace {

std::string DefaultPath(const LiveProcess& process) {
  absl::StatusOr<LiveHeader> header = process.file->ReadHeader();
  std::string program = header.ok() ? LiveText(header->program) : "";
  std::string name = program.substr(program.rfind('/') + 1);
  return absl::StrCat(name.empty() ? "process" : name, ".", process.pid, ".omni");
}

Wanted AnyOf(const RecordingChoice& choice) {
  if (choice.roots == nullptr) return choice.functions;
  return [functions = choice.functions, roots = choice.roots](absl::string_view name) {
    return functions(name) || roots(name);
  };
}

}  // namespace

absl::StatusOr<RecordedProcess> RecordedProcess::Begin(LiveProcess process, RecordingChoice choice,
                                                       const LiveRules& rules, std::string path) {
  bool is_default = path.empty();
  if (is_default) path = DefaultPath(process);
  Wanted wanted = AnyOf(choice);
  RecordedProcess recorded;
  recorded.recording_ =
      std::make_unique<LiveRecording>(std::move(path), is_default, std::move(choice));
  ASSIGN_OR_RETURN(recorded.process_, ObservedProcess::Attach(std::move(process), wanted, rules));
  return recorded;
}

bool RecordedProcess::Poll() {
  bool lives = process_->End().empty();
  bool any = Drain();
  if (lives && goes_on_) return any;
  Drain();
  goes_on_ = false;
  return any;
}

absl::Status RecordedProcess::End() {
  process_->Detach().IgnoreError();
  AwaitThreads({pid()}, [this] { Drain(); });
  for (int i = 0; i < kLooksAtTheEnd; ++i) Drain();
  status_.Update(recording_->Close(process_->lost()));
  return status_;
}

bool RecordedProcess::Drain() {
  if (!status_.ok()) return false;
  absl::Status taken;
  absl::StatusOr<bool> any =
      process_->Poll([&](const workspace::Event& event, const workspace::Reader& reader) {
        taken = recording_->Take(event, reader);
        return taken.ok();
      });
  status_.Update(taken);
  status_.Update(any.status());
  goes_on_ = goes_on_ && status_.ok();
  return any.value_or(false);
}

}  // namespace omnitrace::tools
