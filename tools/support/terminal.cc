#include "tools/support/terminal.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace omnitrace::tools {
namespace {

bool IsSet(const char* variable) {
  const char* value = getenv(variable);
  return value != nullptr && *value != '\0';
}

bool WantsColour(absl::string_view when) {
  if (when != "auto") return when == "always";
  const char* terminal = getenv("TERM");
  bool dumb = terminal == nullptr || strcmp(terminal, "dumb") == 0;
  return isatty(STDOUT_FILENO) && !IsSet("NO_COLOR") && !dumb;
}

bool IsUtf8Locale() {
  setlocale(LC_CTYPE, "");
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool OnPath(absl::string_view program) {
  const char* path = getenv("PATH");
  for (absl::string_view folder : absl::StrSplit(path == nullptr ? "" : path, ':')) {
    if (access(absl::StrCat(folder, "/", program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

// The user's choice; an empty PAGER and "cat" mean none.
std::string PagerCommand() {
  const char* chosen = getenv("PAGER");
  if (chosen == nullptr) return OnPath("less") ? "less" : "";
  return strcmp(chosen, "cat") == 0 ? "" : chosen;
}

}  // namespace

void AppendPainted(const Style& style, Colour colour, absl::string_view text, std::string* out) {
  static constexpr absl::string_view kCodes[] = {"0", "2", "1", "31", "32", "33", "36"};
  if (!style.colour || colour == Colour::kPlain) {
    absl::StrAppend(out, text);
  } else {
    absl::StrAppend(out, "\033[", kCodes[static_cast<int>(colour)], "m", text, "\033[m");
  }
}

Terminal::Terminal(const CommandLine& line, Paging paging) {
  style_ = {.colour = WantsColour(line.Text("color", "auto")), .utf8 = IsUtf8Locale()};
  if (paging == Paging::kWhenLong && !line.Has("no-pager") && isatty(STDOUT_FILENO)) {
    if (std::string command = PagerCommand(); !command.empty()) StartPager(command);
  }
  int fd = pager_input_ >= 0 ? pager_input_ : STDOUT_FILENO;
  out_ = std::make_unique<FileSink>(fd, "standard output");
}

Terminal::~Terminal() { Close().IgnoreError(); }

void Terminal::StartPager(const std::string& command) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return;
  pager_ = fork();
  if (pager_ == 0) {
    dup2(ends[0], STDIN_FILENO);
    signal(SIGPIPE, SIG_DFL);
    setenv("LESS", "FRX", 0);  // leave at once what fits a screen, keep colours and the screen
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  if (pager_ < 0) {
    close(ends[1]);
    return;
  }
  pager_input_ = ends[1];
  signal(SIGINT, SIG_IGN);  // an interrupt is for the pager; leaving it closes the pipe
}

absl::Status Terminal::Close() {
  out_->Flush();
  if (pager_input_ >= 0) {
    close(pager_input_);
    pager_input_ = -1;
    waitpid(pager_, nullptr, 0);
    signal(SIGINT, SIG_DFL);
  }
  return out_->status();
}

}  // namespace omnitrace::tools
