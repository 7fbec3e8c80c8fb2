#include "tools/live/observed_process.h"

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "runtime/workspace/status_macros.h"
#include "tools/live/live_source.h"
#include "tools/live/process_facts.h"

namespace omnitrace::tools {
namespace {

using workspace::ByteSource;
using workspace::Follower;

// A process records to another source: threads that are in a call write to the one before still,
// and one that has to wait for a processor comes late. Calls that come later than that can't be
// told any more, in their order, but are counted for so long.
constexpr absl::Duration kQuiet = absl::Milliseconds(100);
constexpr int kQuietLooks = 2;
constexpr absl::Duration kLate = absl::Seconds(10);
constexpr absl::Duration kLateLook = absl::Milliseconds(100);

std::string HostName() {
  char name[256] = {};
  gethostname(name, sizeof(name) - 1);
  return name;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ObservedProcess>> ObservedProcess::Attach(LiveProcess process,
                                                                         Wanted wanted,
                                                                         const LiveRules& rules) {
  std::unique_ptr<ObservedProcess> observed(
      new ObservedProcess(std::move(process), std::move(wanted)));
  const LiveFile& file = observed->file();
  ASSIGN_OR_RETURN(LiveHeader header, file.ReadHeader());
  observed->shortages_before_ = header.shortages;
  LiveOrigin* origin = &observed->origin_;
  origin->pid = observed->process_.pid;
  origin->hostname = HostName();
  origin->title = TitleOf(observed->process_, header);
  // Behind what is there already, before there can be more of it.
  RETURN_IF_ERROR(observed->Follow(header, Follower::From::kNow));
  ASSIGN_OR_RETURN(observed->observer_, Observer::Attach(file, rules));
  observed->foreign_.emplace(observed->observer_->place(), MustBeJudged(rules));
  RETURN_IF_ERROR(observed->TurnOn());
  return observed;
}

absl::Status ObservedProcess::Detach() {
  detached_ = true;
  return observer_->Detach();
}

absl::Status ObservedProcess::TurnOn() {
  ASSIGN_OR_RETURN(LiveHeader header, file().ReadHeader());
  directory_bytes_ = header.directory_bytes;
  ASSIGN_OR_RETURN(functions_, observer_->TurnOn(wanted_));
  return absl::OkStatus();
}

// Opens what the process records to by now, if that is another source than before.
absl::Status ObservedProcess::Follow(const LiveHeader& header, Follower::From from) {
  std::string source = SourceOf(header);
  if (source.empty() || source == source_) return absl::OkStatus();
  Release();
  absl::StatusOr<std::unique_ptr<ByteSource>> bytes = OpenSource(file(), source);
  if (!bytes.ok()) return bytes.status();
  absl::StatusOr<std::unique_ptr<Follower>> follower = Follower::Open(*std::move(bytes), from);
  // It is being begun at this moment, if not: the next time there is more.
  if (!follower.ok()) return absl::OkStatus();
  follower_ = *std::move(follower);
  source_ = std::move(source);
  origin_.start_unix_ns = follower_->reader().info().start_unix_ns;
  return absl::OkStatus();
}

void ObservedProcess::Release() {
  if (follower_ == nullptr) return;
  CountLate();
  former_lost_ = follower_->lost();
  lost_before_ += former_lost_;
  former_ = std::move(follower_);
  follower_ = nullptr;
  late_look_ = absl::Now() + kLateLook;
  late_until_ = absl::Now() + kLate;
  if (foreign_.has_value()) foreign_->Forget();
  source_.clear();
}

absl::StatusOr<bool> ObservedProcess::Poll(Use use) {
  ASSIGN_OR_RETURN(LiveHeader header, file().ReadHeader());
  lacks_memory_ |= header.shortages != shortages_before_;
  // One that has ended has no name any more.
  if (std::string title = TitleOf(process_, header); !title.empty()) {
    origin_.title = std::move(title);
  }
  if (header.directory_bytes != directory_bytes_) RETURN_IF_ERROR(TurnOn());
  ASSIGN_OR_RETURN(bool any, Drain(use));
  LookForLate();
  std::string source = SourceOf(header);
  bool moves = !source.empty() && source != source_;
  quiet_looks_ = moves && !any ? quiet_looks_ + 1 : 0;
  if (quiet_looks_ == 0) quiet_since_ = absl::Now();
  // First what is left of the source before.
  if (!moves || (follower_ != nullptr && !IsQuiet())) return any;
  RETURN_IF_ERROR(Follow(header, Follower::From::kBeginning));
  return Drain(use);
}

bool ObservedProcess::IsQuiet() const {
  if (quiet_looks_ < kQuietLooks) return false;
  return detached_ || absl::Now() - quiet_since_ >= kQuiet || !End().empty();
}

void ObservedProcess::LookForLate() {
  absl::Time now = absl::Now();
  if (former_ == nullptr || (!detached_ && now < late_look_ && End().empty())) return;
  late_look_ = now + kLateLook;
  CountLate();
  if (now > late_until_) former_ = nullptr;
}

void ObservedProcess::CountLate() {
  if (former_ == nullptr || !former_->Refresh().ok()) return;
  while (former_->Next()) {
    const workspace::Event& event = former_->event();
    if (event.kind == workspace::Event::Kind::kEnter && foreign_->IsFor(event)) ++lost_before_;
  }
  lost_before_ += former_->lost() - former_lost_;
  former_lost_ = former_->lost();
}

absl::StatusOr<bool> ObservedProcess::Drain(Use use) {
  if (follower_ == nullptr) return false;
  absl::Status status = follower_->Refresh();
  if (absl::IsFailedPrecondition(status)) Release();
  if (follower_ == nullptr) return false;
  RETURN_IF_ERROR(status);
  if (hurries_) follower_->SkipToLast();
  bool any = false;
  bool more = true;
  while (more && follower_->Next()) {
    any = true;
    if (foreign_->Has(follower_->event())) continue;
    if (given_ != follower_) given_ = follower_;
    more = use(follower_->event(), follower_->reader());
  }
  return any;
}

absl::string_view ObservedProcess::End() const {
  absl::StatusOr<LiveHeader> header = file().ReadHeader();
  bool lives = header.ok() && StartTimeOf(process_.pid) == header->start_time;
  if (!lives) return "has ended";
  // exec keeps id and start, and the file's name is taken away by who finds it first.
  struct stat status = {};
  bool removed = fstat(file().descriptor(), &status) == 0 && status.st_nlink == 0;
  if (!removed || HasMapped(process_.pid, status, file().path()).value_or(true)) return "";
  return "has become another program";
}

bool ObservedProcess::IsOf(const LiveProcess& process) const {
  struct stat mine, other;
  return process.pid == process_.pid && fstat(file().descriptor(), &mine) == 0 &&
         fstat(process.file->descriptor(), &other) == 0 && mine.st_ino == other.st_ino &&
         mine.st_dev == other.st_dev;
}

std::string ObservedProcess::TakeShortage() {
  if (!lacks_memory_ || std::exchange(told_shortage_, true)) return "";
  return absl::StrCat("process ", origin_.pid, " (", origin_.title,
                      ") has no room for all of its events in ", file().path(),
                      ", and leaves calls out: free some space there");
}

uint64_t ObservedProcess::lost() const {
  return lost_before_ + (follower_ == nullptr ? 0 : follower_->lost());
}

}  // namespace omnitrace::tools
