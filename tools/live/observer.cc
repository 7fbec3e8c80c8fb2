#include "tools/live/observer.h"

#include <unistd.h>

#include <string>

#include "runtime/workspace/status_macros.h"
#include "tools/live/process_facts.h"
#include "tools/live/switch_board.h"

namespace omnitrace::tools {

absl::StatusOr<std::unique_ptr<Observer>> Observer::Attach(const LiveFile& file,
                                                           const LiveRules& rules) {
  ASSIGN_OR_RETURN(std::string encoded, EncodeRules(rules));
  auto self = static_cast<uint64_t>(getpid());
  ASSIGN_OR_RETURN(std::unique_ptr<SwitchBoard> board, SwitchBoard::Open(file));
  ASSIGN_OR_RETURN(uint32_t place,
                   board->TakePlace({self, StartTimeOf(self).value_or(0)}, encoded));
  RETURN_IF_ERROR(board->Write());
  return std::unique_ptr<Observer>(new Observer(file, place));
}

Observer::~Observer() {
  Detach().IgnoreError();
  Release().IgnoreError();
}

// The process looks at what it has of the disk when it sees that something has changed: so that
// comes last.
absl::Status Observer::Release() {
  ASSIGN_OR_RETURN(std::unique_ptr<SwitchBoard> board, SwitchBoard::Open(file_));
  if (board->HasObservers()) return absl::OkStatus();
  file_.ReleaseEvents();
  return file_.AddChange();
}

absl::StatusOr<uint64_t> Observer::TurnOn(const Wanted& wanted) {
  if (!attached_) return 0;
  ASSIGN_OR_RETURN(std::unique_ptr<SwitchBoard> board, SwitchBoard::Open(file_));
  uint64_t matched = board->Set(
      bit(), true, [&wanted](const LiveFunction& function) { return wanted(function.name); });
  RETURN_IF_ERROR(board->Write());
  return matched;
}

absl::Status Observer::Detach() {
  if (!attached_) return absl::OkStatus();
  attached_ = false;
  ASSIGN_OR_RETURN(std::unique_ptr<SwitchBoard> board, SwitchBoard::Open(file_));
  board->Clear(bit());
  RETURN_IF_ERROR(board->Write());
  return board->LeavePlace(place_);
}

}  // namespace omnitrace::tools
