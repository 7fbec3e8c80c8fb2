#include "runtime/workspace/block_writer.h"

#include <cstring>

#include "runtime/workspace/coding.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {

void BlockWriter::Start(const BlockHeader& start) {
  if (!is_open()) image_.reset(new char[kBlockSize]);
  started_ = true;
  header_ = start;
  header_.magic = kBlockMagic;
  header_.start_checksum = StartChecksum(header_);
  slot_ = written_ = 0;
}

absl::Status BlockWriter::Flush() {
  if (header_.length == written_) return absl::OkStatus();
  header_.flags = kBlockWindow;
  return Write();
}

absl::Status BlockWriter::Seal(uint32_t least_depth, uint32_t calls) {
  BlockHeader unsealed = header_;
  header_.flags = kBlockSealed;
  header_.least_depth = least_depth;
  header_.calls = calls;
  header_.checksum = Checksum(image_.get() + sizeof(header_), header_.length, header_.sequence);
  absl::Status status = Write();
  if (!status.ok()) header_ = unsealed;
  return status;
}

absl::Status BlockWriter::Write() {
  BlockHeader header = header_;
  header.magic = 0;  // SlotFile writes it, last
  memcpy(image_.get(), &header, sizeof(header));
  if (slot_ == 0) {
    ASSIGN_OR_RETURN(slot_, file_->Append(image_.get()));
  } else {
    // A reader that looks in between finds the block as it was, or longer; `flags` say at last that
    // it is complete.
    constexpr size_t kFlags = offsetof(BlockHeader, flags);
    auto update = [&](size_t begin, size_t end) {
      return file_->Update(slot_, image_.get(), begin, end);
    };
    RETURN_IF_ERROR(update(sizeof(header) + written_, sizeof(header) + header.length));
    RETURN_IF_ERROR(update(offsetof(BlockHeader, least_depth), sizeof(header)));
    RETURN_IF_ERROR(update(kFlags, kFlags + sizeof(header.flags)));
  }
  written_ = header.length;
  return file_->UpdateHeader();
}

}  // namespace omnitrace::workspace
