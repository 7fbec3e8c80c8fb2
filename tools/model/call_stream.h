// All shown calls of a set of workspaces, in order of entry, in memory that does not grow with the
// files. Each call is whole when it is delivered: its outcome and end are known by looking ahead.
//
//   CallStream stream(set, filter, {});
//   while (stream.Next()) use(stream.call());
//   RETURN_IF_ERROR(stream.status());   // damage: what could be read has been delivered
#ifndef OMNITRACE_TOOLS_MODEL_CALL_STREAM_H_
#define OMNITRACE_TOOLS_MODEL_CALL_STREAM_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "tools/model/call.h"
#include "tools/model/call_filter.h"
#include "tools/model/workspace_set.h"

namespace omnitrace::tools {

class CallStream {
 public:
  enum class Order {
    kTime,    // all threads of all files merged
    kThread,  // one thread after the other: the same in every run of a deterministic program
  };
  struct Options {
    Order order = Order::kTime;
    bool count_children = false;  // costs one more pass
  };

  // `set` and `filter` must outlive the stream.
  CallStream(const WorkspaceSet& set, const CallFilter& filter, Options options);
  ~CallStream();

  bool Next();
  // The texts are valid until Next().
  const Call& call() const { return call_; }
  const absl::Status& status() const { return status_; }

  // For a progress line.
  uint64_t blocks_read() const;
  uint64_t blocks() const { return blocks_; }

 private:
  class Thread;

  bool Advance();
  bool AdvanceByThread();
  void Finish(std::unique_ptr<Thread> thread);

  const CallFilter& filter_;
  const Options options_;
  std::vector<std::unique_ptr<Thread>> threads_;  // kTime: a heap; kThread: the last one is next
  std::unique_ptr<Thread> current_;               // whose call was delivered last
  uint64_t last_id_ = 0;
  uint64_t finished_blocks_ = 0;
  uint64_t blocks_ = 0;
  Call call_;
  absl::Status status_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_CALL_STREAM_H_
