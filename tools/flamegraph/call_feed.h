// Reads the calls that a filter shows, and hands them to a layout as the boxes they become.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_CALL_FEED_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_CALL_FEED_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "runtime/workspace/reader.h"
#include "tools/flamegraph/box.h"
#include "tools/flamegraph/layout.h"
#include "tools/flamegraph/request.h"
#include "tools/model/thread_calls.h"
#include "tools/model/workspace_set.h"

namespace omnitrace::flamegraph {

// Functions of all files, by name and place: the same function of two processes is one.
class FunctionIndex {
 public:
  uint32_t Add(NamedFunction function);
  void CountCall(uint32_t number, uint64_t self) {
    ++totals_[number].calls;
    totals_[number].self += self;
  }
  // The `most` functions with the most time of their own.
  std::vector<Share> Hottest(size_t most) const;
  std::vector<NamedFunction> Take() { return std::move(functions_); }

 private:
  std::vector<NamedFunction> functions_;
  std::vector<Share> totals_;  // of the shown calls, by number
  absl::flat_hash_map<NamedFunction, uint32_t> numbers_;
};

// The threads of one file.
class CallFeed {
 public:
  // All arguments must outlive the feed.
  CallFeed(const tools::WorkspaceFile& file, const Request& request, FunctionIndex& functions,
           Layout& layout);

  // Hands over the calls of a thread as lane number `lane`; returns how many there were.
  // `on_block` is told each block's number when its first event comes.
  uint64_t Run(const workspace::Thread& thread, uint32_t lane,
               absl::FunctionRef<void(size_t)> on_block);

  // The first damage met.
  const absl::Status& damage() const { return damage_; }

 private:
  struct Role {  // of a function
    uint32_t number;
    bool shown;
    bool focused;
  };
  struct Time {
    uint64_t recorded;  // what the filter goes by
    uint64_t drawn;     // the same, or the events of the thread so far when times are not to differ
  };
  struct Frame {
    uint32_t depth;
    uint32_t number;  // of the function
    bool shown;
    bool inside_focus;
    Time start;
    uint64_t inner;  // drawn time of the shown calls inside, up to now
  };

  const Role& RoleOf(uint32_t function);
  Time Next(uint64_t recorded);
  void Take(const workspace::Event& event, uint32_t block);
  void Enter(const workspace::Event& event, Time time, uint32_t block);
  // Takes the frames above `depth` off the stack.
  void LeaveAbove(uint32_t depth, Time time, Outcome outcome, Place place);
  void Leave(const Frame& frame, Time time, Outcome outcome, Place place);

  const tools::WorkspaceFile& file_;
  const Request& request_;
  FunctionIndex& functions_;
  Layout& layout_;
  absl::flat_hash_map<uint32_t, Role> roles_;
  // With conditions on values only: knows of each entered call whether it is shown. A layout can't
  // be told later, as the calls inside may be shown.
  std::optional<tools::ThreadCalls> ahead_;
  std::vector<Frame> open_;
  uint64_t events_ = 0;
  uint64_t calls_ = 0;
  absl::Status damage_;
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_CALL_FEED_H_
