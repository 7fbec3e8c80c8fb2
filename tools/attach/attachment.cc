#include "tools/attach/attachment.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

#include "absl/time/clock.h"
#include "runtime/workspace/status_macros.h"
#include "tools/attach/script.h"
#include "tools/live/look_pause.h"
#include "tools/live/watch.h"
#include "tools/support/end_signals.h"
#include "tools/support/sink.h"

namespace omnitrace::attach {
namespace {

using tools::LiveEvent;

// So that timers, processes that come and the user are looked after in between.
constexpr absl::Duration kTurn = absl::Milliseconds(10);
// Who ends it waits for what was recorded before, but not for long.
constexpr absl::Duration kLastTurn = absl::Milliseconds(30);
// A look at the clock takes as long as an event.
constexpr int kEventsPerLook = 64;

class Session {
 public:
  Session(const Attachment& attachment, std::unique_ptr<Script> script, tools::FileSink* output)
      : attachment_(attachment),
        script_(std::move(script)),
        output_(*output),
        watch_(
            attachment.processes,
            [this](absl::string_view name) { return script_->ListensTo(name); }, attachment.filter,
            [this](const tools::LiveOrigin& origin) { Forget(origin); }, attachment.command) {}

  absl::StatusOr<int> Run() {
    patterns_ = script_->patterns().size();
    if (script_->alive() && !script_->exiting()) {
      RETURN_IF_ERROR(watch_.Start());
      Loop();
      turn_ends_ = absl::Now() + kLastTurn;
      watch_.Stop([this](const LiveEvent& event) { return Take(event); });
    }
    script_->Cleanup();
    output_.Flush();
    int status = script_->exit_status();
    return status == 0 && script_->errors() > 0 ? 1 : status;
  }

 private:
  void Loop() {
    absl::Time end = absl::Now() + attachment_.most;
    tools::LookPause pause;
    while (!IsOver() && absl::Now() < end) {
      turn_ends_ = absl::Now() + kTurn;
      bool more = false;
      bool any = watch_.Poll([&](const LiveEvent& event) {
        more = !Take(event) || tools::EndSignals::Came();
        return !more;
      });
      Flush();
      script_->RunTimers();
      output_.Flush();
      if (script_->patterns().size() != patterns_) WantMore();
      absl::Time until = std::min({end, script_->NextTimer(), absl::Now() + pause.After(any)});
      if (!more) tools::EndSignals::WaitUntil(until);
    }
  }

  bool IsOver() const {
    return tools::EndSignals::Came() || output_.closed() || script_->exiting() ||
           !script_->alive() || watch_.IsOver();
  }

  // False when it is the others' turn.
  bool Take(const LiveEvent& event) {
    script_->Add(event);
    bool looks = ++taken_ % kEventsPerLook == 0;
    return !script_->exiting() && (!looks || absl::Now() < turn_ends_);
  }

  void Flush() {
    script_->Flush();
    watch_.CountLost(script_->TakeDropped());
  }

  void Forget(const tools::LiveOrigin& origin) {
    Flush();
    script_->Forget(origin);
  }

  void WantMore() {
    patterns_ = script_->patterns().size();
    watch_.WantMore();
  }

  const Attachment& attachment_;
  const std::unique_ptr<Script> script_;
  tools::FileSink& output_;
  tools::Watch watch_;
  size_t patterns_ = 0;
  uint64_t taken_ = 0;
  absl::Time turn_ends_;
};

}  // namespace

absl::StatusOr<Attachment> AttachmentOf(absl::string_view command, const tools::CommandLine& line) {
  Attachment attachment;
  attachment.command = command;
  ASSIGN_OR_RETURN(attachment.processes, tools::ChoiceOf(line));
  ASSIGN_OR_RETURN(attachment.filter, tools::FilterOf(line));
  if (line.Has("for")) attachment.most = absl::Nanoseconds(line.Time("for", 0));
  return attachment;
}

absl::StatusOr<int> Run(const Attachment& attachment) {
  tools::FileSink output(STDOUT_FILENO, "standard output");
  tools::FileSink errors(STDERR_FILENO, "standard error");
  ScriptOptions options;
  options.path = attachment.path;
  options.arguments = attachment.arguments;
  options.output = &output;
  options.errors = &errors;
  options.output_descriptor = STDOUT_FILENO;
  tools::EndSignals signals(&Script::Interrupt);
  ASSIGN_OR_RETURN(std::unique_ptr<Script> script, Script::Load(options));
  Session session(attachment, std::move(script), &output);
  return session.Run();
}

}  // namespace omnitrace::attach
