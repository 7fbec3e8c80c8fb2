#include "runtime/recording/output_path.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

constexpr char kDefaultPattern[] = "%n.%p.omni";
constexpr uint64_t kMostSuffixes = 10'000;

// Far from the numbers that the program counts on: the next open() still gives the lowest one.
constexpr int kHighDescriptors[] = {900, 200};

std::string_view BaseName(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : From(path, slash + 1);
}

bool IsDirectory(const Path& path) {
  long opened = SystemCall(SYS_openat, AT_FDCWD, path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (Failed(opened)) return false;
  SystemCall(SYS_close, opened);
  return true;
}

void Expand(std::string_view pattern, Path* path) {
  Path program;
  ReadProgramPath(&program);
  path->Clear();
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      *path << std::string_view(&pattern[i], 1);
      continue;
    }
    switch (pattern[++i]) {
      case 'n':
        *path << (program.empty() ? "program" : BaseName(program.view()));
        break;
      case 'p':
        *path << ProcessId();
        break;
      default:
        *path << "%";
    }
  }
}

// Escaped, since it becomes part of a pattern.
void AppendWorkingDirectory(Path* pattern) {
  Path directory;
  // The result counts the terminating zero.
  long size = SystemCall(SYS_getcwd, directory.buffer(), Path::capacity());
  if (Failed(size)) return;
  directory.Resize(static_cast<size_t>(size) - 1);
  for (char c : directory.view()) *pattern << (c == '%' ? "%%" : std::string_view(&c, 1));
  *pattern << "/";
}

bool CheckPattern(std::string_view pattern, Message* error) {
  for (size_t i = pattern.find('%'); i < pattern.size(); i = pattern.find('%', i + 2)) {
    std::string_view escape = From(pattern, i).substr(0, 2);
    if (escape == "%n" || escape == "%p" || escape == "%%") continue;
    *error << "OMNITRACE_OUT=" << pattern << ": " << escape
           << " is unknown; expected %n (program name), %p (process id) or %%";
    return false;
  }
  return true;
}

long MoveUp(long descriptor) {
  for (int least : kHighDescriptors) {
    long moved = SystemCall(SYS_fcntl, descriptor, F_DUPFD_CLOEXEC, least);
    if (Failed(moved)) continue;
    SystemCall(SYS_close, descriptor);
    return moved;
  }
  return descriptor;
}

}  // namespace

void ReadProgramPath(Path* path) {
  path->Clear();
  long size =
      SystemCall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", path->buffer(), Path::capacity());
  path->Resize(Failed(size) ? 0 : static_cast<size_t>(size));
}

bool ResolvePattern(const char* pattern, Path* resolved, Message* error) {
  if (pattern == nullptr) pattern = kDefaultPattern;
  if (!CheckPattern(pattern, error)) return false;
  resolved->Clear();
  if (pattern[0] != '/') AppendWorkingDirectory(resolved);
  *resolved << pattern;
  Path directory;
  Expand(resolved->view(), &directory);
  if (directory.view().back() == '/' || IsDirectory(directory)) {
    *resolved << "/" << kDefaultPattern;
  }
  if (resolved->whole()) return true;
  *error << "OMNITRACE_OUT=" << pattern << ": longer than " << uint64_t{Path::capacity()}
         << " bytes";
  return false;
}

long CreateOutputFile(const Path& pattern, Path* path) {
  Path expanded;
  Expand(pattern.view(), &expanded);
  for (uint64_t suffix = 0; suffix < kMostSuffixes; ++suffix) {
    path->Clear();
    *path << expanded.view();
    if (suffix > 0) *path << "." << suffix;
    if (!path->whole()) return -ENAMETOOLONG;
    long opened =
        SystemCall(SYS_open, path->c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600);
    if (opened != -EEXIST) return Failed(opened) ? opened : MoveUp(opened);
  }
  return -EEXIST;
}

}  // namespace omnitrace::recording
