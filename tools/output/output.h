// A printer of calls. Which one it is decides the form; where the calls come from it does not know.
#ifndef OMNITRACE_TOOLS_OUTPUT_OUTPUT_H_
#define OMNITRACE_TOOLS_OUTPUT_OUTPUT_H_

#include "absl/status/status.h"
#include "tools/model/call.h"
#include "tools/model/call_stream.h"
#include "tools/model/workspace_set.h"
#include "tools/support/sink.h"

namespace omnitrace::tools {

class Output {
 public:
  virtual ~Output() = default;
  virtual void Begin(const WorkspaceSet&) {}
  virtual void Add(const Call& call) = 0;
  virtual void End() {}
  // The first value that could not be decoded; it is marked as damaged in the output.
  const absl::Status& status() const { return status_; }

 protected:
  absl::Status status_;
};

// Everything from the stream into `output`, until its sink is closed. Returns what was damaged,
// after all that is good has been printed.
absl::Status PrintCalls(const WorkspaceSet& set, CallStream& stream, const Sink& sink,
                        Output& output);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_OUTPUT_H_
