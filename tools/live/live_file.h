// A tool's side of a live file (runtime/workspace/live_format.h). The process that writes it is not
// trusted: it may lie, cut the file, or change it at any moment. So it is read and written by
// system calls alone, never mapped, and every number is checked.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_FILE_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_FILE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/live_format.h"
#include "tools/live/live_directory.h"

namespace omnitrace::tools {

// For one thread.
class LiveFile {
 public:
  // `name` in the open folder; `path` is for errors. Errors: NotFound; InvalidArgument for what is
  // no live file, or of another version; PermissionDenied.
  static absl::StatusOr<std::unique_ptr<LiveFile>> Open(int folder, const std::string& name,
                                                        std::string path);
  ~LiveFile();
  LiveFile(const LiveFile&) = delete;
  LiveFile& operator=(const LiveFile&) = delete;

  const std::string& path() const { return path_; }
  int descriptor() const { return descriptor_; }

  absl::StatusOr<LiveHeader> ReadHeader() const;
  // As of now; read again when it has grown. An error with the offset when it is damaged.
  absl::StatusOr<std::shared_ptr<const LiveDirectory>> ReadDirectory() const;
  absl::StatusOr<std::vector<uint8_t>> ReadSwitches() const;
  // How often the function of each switch was recorded, but for what is in windows; those without
  // room for a number are left out.
  absl::StatusOr<std::vector<uint64_t>> ReadHits() const;
  // Of neighbours, from `place` on.
  absl::Status WriteSwitches(uint64_t place, absl::Span<const uint8_t> bits) const;
  absl::Status WriteObserver(uint32_t place, const LiveObserver& observer) const;
  // `rules` is what EncodeRules() makes.
  absl::Status WriteRules(uint32_t place, const LiveObserver& observer,
                          absl::string_view rules) const;
  // Tells the process that switches have changed.
  absl::Status AddChange() const;
  // Gives the memory of the blocks of calls back that nobody will read: all that is recorded
  // for observers, but for what a thread may be writing to. While there is no observer.
  void ReleaseEvents() const;
  // What is recorded for observers. An error when there are no more descriptors.
  absl::StatusOr<std::unique_ptr<workspace::ByteSource>> OpenEvents() const;

 private:
  LiveFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  absl::Status ReadAt(uint64_t offset, void* data, size_t size) const;
  absl::Status WriteAt(uint64_t offset, const void* data, size_t size) const;

  const int descriptor_;
  const std::string path_;
  // What was read last, of so many bytes: to read 10,000 functions takes 5 ms.
  mutable std::shared_ptr<const LiveDirectory> directory_;
  mutable uint64_t directory_bytes_ = 0;
};

// A text of the header's, which may lack its zero.
template <size_t kSize>
std::string LiveText(const char (&text)[kSize]) {
  return std::string(text, strnlen(text, kSize));
}

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_FILE_H_
