// Runs code in a process of its own, with an environment and a working directory of its own, and
// reads back what it recorded.
#ifndef OMNITRACE_TESTS_UNIT_RECORDING_TRACED_PROCESS_H_
#define OMNITRACE_TESTS_UNIT_RECORDING_TRACED_PROCESS_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/workspace/reader.h"

namespace omnitrace::testing {

class TracedProcess {
 public:
  TracedProcess();
  ~TracedProcess();  // removes the directory
  TracedProcess(const TracedProcess&) = delete;
  TracedProcess& operator=(const TracedProcess&) = delete;

  // Before Run.
  TracedProcess& Set(const std::string& variable, const std::string& value);

  // Runs `body` in a child, which then calls exit(0), and waits for it. Returns the wait status.
  int Run(const std::function<void()>& body);

  const std::string& directory() const { return directory_; }
  int pid() const { return pid_; }
  // What it wrote to standard error.
  std::string error_output() const;
  // The workspaces in its directory, by name.
  std::vector<std::string> workspaces() const;

  // The only workspace's events, one a line: "1 enter 0 #0 f(n: 1)", "1 leave 0 f = 2". Fails the
  // test when it is damaged anywhere.
  std::vector<std::string> events() const;
  std::vector<std::string> events(const std::string& path) const;
  // How many of them are entries.
  uint64_t recorded_calls() const;
  std::unique_ptr<workspace::Reader> Open(const std::string& path) const;
  std::unique_ptr<workspace::Reader> Open() const;

 private:
  std::string directory_;
  std::map<std::string, std::string> environment_;
  int pid_ = 0;
};

// Calls that the workspace counts as left out.
uint64_t Dropped(const workspace::Reader& reader, DropReason reason);

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_UNIT_RECORDING_TRACED_PROCESS_H_
