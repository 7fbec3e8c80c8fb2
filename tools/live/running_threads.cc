#include "tools/live/running_threads.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tools/live/process_facts.h"

namespace omnitrace::tools {
namespace {

// Longer than a tick of 100 a second.
constexpr uint64_t kMoreThanATick = 11'000'000;  // ns

std::string TasksOf(uint64_t pid) { return absl::StrCat("/proc/", pid, "/task"); }

}  // namespace

RunningThreads::RunningThreads(uint64_t pid) : pid_(pid) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(TasksOf(pid), error)) {
    uint64_t tid = 0;
    if (!absl::SimpleAtoi(entry.path().filename().string(), &tid)) continue;
    std::optional<Progress> progress = ProgressOf(tid);
    if (progress.has_value()) waited_for_.emplace(tid, *progress);
  }
}

bool RunningThreads::HaveMovedOn() {
  for (auto thread = waited_for_.begin(); thread != waited_for_.end();) {
    const Progress& before = thread->second;
    std::optional<Progress> now = ProgressOf(thread->first);
    bool waits = now.has_value() && now->times == before.times &&
                 now->nanoseconds < before.nanoseconds + kMoreThanATick;
    thread = waits ? std::next(thread) : waited_for_.erase(thread);
  }
  return waited_for_.empty();
}

std::optional<RunningThreads::Progress> RunningThreads::ProgressOf(uint64_t tid) const {
  std::string folder = absl::StrCat(TasksOf(pid_), "/", tid);
  std::vector<std::string> stat = StatOf(folder);
  bool runs = !stat.empty() && (stat[0] == "R" || stat[0] == "D");
  std::ifstream schedule(absl::StrCat(folder, "/schedstat"));
  Progress progress = {};
  uint64_t waited = 0;
  if (!runs || !(schedule >> progress.nanoseconds >> waited >> progress.times)) return std::nullopt;
  return progress;
}

void AwaitThreads(const std::vector<uint64_t>& pids, absl::FunctionRef<void()> meanwhile) {
  constexpr absl::Duration kMostWait = absl::Milliseconds(500);
  constexpr absl::Duration kPause = absl::Milliseconds(1);
  std::vector<RunningThreads> running(pids.begin(), pids.end());
  auto have_moved_on = [](RunningThreads& threads) { return threads.HaveMovedOn(); };
  absl::Time most = absl::Now() + kMostWait;
  while (!std::all_of(running.begin(), running.end(), have_moved_on) && absl::Now() < most) {
    meanwhile();
    absl::SleepFor(kPause);
  }
}

}  // namespace omnitrace::tools
