#include "runtime/workspace/follower.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/block_tail.h"
#include "runtime/workspace/file_header.h"
#include "runtime/workspace/followed_metadata.h"
#include "runtime/workspace/followed_thread.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/reader_state.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {
namespace {

// There are no more at a time than slots but for a moment; a writer that lies has any number.
constexpr size_t kMostThreads = 16 * 1024;

// Whose first block says nothing then was killed while it began it, or lies.
constexpr int kMostLooks = 16;

}  // namespace

Follower::Follower() = default;
Follower::~Follower() = default;

absl::StatusOr<std::unique_ptr<Follower>> Follower::Open(std::unique_ptr<ByteSource> source,
                                                         From from) {
  std::unique_ptr<Follower> follower(new Follower);
  follower->reader_.reset(new Reader);
  Reader::State* file = follower->reader_->state_.get();
  file->source = std::move(source);
  ASSIGN_OR_RETURN(file->header, ReadFileHeader(*file->source));
  follower->metadata_ = std::make_unique<FollowedMetadata>(*file->source, &file->metadata);
  RETURN_IF_ERROR(follower->Refresh());
  if (from == From::kNow) follower->SkipAll();
  return follower;
}

void Follower::SkipAll() {
  queue_ = {};
  for (auto& [index, thread] : threads_) {
    thread->is_queued = thread->is_new = false;
    thread->SkipAll();
    const BlockThread& says = thread->says();
    if (IsWindow(says.window)) {
      windows_.Skip(static_cast<uint32_t>(says.window), says.earlier_calls + thread->calls());
    }
  }
  windows_.SkipAll(reader_->state_->header.slots);
}

absl::Status Follower::Refresh() {
  Reader::State& file = *reader_->state_;
  ASSIGN_OR_RETURN(FileHeader header, ReadFileHeader(*file.source));
  if (header.checksum != file.header.checksum) {
    return absl::FailedPreconditionError(
        absl::StrCat(file.source->name(), ": another recording has begun"));
  }
  file.header = header;
  file.scale = TimeScale(header);
  auto see = [this](uint32_t slot, const BlockHeader& before, const BlockHeader& now) {
    See(slot, before, now);
  };
  // Until the first metadata has been read, it isn't known.
  bool overwrites = file.metadata.Property("version").empty() || file.KeepsLast();
  slots_.Refresh(*file.source, header.slots, overwrites, see);
  // Behind the calls: whatever those that have been seen are of has been described by now.
  ASSIGN_OR_RETURN(header, ReadFileHeader(*file.source));
  slots_.RefreshMetadata(*file.source, header.slots, see);
  if (metadata_->Refresh()) Describe();
  for (auto& [index, thread] : threads_) {
    thread->tail().EndLook();
    if (!IsReady(*thread)) Queue(thread.get());
  }
  Settle();
  if (DescribeThreads() + RemoveGone() > 0) file.Describe();
  return absl::OkStatus();
}

void Follower::Describe() {
  Reader::State& file = *reader_->state_;
  file.metadata.BuildIndex();
  file.layouts = RecordLayouts(file.metadata);
  file.Describe();
}

bool Follower::IsWindow(uint64_t slot) const {
  const Reader::State& file = *reader_->state_;
  return slot != 0 && slot < file.header.slots && slot < file.source->size() / kBlockSize;
}

// In a file that is overwritten, the next thread of the window tells of all calls of one that
// hasn't said which it has.
uint64_t Follower::LostOf(const FollowedThread& thread) const {
  bool counts = thread.says().window != 0 || !reader_->state_->KeepsLast();
  return counts ? thread.lost() : 0;
}

bool Follower::IsReady(const FollowedThread& thread) const {
  return thread.is_queued || &thread == present_;
}

