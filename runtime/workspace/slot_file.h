// A workspace file that is being written: its header, and its slots in order. What fails names the
// file, the offset and the remedy. Beyond RLIMIT_FSIZE the kernel sends SIGXFSZ, which ends a
// program that doesn't ignore it.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_SLOT_FILE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_SLOT_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/workspace/format.h"

namespace omnitrace::workspace {

class SlotFile {
 public:
  // Makes the file, for its user alone, as values may be nobody else's business. `header` has all
  // that is known at the start; its sum is set here. Errors: AlreadyExists, or why it can't be
  // made.
  static absl::StatusOr<std::unique_ptr<SlotFile>> Create(const std::string& path,
                                                          const FileHeader& header);
  ~SlotFile();
  SlotFile(const SlotFile&) = delete;
  SlotFile& operator=(const SlotFile&) = delete;

  // Writes `slot`, an image of kBlockSize bytes that begins with a block's header without its
  // magic. Readers find a hole until the block is whole. Returns the slot's number.
  absl::StatusOr<uint32_t> Append(const char* slot);
  // Writes bytes [begin, end) of a slot that has been appended.
  absl::Status Update(uint32_t slot, const char* image, size_t begin, size_t end);

  // The fields behind `checksum` may be changed, and are in the file after UpdateHeader.
  FileHeader& header() { return header_; }
  absl::Status UpdateHeader();

  // Cuts the file behind the last slot's records and closes it.
  absl::Status Close();
  // For a file that came to nothing.
  void Remove();

  const std::string& path() const { return path_; }

 private:
  SlotFile(int descriptor, const FileHeader& header, std::string path)
      : descriptor_(descriptor), header_(header), path_(std::move(path)) {}
  absl::Status WriteAt(uint64_t offset, const void* bytes, size_t size);
  absl::Status Failed(const char* what, uint64_t offset) const;

  int descriptor_;
  FileHeader header_;
  const std::string path_;
  uint64_t used_ = sizeof(FileHeader);  // where the last slot's records end
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_SLOT_FILE_H_
