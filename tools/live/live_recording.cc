#include "tools/live/live_recording.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::tools {

using workspace::Event;
using workspace::Function;
using workspace::Reader;
using workspace::Writer;

absl::Status LiveRecording::Take(const Event& event, const Reader& reader) {
  if (&reader != reader_) RETURN_IF_ERROR(Begin(reader));
  if (written_.size() > many_threads_) ForgetIdle();
  std::vector<uint32_t>& written = written_[event.thread];
  if (event.kind == Event::Kind::kEnter) {
    RETURN_IF_ERROR(Unwind(event.depth, event));
    return Enter(event, reader.function(event.function));
  }
  if (event.kind == Event::Kind::kUnwound) return Unwind(event.depth, event);
  if (event.kind == Event::Kind::kDropped) return absl::OkStatus();
  // Its callees have vanished, if there are any.
  RETURN_IF_ERROR(Unwind(event.depth + 1, event));
  bool known = !written.empty() && written.back() == event.depth;
  if (!known) return absl::OkStatus();
  RETURN_IF_ERROR(Write(event));
  if (event.kind != Event::Kind::kChanged) written.pop_back();
  return absl::OkStatus();
}

// Threads come and go; one without an open call has nothing to remember.
void LiveRecording::ForgetIdle() {
  for (auto thread = written_.begin(); thread != written_.end();)
    thread = thread->second.empty() ? written_.erase(thread) : std::next(thread);
  many_threads_ = std::max(kManyThreads, 2 * written_.size());
}

absl::Status LiveRecording::Begin(const Reader& reader) {
  if (writer_ != nullptr) RETURN_IF_ERROR(Close(0));
  written_.clear();
  reader_ = &reader;
  uint64_t began = reader.info().start_unix_ns;
  start_ = made_ > began ? made_ - began : 0;
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Writer>> LiveRecording::Create(const Reader& reader) {
  constexpr int kMostNames = 10'000;
  for (int suffix = 0;; ++suffix) {
    std::string path = suffix == 0 ? wished_path_ : absl::StrCat(wished_path_, ".", suffix);
    absl::StatusOr<std::unique_ptr<Writer>> writer = Writer::Create(path, reader, start_);
    bool taken = absl::IsAlreadyExists(writer.status());
    bool may_have_other = finds_name_ || !paths_.empty();
    if (taken && may_have_other && suffix < kMostNames) continue;
    if (writer.ok()) paths_.push_back(path);
    return writer;
  }
}

absl::Status LiveRecording::Describe(const Reader& reader) {
  if (reader.descriptions() == described_) return absl::OkStatus();
  described_ = reader.descriptions();
  return writer_->AddDescriptions(reader);
}

absl::Status LiveRecording::Enter(const Event& event, const Function& function) {
  std::vector<uint32_t>& written = written_[event.thread];
  if (!IsWanted(event, function, !written.empty())) return absl::OkStatus();
  written.push_back(event.depth);
  ++calls_;
  return Write(event);
}

// `inside` of a call that is in the file: with roots, of one of those.
bool LiveRecording::IsWanted(const Event& event, const Function& function, bool inside) const {
  bool rooted = choice_.roots != nullptr;
  bool is_root = rooted && choice_.roots(function.name);
  if (rooted && inside) return is_root || choice_.functions(function.name);
  return (rooted ? is_root : choice_.functions(function.name)) && Holds(event, function);
}

bool LiveRecording::Holds(const Event& event, const Function& function) const {
  if (choice_.condition.empty()) return true;
  LiveEvent call = {};
  call.kind = LiveEvent::Kind::kEnter;
  call.has_arguments = true;
  call.reader = reader_;
  call.function = &function;
  call.thread = event.thread;
  call.depth = event.depth;
  call.time = event.time;
  call.arguments = event.bytes;
  return choice_.condition.Holds(call);
}

// Those from this depth on have vanished.
absl::Status LiveRecording::Unwind(uint32_t depth, Event event) {
  std::vector<uint32_t>& written = written_[event.thread];
  auto first = std::lower_bound(written.begin(), written.end(), depth);
  if (first == written.end()) return absl::OkStatus();
  written.erase(first, written.end());
  event.kind = Event::Kind::kUnwound;
  event.function = 0;
  event.depth = static_cast<uint32_t>(written.size());
  return Write(event);
}

absl::Status LiveRecording::Write(Event event) {
  if (writer_ == nullptr) {
    ASSIGN_OR_RETURN(writer_, Create(*reader_));
    described_ = 0;
  }
  RETURN_IF_ERROR(Describe(*reader_));
  event.time -= std::min(event.time, start_);
  return writer_->Write(event);
}

absl::Status LiveRecording::Close(uint64_t lost) {
  if (writer_ == nullptr) return absl::OkStatus();
  writer_->CountDrops(DropReason::kMissed, lost);
  absl::Status status = writer_->Close();
  writer_ = nullptr;
  return status;
}

}  // namespace omnitrace::tools
