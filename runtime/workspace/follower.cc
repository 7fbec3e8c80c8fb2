#include "runtime/workspace/follower.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/block_tail.h"
#include "runtime/workspace/byte_parser.h"
#include "runtime/workspace/file_header.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/reader_state.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {

// The metadata, as it grows.
class Follower::Descriptions {
 public:
  // Of half a million functions; they take ten times as much memory. A file may say that it is of
  // any size.
  static constexpr uint64_t kMostDescriptions = 64 << 20;

  explicit Descriptions(Reader::State* file) : file_(*file), tail(*file->source) {}

  void Refresh() {
    bool any = false;
    tail.EndLook();
    // Descriptions are never overwritten: more of them than there is room for have no end.
    uint64_t most = std::min(file_.source->size(), kMostDescriptions);
    while (taken_ <= most) {
      BlockTail::Step step = tail.Advance();
      if (step == BlockTail::Step::kNothing) break;
      if (step == BlockTail::Step::kNewBlock) position_ = 0;
      any |= TakeRecords();
    }
    if (!any) return;
    file_.metadata.BuildIndex();
    file_.layouts = RecordLayouts(file_.metadata);
    file_.Describe();
  }

 private:
  bool TakeRecords() {
    ByteParser in(tail.payload().substr(position_));
    size_t first = position_;
    while (!in.AtEnd()) {
      uint64_t kind = in.Varint();
      absl::string_view bytes = in.Text();
      if (!in.ok()) break;
      file_.metadata.AddRecord(kind, bytes);
      position_ = first + in.position();
    }
    taken_ += position_ - first;
    return position_ != first;
  }

  Reader::State& file_;
  size_t position_ = 0;
  uint64_t taken_ = 0;  // bytes

 public:
  BlockTail tail;
};

class Follower::Thread {
 public:
  Thread(const Reader::State& file, uint32_t index)
      : tail(*file.source), parser_(file.metadata, file.layouts, file.scale) {
    event.thread = index;
  }

  // Finds the next event; false when there is none yet.
  bool Next() {
    while (true) {
      if (is_open_ && parser_.Next(&event)) {
        event.time = previous_time_ = std::max(previous_time_, event.time);
        return true;
      }
      if (is_open_ && !parser_.error().empty()) {
        is_open_ = false;
        ++damaged;
      }
      if (!Load()) return false;
    }
  }
  // What is there by now isn't wanted.
  void SkipAll() {
    tail.SkipToLast();
    while (Next()) {
    }
    lost = damaged = 0;
  }

  void SkipToLast() {
    if (tail.SkipToLast()) is_open_ = false;
  }

  Event event = {};
  uint64_t lost = 0, damaged = 0;
  bool is_queued = false;

 private:
  bool Load() {
    switch (tail.Advance()) {
      case BlockTail::Step::kNothing:
        // Threads that have ended are many.
        is_open_ = is_open_ && !tail.Release();
        return false;
      case BlockTail::Step::kMore:
        if (is_open_) parser_.Extend(tail.payload());
        return true;
      case BlockTail::Step::kNewBlock:
        break;
    }
    uint64_t seen = first_call_ + (started_ ? parser_.calls() : 0);
    first_call_ = tail.header().first_call;
    if (first_call_ > seen) lost += first_call_ - seen;
    parser_.Start(tail.header(), tail.payload(), tail.offset() + sizeof(BlockHeader));
    is_open_ = started_ = true;
    return true;
  }

 public:
  BlockTail tail;

 private:
  BlockParser parser_;
  bool is_open_ = false;  // a block whose records have been good so far
  bool started_ = false;
  uint64_t first_call_ = 0;  // of the present block
  uint64_t previous_time_ = 0;
};

Follower::Follower() = default;
Follower::~Follower() = default;

absl::StatusOr<std::unique_ptr<Follower>> Follower::Open(std::unique_ptr<ByteSource> source,
                                                         From from) {
  std::unique_ptr<Follower> follower(new Follower);
  follower->reader_.reset(new Reader);
  Reader::State* file = follower->reader_->state_.get();
  file->source = std::move(source);
  ASSIGN_OR_RETURN(file->header, ReadFileHeader(*file->source));
  follower->descriptions_ = std::make_unique<Descriptions>(file);
  RETURN_IF_ERROR(follower->Refresh());
  if (from == From::kBeginning) return follower;
  follower->queue_ = {};
  for (auto& [index, thread] : follower->threads_) {
    thread->is_queued = false;
    thread->SkipAll();
  }
  return follower;
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
  descriptions_->Refresh();
  for (auto thread = threads_.begin(); thread != threads_.end();) {
    Thread* each = thread->second.get();
    each->tail.EndLook();
    if (!each->is_queued && each != present_) Queue(each);
    // A thread that has ended, and whose slots others have by now.
    if (each->is_queued || each == present_ || !each->tail.empty()) {
      ++thread;
      continue;
    }
    lost_by_gone_ += each->lost;
    damaged_by_gone_ += each->damaged;
    thread = threads_.erase(thread);
  }
  return absl::OkStatus();
}

void Follower::See(uint32_t slot, const BlockHeader& before, const BlockHeader& now) {
  auto tail = [this](const BlockHeader& header) {
    return header.thread == 0 ? &descriptions_->tail : &ThreadOf(header.thread)->tail;
  };
  bool other = before.thread != now.thread || before.sequence != now.sequence;
  if (before.magic != 0 && (now.magic == 0 || other)) tail(before)->Forget(slot, before.sequence);
  if (now.magic != 0) tail(now)->See(slot, now);
}

Follower::Thread* Follower::ThreadOf(uint32_t index) {
  std::unique_ptr<Thread>& thread = threads_[index];
  if (thread == nullptr) thread = std::make_unique<Thread>(*reader_->state_, index);
  return thread.get();
}

void Follower::Queue(Thread* thread) {
  thread->is_queued = thread->Next();
  if (thread->is_queued) queue_.emplace(thread->event.time, thread);
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

const Event& Follower::event() const { return present_->event; }

uint64_t Follower::lost() const {
  uint64_t sum = lost_by_gone_;
  for (const auto& [index, thread] : threads_) sum += thread->lost;
  return sum;
}

uint64_t Follower::damaged() const {
  uint64_t sum = damaged_by_gone_;
  for (const auto& [index, thread] : threads_) sum += thread->damaged;
  return sum;
}

bool Follower::has_ended() const { return reader_->state_->header.end != EndState::kRunning; }

}  // namespace omnitrace::workspace