// Indices grow from thread to thread. Whose window one has that couldn't be read yet, nobody knows:
// then those behind it wait.
void Follower::Settle() {
  windows_.StartLook();
  bool waits = false;
  for (auto& [index, thread] : threads_) {
    const BlockThread& says = thread->says();
    bool is_new = std::exchange(thread->is_new, false) || waits;
    if (!IsWindow(says.window)) {
      waits |= thread->looks++ < kMostLooks;
      continue;
    }
    bool is_read = !IsReady(*thread) && !thread->tail().waits();
    thread->is_settled = windows_.Add(
        {static_cast<uint32_t>(says.window), says.earlier_calls, thread->calls(), is_new, is_read});
  }
}

// How many there were to be described.
size_t Follower::DescribeThreads() {
  size_t count = 0;
  for (auto& [index, thread] : threads_) {
    const BlockThread& says = thread->says();
    if (thread->is_described || says.window == 0) continue;
    thread->is_described = true;
    reader_->state_->metadata.AddThread({index, says.tid, says.name, says.start_ticks});
    ++count;
  }
  return count;
}

// Threads that have ended, and whose slots others have by now. One that has just ended may have had
// its last block moved to a slot that had been looked at already.
size_t Follower::RemoveGone() {
  size_t count = 0;
  bool too_many = threads_.size() > kMostThreads;
  for (auto place = threads_.begin(); place != threads_.end();) {
    FollowedThread& thread = *place->second;
    bool is_settled = thread.is_settled || too_many;
    bool is_empty = is_settled && !IsReady(thread) && thread.tail().empty();
    bool was_empty = std::exchange(thread.was_empty, is_empty);
    if (!is_empty || !was_empty) {
      ++place;
      continue;
    }
    lost_by_gone_ = AddBounded(lost_by_gone_, LostOf(thread));
    damaged_by_gone_ += thread.damaged();
    reader_->state_->metadata.ForgetThread(place->first);
    place = threads_.erase(place);
    ++count;
  }
  return count;
}

void Follower::See(uint32_t slot, const BlockHeader& before, const BlockHeader& now) {
  auto tail = [this](const BlockHeader& header) {
    return header.thread == 0 ? &metadata_->tail() : &ThreadOf(header.thread)->tail();
  };
  bool other = before.thread != now.thread || before.sequence != now.sequence;
  if (before.magic != 0 && (now.magic == 0 || other)) tail(before)->Forget(slot, before.sequence);
  if (now.magic != 0) tail(now)->See(slot, now);
}

FollowedThread* Follower::ThreadOf(uint32_t index) {
  std::unique_ptr<FollowedThread>& thread = threads_[index];
  const Reader::State& file = *reader_->state_;
  if (thread == nullptr) {
    thread = std::make_unique<FollowedThread>(*file.source, file.metadata, file.layouts, file.scale,
                                              index);
  }
  return thread.get();
}

void Follower::Queue(FollowedThread* thread) {
  thread->is_queued = thread->Next();
  if (thread->is_queued) queue_.emplace(thread->event().time, thread);
}

bool Follower::Next() {
  if (present_ != nullptr) Queue(present_);
  present_ = nullptr;
  if (queue_.empty()) return false;
  present_ = queue_.top().second;
  present_->is_queued = false;
  queue_.pop();
  return true;
}

void Follower::SkipToLast() {
  for (auto& [index, thread] : threads_) thread->SkipToLast();
}

const Event& Follower::event() const { return present_->event(); }

uint64_t Follower::lost() const {
  uint64_t sum = AddBounded(lost_by_gone_, windows_.lost());
  for (const auto& [index, thread] : threads_) sum = AddBounded(sum, LostOf(*thread));
  return told_lost_ = std::max(told_lost_, sum);
}

uint64_t Follower::damaged() const {
  uint64_t sum = damaged_by_gone_;
  for (const auto& [index, thread] : threads_) sum += thread->damaged();
  return sum;
}

bool Follower::has_ended() const { return reader_->state_->header.end != EndState::kRunning; }

}  // namespace omnitrace::workspace
