// Bytes to read from: a file, or memory in tests.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_BYTE_SOURCE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_BYTE_SOURCE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace omnitrace::workspace {

class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual uint64_t size() const = 0;
  virtual std::string name() const = 0;
  // Reads up to `length` bytes at `offset`; returns how many (fewer at the end), or an error.
  // Thread-safe.
  virtual absl::StatusOr<size_t> ReadAt(uint64_t offset, char* out, size_t length) const = 0;
  // The first offset from this one on where there may be more than zeros, or kNoData: a file may be
  // larger than any disk. Whoever asks has the file's lock meanwhile, for which a process that
  // writes to it waits: what processes make has fewer than kManyHoles slots without a block, and
  // need not be asked.
  virtual uint64_t NextData(uint64_t offset) const { return offset; }

  static constexpr uint64_t kNoData = UINT64_MAX;
  static constexpr int kManyHoles = 4096;
};

absl::StatusOr<std::unique_ptr<ByteSource>> OpenFile(const std::string& path);
// Of a file that is being written: its size is asked for anew each time.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenGrowingFile(const std::string& path);
// `size` bytes at `first` of a file that is being written; takes the descriptor.
std::unique_ptr<ByteSource> PartOfFile(int descriptor, uint64_t first, uint64_t size,
                                       std::string name);
std::unique_ptr<ByteSource> MemorySource(std::string bytes, std::string name);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_BYTE_SOURCE_H_
