#include "runtime/workspace/slot_file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {

absl::StatusOr<std::unique_ptr<SlotFile>> SlotFile::Create(const std::string& path,
                                                           const FileHeader& header) {
  int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
  if (descriptor < 0) {
    bool exists = errno == EEXIST;
    return absl::ErrnoToStatus(
        errno, absl::StrCat(path, exists ? ": not overwritten; choose another name, or remove it"
                                         : ": cannot be made"));
  }
  std::unique_ptr<SlotFile> file(new SlotFile(descriptor, header, path));
  file->header_.checksum = Checksum(&header, offsetof(FileHeader, checksum), 0);
  file->header_.slots = 1;
  absl::Status status = file->WriteAt(0, &file->header_, sizeof(FileHeader));
  if (status.ok()) return file;
  file->Remove();
  return status;
}

SlotFile::~SlotFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

absl::StatusOr<uint32_t> SlotFile::Append(const char* slot) {
  BlockHeader block;
  memcpy(&block, slot, sizeof(block));
  uint64_t offset = uint64_t{header_.slots} * kBlockSize;
  // The kernel takes a whole slot at twice the speed of one that ends with its records; a thread
  // that wrote little is not to cost a slot's disk space.
  size_t size = block.length < kBlockPayload / 2 ? sizeof(block) + block.length : kBlockSize;
  // Readers take the file's size first: it must not lie inside a block that they find afterwards.
  off_t end = static_cast<off_t>(offset + kBlockSize);
  if (ftruncate(descriptor_, end) != 0) return Failed("grow", offset);
  RETURN_IF_ERROR(WriteAt(offset, slot, size));
  RETURN_IF_ERROR(WriteAt(offset, &kBlockMagic, sizeof(kBlockMagic)));
  used_ = offset + sizeof(block) + block.length;
  return header_.slots++;
}

absl::Status SlotFile::Update(uint32_t slot, const char* image, size_t begin, size_t end) {
  uint64_t offset = uint64_t{slot} * kBlockSize;
  RETURN_IF_ERROR(WriteAt(offset + begin, image + begin, end - begin));
  used_ = std::max(used_, offset + end);
  return absl::OkStatus();
}

absl::Status SlotFile::UpdateHeader() {
  constexpr size_t kLive = offsetof(FileHeader, last_ticks);
  return WriteAt(kLive, reinterpret_cast<const char*>(&header_) + kLive,
                 sizeof(FileHeader) - kLive);
}

absl::Status SlotFile::Close() {
  absl::Status status;
  if (ftruncate(descriptor_, static_cast<off_t>(used_)) != 0) status = Failed("be cut", used_);
  // Some file systems say only now that there was no room.
  if (close(std::exchange(descriptor_, -1)) != 0) status.Update(Failed("be closed", used_));
  return status;
}

void SlotFile::Remove() { unlink(path_.c_str()); }

absl::Status SlotFile::WriteAt(uint64_t offset, const void* bytes, size_t size) {
  const char* in = static_cast<const char*>(bytes);
  for (size_t done = 0; done < size;) {
    ssize_t wrote = pwrite(descriptor_, in + done, size - done, static_cast<off_t>(offset + done));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return Failed("be written", offset + done);
    done += static_cast<size_t>(wrote);
  }
  return absl::OkStatus();
}

// By errno.
absl::Status SlotFile::Failed(const char* what, uint64_t offset) const {
  return absl::ErrnoToStatus(errno, absl::StrCat(path_, ": cannot ", what, " at offset ", offset,
                                                 "; make room there, or choose another place"));
}

}  // namespace omnitrace::workspace
