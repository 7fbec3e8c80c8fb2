// Reads the calls that a filter shows, and hands them to a layout as the boxes they become.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_CALL_FEED_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_CALL_FEED_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "runtime/workspace/reader.h"
#include "tools/flamegraph/box.h"
#include "tools/flamegraph/function_index.h"
#include "tools/flamegraph/layout.h"
#include "tools/flamegraph/request.h"
#include "tools/flamegraph/stack_layout.h"
#include "tools/model/thread_calls.h"
#include "tools/model/workspace_set.h"

namespace omnitrace::flamegraph {

// The threads of one file, or a stretch of one thread.
class CallFeed {
 public:
  // All arguments must outlive the feed. `stacks` is the layout, when it is one of stacks: then all
  // cores read stretches.
  CallFeed(const tools::WorkspaceFile& file, const Request& request, FunctionIndex& functions,
           Layout& layout, StackLayout* stacks);
  // Of a stretch of a thread. What it ends of the calls before it, it remembers.
  CallFeed(const tools::WorkspaceFile& file, const Request& request);

  // Hands over the calls of a thread as lane number `lane`; returns how many there were.
  // `on_blocks` is told how many of its blocks are done.
  uint64_t Run(const workspace::Thread& thread, uint32_t lane,
               const std::function<void(size_t)>& on_blocks);

  void Take(const workspace::Event& event, size_t block);
  bool CanAppend(const CallFeed& next) const {
    return !next.IsTooLarge() && stacks_->CanAppend(*next.stacks_);
  }
  void Append(const CallFeed& next);

  // The first damage met.
  const absl::Status& damage() const { return damage_; }

 private:
  // 6 MB at most; 16 stretches wait for each other when two cores read.
  static constexpr size_t kMaxStretchStacks = size_t{1} << 16;
  static constexpr size_t kMaxStretchFrames = size_t{1} << 13;

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
  // Of calls from before the stretch, and the time right inside of them since the one before.
  struct FarEnd {
    uint32_t depth;
    Time time;
    Outcome outcome;
    uint64_t inner;
  };
  // Of a stretch: it isn't worth its memory then, and takes no more.
  bool IsTooLarge() const {
    return own_stacks_ && (own_stacks_->stacks() > kMaxStretchStacks ||
                           open_.size() + far_ends_.size() > kMaxStretchFrames);
  }
  const Role& RoleOf(uint32_t function);
  uint32_t NumberOf(uint32_t id, const workspace::Function& function);
  Time Next(uint64_t recorded);
  void Enter(const workspace::Event& event, Time time, Place place);
  // Takes the frames above `depth` off the stack. There is no register left for a place: by value
  // it took 7 % of the time.
  void LeaveAbove(uint32_t depth, Time time, Outcome outcome, const Place& place);
  void EndFar(uint32_t depth, Time time, Outcome outcome);
  void Leave(const Frame& frame, Time time, Outcome outcome, const Place& place);
  void AddInner(uint64_t time) { (open_.empty() ? inner_ : open_.back().inner) += time; }
  // Gives the numbers of the functions of `next`.
  std::vector<uint32_t> AppendFunctions(const CallFeed& next);

  const tools::WorkspaceFile& file_;
  const Request& request_;
  FunctionIndex* const functions_;         // null in a stretch, which has its own
  std::vector<Share> own_totals_;          // numbers, of the file's ids,
  std::optional<StackLayout> own_stacks_;  // and layout
  std::vector<Share>& totals_;             // of functions, by number
  Layout& layout_;
  StackLayout* const stacks_;  // null: stretches can't be appended
  absl::flat_hash_map<uint32_t, Role> roles_;
  // With conditions on values only: knows of each entered call whether it is shown. A layout can't
  // be told later, as the calls inside may be shown.
  std::optional<tools::ThreadCalls> ahead_;
  std::vector<Frame> open_;
  std::vector<FarEnd> far_ends_;
  uint32_t floor_ = 0;  // calls from before that may still be open are less deep
  uint64_t inner_ = 0;  // right inside of them, since the last far end
  uint64_t events_ = 0;
  uint64_t calls_ = 0;
  absl::Status damage_;
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_CALL_FEED_H_
