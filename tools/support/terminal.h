// The user's terminal: colours, and a pager for long output, as in git. In a pipe everything is
// plain. Open it when there is something to print: from then on standard output belongs to it.
#ifndef OMNITRACE_TOOLS_SUPPORT_TERMINAL_H_
#define OMNITRACE_TOOLS_SUPPORT_TERMINAL_H_

#include <sys/types.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tools/support/command_line.h"
#include "tools/support/sink.h"

namespace omnitrace::tools {

inline constexpr Option kTerminalOptions[] = {
    {0, "color", "auto|always|never", "colours; auto: on a terminal, unless NO_COLOR is set"},
    {0, "no-pager", "", "print directly, not through PAGER"},
    {0, "stable", "", "without what differs between runs: times, process ids, addresses"},
};
inline constexpr OptionGroup kTerminalGroup = {"Output", kTerminalOptions};

enum class Colour { kPlain, kDim, kBold, kRed, kGreen, kYellow, kCyan };

// How text may look.
struct Style {
  bool colour = false;  // also: guides that lead the eye, which only disturb in a pipe
  bool utf8 = false;
};

void AppendPainted(const Style& style, Colour colour, absl::string_view text, std::string* out);

class Terminal {
 public:
  enum class Paging { kNever, kWhenLong };

  Terminal(const CommandLine& line, Paging paging);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  Sink& out() { return *out_; }
  const Style& style() const { return style_; }
  // Writes what is left and waits until the user has left the pager.
  absl::Status Close();

 private:
  void StartPager(const std::string& command);

  Style style_;
  std::unique_ptr<FileSink> out_;
  int pager_input_ = -1;
  pid_t pager_ = -1;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_TERMINAL_H_
