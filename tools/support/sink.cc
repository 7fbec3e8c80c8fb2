#include "tools/support/sink.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace omnitrace::tools {
namespace {

// Large enough that system calls cost nothing, small enough that a pager starts at once.
constexpr size_t kBufferSize = 32 * 1024;

}  // namespace

FileSink::FileSink(int fd, std::string name) : fd_(fd), name_(std::move(name)) {
  buffer_.reserve(kBufferSize);
}

void FileSink::Write(absl::string_view text) {
  if (closed_) return;
  buffer_.append(text.data(), text.size());
  if (buffer_.size() >= kBufferSize) Flush();
}

void FileSink::Flush() {
  absl::string_view left = buffer_;
  while (!left.empty() && !closed_) {
    ssize_t written = write(fd_, left.data(), left.size());
    if (written >= 0) {
      left.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR) {
      closed_ = true;
      if (errno != EPIPE) {
        status_ = absl::DataLossError(absl::StrCat(name_, ": cannot write: ", strerror(errno)));
      }
    }
  }
  buffer_.clear();
}

}  // namespace omnitrace::tools
