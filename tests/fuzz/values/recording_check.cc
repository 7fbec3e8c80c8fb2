#include "tests/fuzz/values/recording_check.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "runtime/include/omnitrace/omnitrace.h"

namespace omnitrace::fuzz {
namespace {

constexpr int kInputsBetweenLooks = 2000;

RecordingCheck* at_exit = nullptr;

std::string Variable(const char* name) {
  const char* value = getenv(name);
  if (value != nullptr) return value;
  fprintf(stderr, "%s is not set; run.py does it\n", name);
  exit(2);
}

// The number of lines that a command prints, or -1 when it fails.
long CountLines(const std::string& command) {
  FILE* lines = popen(command.c_str(), "r");
  if (lines == nullptr) return -1;
  long count = 0;
  // libFuzzer's timer interrupts the reading.
  for (int c; (c = fgetc(lines)) != EOF || errno == EINTR; errno = 0) {
    if (c == EOF) clearerr(lines);
    count += c == '\n' ? 1 : 0;
  }
  return pclose(lines) == 0 ? count : -1;
}

}  // namespace

void RecordingCheck::Start() {
  tool_ = Variable("FUZZ_OMNITRACE");
  folder_ = Variable("OMNITRACE_OUT");
  expected_ = 0;
  at_exit = this;
  atexit([] { at_exit->Look(); });
}

void RecordingCheck::CountInput() {
  if (++inputs_ % kInputsBetweenLooks == 0) Look();
}

std::vector<std::string> RecordingCheck::Workspaces() const {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    paths.push_back(entry.path());
  }
  return paths;
}

void RecordingCheck::Look() {
  std::vector<std::string> finished = Workspaces();
  reset_workspace();
  long calls = 0;
  for (const std::string& path : finished) {
    bool sound = CountLines(tool_ + " verify " + path + " >&2") >= 0;
    long shown = CountLines(tool_ + " calls --json " + path);
    if (!sound || shown < 0 || CountLines(tool_ + " tree " + path) < 0) {
      fprintf(stderr, "ERROR: %s is unsound\n", path.c_str());
      abort();
    }
    calls += shown;
  }
  if (calls != expected_) {
    fprintf(stderr, "ERROR: %ld calls in %s, of %ld\n", calls, folder_.c_str(), expected_);
    abort();
  }
  for (const std::string& path : finished) unlink(path.c_str());
  expected_ = 0;
}

}  // namespace omnitrace::fuzz
