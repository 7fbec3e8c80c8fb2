#include "tests/benchmark/recorded_calls.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "tests/unit/recording/described_program.h"

namespace omnitrace::testing {
namespace {

constexpr int kCalls = 1'000'000;

std::filesystem::path folder;
std::string to_read;

[[noreturn]] void Fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

}  // namespace

void PrepareRecordings() {
  std::string pattern = std::filesystem::temp_directory_path() / "omnitrace_benchmark.XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) Fail(pattern.c_str());
  folder = pattern;
  to_read = folder / "read.omni";
  pid_t child = fork();
  if (child < 0) Fail("fork");
  if (child == 0) {
    setenv("OMNITRACE_OUT", to_read.c_str(), 1);
    TracedFunction function("foo::f", {ByValue("n", Int())}, Int());
    CallTimes(function, kCalls);
    std::exit(0);
  }
  int status = 0;
  if (waitpid(child, &status, 0) != child || status != 0) Fail(to_read.c_str());
  setenv("OMNITRACE_OUT", (folder / "ring.omni").c_str(), 1);
  setenv("OMNITRACE_LIMITS", "keep=last", 1);
}

void RemoveRecordings() { std::filesystem::remove_all(folder); }

const std::string& RecordingToRead() { return to_read; }

}  // namespace omnitrace::testing
