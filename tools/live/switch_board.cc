#include "tools/live/switch_board.h"

#include <sys/file.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "runtime/workspace/description.h"
#include "runtime/workspace/glob.h"
#include "runtime/workspace/status_macros.h"
#include "tools/live/process_facts.h"

namespace omnitrace::tools {
namespace {

// A tool that was stopped may hold it for ever.
constexpr absl::Duration kMostWait = absl::Seconds(10);
constexpr absl::Duration kLook = absl::Milliseconds(5);
constexpr uint8_t kHolds = kSwitchOn | kLiveObserverBits;

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

}  // namespace

bool IsGone(const LiveObserver& observer) {
  return observer.pid != 0 && StartTimeOf(observer.pid) != observer.start_time;
}

absl::StatusOr<std::unique_ptr<SwitchBoard>> SwitchBoard::Open(const LiveFile& file) {
  RETURN_IF_ERROR(LockFile(file));
  absl::StatusOr<LiveHeader> header = file.ReadHeader();
  std::unique_ptr<SwitchBoard> board(new SwitchBoard(file, header.value_or(LiveHeader())));
  RETURN_IF_ERROR(header.status());
  RETURN_IF_ERROR(board->Read());
  RETURN_IF_ERROR(board->ForgetTheGone());
  return board;
}

SwitchBoard::~SwitchBoard() { flock(file_.descriptor(), LOCK_UN); }

absl::Status SwitchBoard::Read() {
  ASSIGN_OR_RETURN(directory_, file_.ReadDirectory());
  ASSIGN_OR_RETURN(before_, file_.ReadSwitches());
  after_ = before_;
  return absl::OkStatus();
}

absl::Status SwitchBoard::ForgetTheGone() {
  for (uint32_t i = 0; i < kLiveObservers; ++i) {
    if (!IsGone(header_.observers[i])) continue;
    Clear(LiveObserverBit(i));
    RETURN_IF_ERROR(LeavePlace(i));
  }
  return absl::OkStatus();
}

uint64_t SwitchBoard::Set(uint8_t bit, bool on,
                          absl::FunctionRef<bool(const LiveFunction&)> wanted) {
  uint64_t matched = 0;
  for (const LiveFunction& function : directory_->functions) {
    if (function.place >= after_.size() || !wanted(function)) continue;
    ++matched;
    SetBit(function.place, bit, on);
  }
  return matched;
}

void SwitchBoard::Clear(uint8_t bits) {
  for (uint8_t& each : after_) each = static_cast<uint8_t>(each & ~bits);
}

absl::StatusOr<uint32_t> SwitchBoard::TakePlace(const LiveObserver& observer,
                                                absl::string_view rules) {
  for (uint32_t i = 0; i < kLiveObservers; ++i) {
    if (header_.observers[i].pid != 0) continue;
    header_.observers[i] = observer;
    // What somebody left there, who had to give it up in a hurry.
    Clear(LiveObserverBit(i));
    RETURN_IF_ERROR(file_.WriteRules(i, observer, rules));
    RETURN_IF_ERROR(file_.WriteObserver(i, observer));
    return i;
  }
  return absl::ResourceExhaustedError(
      absl::StrCat("process ", header_.pid, " is watched by ", kLiveObservers,
                   " others already, which is the most; end one of them"));
}

absl::Status SwitchBoard::LeavePlace(uint32_t place) {
  header_.observers[place] = {};
  return file_.WriteObserver(place, {});
}

bool SwitchBoard::HasObservers() const {
  return std::any_of(std::begin(header_.observers), std::end(header_.observers),
                     [](const LiveObserver& observer) { return observer.pid != 0; });
}

// kSwitchInlined is what can be reached from a function that is on, by who was inlined into whom.
void SwitchBoard::Spread() {
  std::vector<std::pair<uint64_t, uint64_t>> pairs = InnerAndOuter();
  std::vector<uint64_t> holders;
  for (uint64_t place = 0; place < after_.size(); ++place) {
    if ((after_[place] & kHolds) != 0) holders.push_back(place);
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
absl::Status SwitchBoard::Write() {
  Spread();
  RETURN_IF_ERROR(WriteThose([this](size_t place) { return IsMore(place); }));
  RETURN_IF_ERROR(WriteThose([this](size_t place) { return !IsMore(place); }));
  before_ = after_;
  return file_.AddChange();
}

bool SwitchBoard::IsMore(size_t place) const { return (after_[place] & ~before_[place]) != 0; }

// Neighbours at once: ten thousand writes take 10 ms. Those that have not changed are left alone,
// since the process may be changing them.
absl::Status SwitchBoard::WriteThose(absl::FunctionRef<bool(size_t place)> chosen) {
  auto is_written = [&](size_t place) { return after_[place] != before_[place] && chosen(place); };
  for (size_t place = 0; place < after_.size(); ++place) {
    size_t end = place;
    while (end < after_.size() && is_written(end)) ++end;
    if (end == place) continue;
    RETURN_IF_ERROR(file_.WriteSwitches(place, absl::MakeSpan(after_).subspan(place, end - place)));
    place = end;
  }
  return absl::OkStatus();
}

// Sorted. Who says that places are there isn't trusted.
std::vector<std::pair<uint64_t, uint64_t>> SwitchBoard::InnerAndOuter() const {
  std::vector<std::pair<uint64_t, uint64_t>> pairs;
  for (const LiveInlined& each : directory_->inlined) {
    for (uint64_t inner : each.inner) {
      if (std::max(inner, each.outer) < after_.size()) pairs.emplace_back(inner, each.outer);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

void SwitchBoard::SetBit(uint64_t place, uint8_t bit, bool on) {
  after_[place] = static_cast<uint8_t>(on ? after_[place] | bit : after_[place] & ~bit);
}

absl::StatusOr<uint64_t> SwitchFunctions(const LiveProcess& process, absl::string_view globs,
                                         bool on) {
  ASSIGN_OR_RETURN(std::unique_ptr<SwitchBoard> board, SwitchBoard::Open(*process.file));
  std::string_view list(globs.data(), globs.size());
  uint64_t matched = board->Set(kSwitchOn, on, [list](const LiveFunction& function) {
    return GlobMatches(list, std::string_view(function.name));
  });
  RETURN_IF_ERROR(board->Write());
  return matched;
}

}  // namespace omnitrace::tools
