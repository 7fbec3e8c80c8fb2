// Copies a workspace through Reader, EventCursor and Writer, all of it or some functions' calls.
#ifndef OMNITRACE_TESTS_SUPPORT_WORKSPACE_COPY_H_
#define OMNITRACE_TESTS_SUPPORT_WORKSPACE_COPY_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/writer.h"

namespace omnitrace::testing {

using Choice = std::function<bool(const workspace::Function&)>;

// Writes the chosen calls among one thread's events, at the depths that they have in the new file.
class ThreadCopy {
 public:
  // All arguments must outlive the copy.
  ThreadCopy(const workspace::Reader& source, uint32_t thread, const Choice& chosen,
             workspace::Writer* writer)
      : source_(source), cursor_(source, thread), chosen_(chosen), writer_(*writer) {}

  // Copies up to so many events; false behind the last one, or when one can't be written.
  bool Copy(int events);
  // What came in the way of writing.
  const absl::Status& status() const { return status_; }

 private:
  absl::Status CopyEvent(workspace::Event event);
  absl::Status CopyUnwound(workspace::Event event);
  bool Leave(uint32_t depth);

  const workspace::Reader& source_;
  workspace::EventCursor cursor_;
  const Choice& chosen_;
  workspace::Writer& writer_;
  absl::Status status_;
  std::vector<bool> open_;  // of each open call, whether it was written
};

// To a new file at `path`; the threads take turns.
absl::Status CopyWorkspace(
    const workspace::Reader& source, const std::string& path,
    const Choice& chosen = [](const workspace::Function&) { return true; });

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_SUPPORT_WORKSPACE_COPY_H_
