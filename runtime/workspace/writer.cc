#include "runtime/workspace/writer.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {
namespace {

// A source says anything; times behind the start must not run out of 64 bits.
constexpr uint64_t kLatestStart = uint64_t{1} << 62;

FileHeader HeaderFor(const Info& source, uint64_t later) {
  FileHeader header = {};
  memcpy(header.magic, kFileMagic, sizeof(kFileMagic));
  header.version = kFormatVersion;
  header.header_size = sizeof(FileHeader);
  header.block_size = kBlockSize;
  header.clock = ClockKind::kMonotonic;
  header.pid = source.pid;
  header.start_unix_ns = source.start_unix_ns + later;
  header.start_mono_ns = std::min(source.start_mono_ns + later, kLatestStart);
  header.start_ticks = header.start_mono_ns;
  header.start_ticks_per_second = 1'000'000'000;
  // last_mono_ns stays 0 until the end: a reader that saw one of the pair before the other would
  // scale all times by it, and the first estimate is exact.
  header.last_ticks = header.start_ticks;
  return header;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Writer>> Writer::Create(const std::string& path,
                                                       const Reader& source, uint64_t later) {
  ASSIGN_OR_RETURN(std::unique_ptr<SlotFile> file,
                   SlotFile::Create(path, HeaderFor(source.info(), later)));
  std::unique_ptr<Writer> writer(new Writer(std::move(file)));
  absl::Status status = writer->AddDescriptions(source);
  if (status.ok()) return writer;
  writer->file_->Remove();
  return status;
}

absl::Status Writer::AddDescriptions(const Reader& source) {
  RETURN_IF_ERROR(CheckOpen());
  FileHeader& header = file_->header();
  header.last_ticks = std::max(header.last_ticks, header.start_ticks + source.info().duration_ns);
  return descriptions_.Add(source);
}

absl::Status Writer::Write(const Event& event) {
  RETURN_IF_ERROR(CheckOpen());
  if (event.thread == 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(file_->path(), ": event of thread 0, expected 1 or more"));
  }
  uint32_t flags = 0;
  if (event.kind != Event::Kind::kUnwound && event.kind != Event::Kind::kDropped) {
    const uint32_t* found = descriptions_.FindFunction(event.function);
    if (found == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat(file_->path(), ": event of function ",
                                                     event.function,
                                                     ", which is not described; add what a later "
                                                     "reader knows, or leave the call out"));
    }
    flags = *found;
  }
  ASSIGN_OR_RETURN(ThreadWriter * thread, ThreadOf(event));
  return thread->Write(event, flags);
}

void Writer::CountDrops(DropReason reason, uint64_t calls) {
  uint32_t number = static_cast<uint32_t>(reason);
  if (number < kDropReasons) file_->header().drops[number] += calls;
}

absl::Status Writer::Flush() {
  RETURN_IF_ERROR(CheckOpen());
  for (auto& [index, thread] : threads_) RETURN_IF_ERROR(thread.Flush());
  return file_->UpdateHeader();
}

absl::Status Writer::Close() {
  RETURN_IF_ERROR(CheckOpen());
  open_ = false;
  absl::Status status = descriptions_.Seal();
  for (auto& [index, thread] : threads_) status.Update(thread.Seal());
  FileHeader& header = file_->header();
  header.last_mono_ns = header.start_mono_ns + (header.last_ticks - header.start_ticks);
  header.end = status.ok() ? EndState::kExited : EndState::kStopped;
  status.Update(file_->UpdateHeader());
  status.Update(file_->Close());
  return status;
}

absl::Status Writer::CheckOpen() const {
  if (open_) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat(file_->path(), ": closed already"));
}

absl::StatusOr<ThreadWriter*> Writer::ThreadOf(const Event& event) {
  if (last_writer_ == nullptr || last_thread_ != event.thread) {
    FileHeader& header = file_->header();
    header.threads = std::max(header.threads, event.thread);
    last_thread_ = event.thread;
    last_writer_ = &threads_.try_emplace(event.thread, file_.get(), event.thread).first->second;
  }
  if (!last_writer_->has_block()) RETURN_IF_ERROR(CountBlock());
  return last_writer_;
}

// Of thousands of threads, which come and go, most will write nothing any more: when there are too
// many blocks, all are completed and begun anew as they are needed.
absl::Status Writer::CountBlock() {
  constexpr size_t kMostBlocks = 512;
  if (++blocks_ <= kMostBlocks) return absl::OkStatus();
  blocks_ = 1;
  for (auto& [index, thread] : threads_) RETURN_IF_ERROR(thread.Release());
  return absl::OkStatus();
}

}  // namespace omnitrace::workspace
