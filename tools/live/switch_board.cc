#include "tools/live/switch_board.h"

#include <sys/file.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "runtime/workspace/description.h"
#include "runtime/workspace/glob.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::tools {
namespace {

// A tool that was stopped may hold it for ever.
constexpr absl::Duration kMostWait = absl::Seconds(10);
constexpr absl::Duration kLook = absl::Milliseconds(5);

absl::Status LockFile(const LiveFile& file) {
  absl::Time until = absl::Now() + kMostWait;
  while (flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
    if (absl::Now() > until) {
      return absl::UnavailableError(absl::StrCat(
          file.path(), ": another omnitrace changes this process and doesn't come to an end"));
    }
    absl::SleepFor(kLook);
  }
  return absl::OkStatus();
}

// The switches of a process, as they were read, and as they shall be.
class SwitchBoard {
 public:
  SwitchBoard(LiveDirectory directory, std::vector<uint8_t> switches)
      : directory_(std::move(directory)), before_(switches), after_(std::move(switches)) {}

  uint64_t Set(absl::string_view globs, bool on) {
    uint64_t matched = 0;
    std::string_view list(globs.data(), globs.size());
    for (const LiveFunction& function : directory_.functions) {
      if (function.place >= after_.size()) continue;
      if (!GlobMatches(list, std::string_view(function.name))) continue;
      ++matched;
      SetBit(function.place, kSwitchOn, on);
    }
    return matched;
  }

  // kSwitchInlined is what can be reached from a function that is on, by who was inlined into whom.
  void Spread() {
    std::vector<std::pair<uint64_t, uint64_t>> pairs = InnerAndOuter();
    std::vector<uint64_t> holders;
    for (uint64_t place = 0; place < after_.size(); ++place) {
      if ((after_[place] & kSwitchOn) != 0) holders.push_back(place);
    }
    std::vector<bool> reached(after_.size());
    while (!holders.empty()) {
      uint64_t inner = holders.back();
      holders.pop_back();
      auto pair = std::lower_bound(pairs.begin(), pairs.end(), std::make_pair(inner, uint64_t{0}));
      for (; pair != pairs.end() && pair->first == inner; ++pair) {
        if (reached[pair->second]) continue;
        reached[pair->second] = true;
        holders.push_back(pair->second);
      }
    }
    for (const auto& [inner, outer] : pairs) SetBit(outer, kSwitchInlined, reached[outer]);
  }

  // New ones first: a function is not to look off meanwhile.
  absl::Status WriteTo(const LiveFile& file) const {
    for (bool on : {true, false}) {
      for (size_t place = 0; place < after_.size(); ++place) {
        bool more = (after_[place] & ~before_[place]) != 0;
        if (after_[place] == before_[place] || more != on) continue;
        RETURN_IF_ERROR(file.WriteSwitch(place, after_[place]));
      }
    }
    return file.AddChange();
  }

 private:
  // Sorted. Who says that places are there isn't trusted.
  std::vector<std::pair<uint64_t, uint64_t>> InnerAndOuter() const {
    std::vector<std::pair<uint64_t, uint64_t>> pairs;
    for (const LiveInlined& each : directory_.inlined) {
      for (uint64_t inner : each.inner) {
        if (std::max(inner, each.outer) < after_.size()) pairs.emplace_back(inner, each.outer);
      }
    }
    std::sort(pairs.begin(), pairs.end());
    return pairs;
  }
  void SetBit(uint64_t place, uint8_t bit, bool on) {
    after_[place] = static_cast<uint8_t>(on ? after_[place] | bit : after_[place] & ~bit);
  }

  const LiveDirectory directory_;
  const std::vector<uint8_t> before_;
  std::vector<uint8_t> after_;
};

absl::StatusOr<uint64_t> SwitchLocked(const LiveFile& file, absl::string_view globs, bool on) {
  ASSIGN_OR_RETURN(LiveDirectory directory, file.ReadDirectory());
  ASSIGN_OR_RETURN(std::vector<uint8_t> switches, file.ReadSwitches());
  SwitchBoard board(std::move(directory), std::move(switches));
  uint64_t matched = board.Set(globs, on);
  board.Spread();
  RETURN_IF_ERROR(board.WriteTo(file));
  return matched;
}

}  // namespace

absl::StatusOr<uint64_t> SwitchFunctions(const LiveProcess& process, absl::string_view globs,
                                         bool on) {
  const LiveFile& file = *process.file;
  RETURN_IF_ERROR(LockFile(file));
  absl::StatusOr<uint64_t> matched = SwitchLocked(file, globs, on);
  flock(file.descriptor(), LOCK_UN);
  return matched;
}

}  // namespace omnitrace::tools
