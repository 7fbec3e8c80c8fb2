#include "tools/output/output.h"

#include <unistd.h>

#include "tools/support/progress.h"

namespace omnitrace::tools {

absl::Status PrintCalls(const WorkspaceSet& set, CallStream& stream, const Sink& sink,
                        Output& output) {
  Progress progress("reading", stream.blocks(), isatty(STDOUT_FILENO));
  output.Begin(set);
  for (uint64_t calls = 0; !sink.closed() && stream.Next(); ++calls) {
    if (calls % 1024 == 0) progress.Update(stream.blocks_read());
    output.Add(stream.call());
  }
  output.End();
  absl::Status status = stream.status();
  status.Update(output.status());
  status.Update(set.damage());
  return status;
}

}  // namespace omnitrace::tools
