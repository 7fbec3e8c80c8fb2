// Turns functions on and off in a live process.
#ifndef OMNITRACE_TOOLS_LIVE_SWITCH_BOARD_H_
#define OMNITRACE_TOOLS_LIVE_SWITCH_BOARD_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/live/live_file.h"
#include "tools/live/live_process.h"

namespace omnitrace::tools {

// The switches of a process, which no other tool changes while this lives.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<SwitchBoard> board, SwitchBoard::Open(file));
//   board->Set(kSwitchOn, true, [](const LiveFunction& function) { ... });
//   RETURN_IF_ERROR(board->Write());
class SwitchBoard {
 public:
  // Waits for another tool, but not for one that has stopped. What observers that are gone have
  // left is cleared; `file` must outlive the board.
  static absl::StatusOr<std::unique_ptr<SwitchBoard>> Open(const LiveFile& file);
  ~SwitchBoard();
  SwitchBoard(const SwitchBoard&) = delete;
  SwitchBoard& operator=(const SwitchBoard&) = delete;

  // Sets or clears a bit of those functions that are wanted. How many there are.
  uint64_t Set(uint8_t bit, bool on, absl::FunctionRef<bool(const LiveFunction&)> wanted);
  // Of all switches.
  void Clear(uint8_t bits);
  // Takes the first free place among the observers, with these rules (EncodeRules()); an error when
  // there is none.
  absl::StatusOr<uint32_t> TakePlace(const LiveObserver& observer, absl::string_view rules);
  absl::Status LeavePlace(uint32_t place);
  bool HasObservers() const;
  // Writes what has changed; the functions that changed ones were inlined into follow
  // (description.h).
  absl::Status Write();

 private:
  SwitchBoard(const LiveFile& file, LiveHeader header) : file_(file), header_(header) {}
  absl::Status Read();
  absl::Status ForgetTheGone();
  void Spread();
  std::vector<std::pair<uint64_t, uint64_t>> InnerAndOuter() const;
  bool IsMore(size_t place) const;
  absl::Status WriteThose(absl::FunctionRef<bool(size_t place)> chosen);
  void SetBit(uint64_t place, uint8_t bit, bool on);

  const LiveFile& file_;
  LiveHeader header_;
  std::shared_ptr<const LiveDirectory> directory_;
  std::vector<uint8_t> before_, after_;
};

// How many functions the globs match. As omnitrace::trace() and untrace() do it in the process
// itself.
absl::StatusOr<uint64_t> SwitchFunctions(const LiveProcess& process, absl::string_view globs,
                                         bool on);

// Whether an observer is there no more. Nobody is not gone.
bool IsGone(const LiveObserver& observer);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_SWITCH_BOARD_H_
