// Where printed text goes: a file descriptor, or a string in tests.
#ifndef OMNITRACE_TOOLS_SUPPORT_SINK_H_
#define OMNITRACE_TOOLS_SUPPORT_SINK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace omnitrace::tools {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void Write(absl::string_view text) = 0;
  // Nobody takes the text any more (the pipe is closed, the disk full): time to stop printing.
  virtual bool closed() const { return false; }
};

class StringSink : public Sink {
 public:
  void Write(absl::string_view text) override { text_.append(text.data(), text.size()); }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// Writes in large pieces. SIGPIPE must be ignored: a closed pipe then only closes the sink.
class FileSink : public Sink {
 public:
  // Does not own `fd`; `name` is for error messages.
  FileSink(int fd, std::string name);
  ~FileSink() override { Flush(); }

  void Write(absl::string_view text) override;
  bool closed() const override { return closed_; }
  void Flush();
  // The first error but a closed pipe, which is no error.
  const absl::Status& status() const { return status_; }

 private:
  const int fd_;
  const std::string name_;
  std::string buffer_;
  bool closed_ = false;
  absl::Status status_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_SINK_H_
