// ByteSource over a file (pread, never mmap: a file cut under a mapping kills the reader, and pages
// of a mapping count as its memory) and over a string.
#include "runtime/workspace/byte_source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace omnitrace::workspace {
namespace {

absl::StatusOr<size_t> ReadFully(int descriptor, const std::string& path, uint64_t offset,
                                 char* out, size_t length) {
  size_t done = 0;
  while (done < length) {
    ssize_t got = pread(descriptor, out + done, length - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return absl::ErrnoToStatus(errno, absl::StrCat(path, ": read at offset ", offset + done));
    }
    if (got == 0) break;
    done += static_cast<size_t>(got);
  }
  return done;
}

// From `first` on.
class File : public ByteSource {
 public:
  File(int descriptor, uint64_t first, uint64_t size, std::string path)
      : descriptor_(descriptor), first_(first), size_(size), path_(std::move(path)) {}
  ~File() override { close(descriptor_); }

  uint64_t size() const override { return size_; }
  std::string name() const override { return path_; }

  absl::StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t length) const override {
    if (offset >= size()) return size_t{0};
    length = static_cast<size_t>(std::min<uint64_t>(length, size() - offset));
    return ReadFully(descriptor_, path_, first_ + offset, out, length);
  }

  uint64_t NextData(uint64_t offset) const override {
    off_t data = lseek(descriptor_, static_cast<off_t>(first_ + offset), SEEK_DATA);
    if (data >= 0) return static_cast<uint64_t>(data) - first_;
    // The file ends in a hole, or before; else its file system doesn't know.
    return errno == ENXIO ? kNoData : offset;
  }

 protected:
  const int descriptor_;

 private:
  const uint64_t first_;
  const uint64_t size_;
  const std::string path_;
};

class GrowingFile : public File {
 public:
  using File::File;
  uint64_t size() const override {
    struct stat status;
    return fstat(descriptor_, &status) == 0 ? static_cast<uint64_t>(status.st_size) : 0;
  }
};

class Memory : public ByteSource {
 public:
  Memory(std::string bytes, std::string name) : bytes_(std::move(bytes)), name_(std::move(name)) {}

  uint64_t size() const override { return bytes_.size(); }
  std::string name() const override { return name_; }

  absl::StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t length) const override {
    if (offset >= bytes_.size()) return size_t{0};
    return bytes_.copy(out, std::min<uint64_t>(length, bytes_.size() - offset), offset);
  }

 private:
  const std::string bytes_;
  const std::string name_;
};

}  // namespace

namespace {

template <typename Kind>
absl::StatusOr<std::unique_ptr<ByteSource>> Open(const std::string& path) {
  // O_NONBLOCK: opening a named pipe must not wait for a writer.
  int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return absl::ErrnoToStatus(errno, path);
  struct stat status;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(descriptor);
    return absl::InvalidArgumentError(absl::StrCat(path, ": not a regular file"));
  }
  return std::make_unique<Kind>(descriptor, 0, static_cast<uint64_t>(status.st_size), path);
}

}  // namespace

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path) {
  return Open<File>(path);
}

absl::StatusOr<std::unique_ptr<ByteSource>> OpenGrowingFile(const std::string& path) {
  return Open<GrowingFile>(path);
}

std::unique_ptr<ByteSource> PartOfFile(int descriptor, uint64_t first, uint64_t size,
                                       std::string name) {
  return std::make_unique<File>(descriptor, first, size, std::move(name));
}

std::unique_ptr<ByteSource> MemorySource(std::string bytes, std::string name) {
  return std::make_unique<Memory>(std::move(bytes), std::move(name));
}

}  // namespace omnitrace::workspace
