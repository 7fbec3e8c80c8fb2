// Watches a process's functions while a root is open, as `omnitrace record --root` does, and prints
// a line for each call: the number of its thread, and its name.
//
//   root_watcher PID ROOTS [N [GLOBS]]
//
//   ROOTS  globs of the roots
//   N      roots are only the calls whose argument n is N; 0: all
//   GLOBS  what is wanted of what they call, if it isn't everything
//
// "ready" is the first line. Ends with the process.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "tools/live/live_folder.h"
#include "tools/live/observed_process.h"

namespace {

using omnitrace::tools::LiveProcess;
using omnitrace::tools::LiveRule;
using omnitrace::tools::LiveRules;
using omnitrace::tools::ObservedProcess;
using omnitrace::workspace::Event;
using omnitrace::workspace::Reader;

LiveRules RulesOf(int argc, char** argv) {
  LiveRule root;
  root.globs = argv[2];
  root.root = true;
  long n = argc > 3 ? atol(argv[3]) : 0;
  if (n > 0) root.comparisons = {{{"n"}, omnitrace::LiveOperator::kEqual, int64_t{n}}};
  LiveRules rules = {root};
  if (argc > 4) rules.emplace_back().globs = argv[4];
  return rules;
}

bool Print(const Event& event, const Reader& reader) {
  if (event.kind == Event::Kind::kEnter)
    printf("%u %s\n", event.thread, reader.function(event.function).name.c_str());
  return true;
}

int Watch(LiveProcess process, const LiveRules& rules) {
  absl::StatusOr<std::unique_ptr<ObservedProcess>> observed = ObservedProcess::Attach(
      std::move(process), [](absl::string_view) { return true; }, rules);
  if (!observed.ok()) {
    fprintf(stderr, "%s\n", std::string(observed.status().message()).c_str());
    return 1;
  }
  puts("ready");
  fflush(stdout);
  for (bool lives = true; lives;) {
    lives = (*observed)->End().empty();
    if (!(*observed)->Poll(Print).ok()) return 1;
    absl::SleepFor(absl::Milliseconds(1));
  }
  // What was moved while it was looked for is found when it is looked for again.
  return (*observed)->Poll(Print).ok() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  std::vector<absl::Status> problems;
  auto is_target = [&](uint64_t pid) { return pid == strtoull(argv[1], nullptr, 10); };
  auto found = omnitrace::tools::FindLiveProcesses(is_target, &problems);
  return found.size() == 1 ? Watch(std::move(found[0]), RulesOf(argc, argv)) : 2;
}
