// Reads a workspace behind its writer: the events of all threads as they come, and how many calls
// were overwritten before they could be read.
//
//   ASSIGN_OR_RETURN(std::unique_ptr<Follower> follower, Follower::Open(std::move(source), kNow));
//   while (...) {
//     RETURN_IF_ERROR(follower->Refresh());
//     while (follower->Next()) use(follower->event());
//   }
//
// The writer isn't trusted: whatever stands in the source is an error, or left out and counted. Of
// one thread events come in order; those of several nearly so. For one thread.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_FOLLOWER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_FOLLOWER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <queue>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/workspace/byte_source.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/slot_table.h"
#include "runtime/workspace/window_calls.h"

namespace omnitrace::workspace {

class FollowedMetadata;
class FollowedThread;

class Follower {
 public:
  enum class From : uint8_t {
    kBeginning,  // as far back as there is anything
    kNow,
  };
  // Errors: as Reader::Open().
  static absl::StatusOr<std::unique_ptr<Follower>> Open(std::unique_ptr<ByteSource> source,
                                                        From from);
  ~Follower();

  // Looks for what has been written since the last time. An error when it is no workspace any more;
  // FailedPrecondition when another recording has begun in its place.
  absl::Status Refresh();
  // False: that was all of it.
  bool Next();
  // Leaves out what there is but for the last block of each thread: those calls are lost.
  void SkipToLast();
  // Valid until the next Next().
  const Event& event() const;

  // Calls that were entered, and never read.
  uint64_t lost() const;
  // Blocks that could not be understood, and the rest of which was left out.
  uint64_t damaged() const;
  // The writer has come to its end: what has been written is all.
  bool has_ended() const;
  // Decodes the values. What it knows of functions and types grows with each Refresh(), what it
  // says of blocks doesn't. Threads of which nothing is left are forgotten.
  const Reader& reader() const { return *reader_; }

 private:
  Follower();
  void SkipAll();
  void Describe();
  bool IsWindow(uint64_t slot) const;
  bool IsReady(const FollowedThread& thread) const;
  uint64_t LostOf(const FollowedThread& thread) const;
  void Settle();
  size_t DescribeThreads();
  size_t RemoveGone();
  FollowedThread* ThreadOf(uint32_t index);
  void Queue(FollowedThread* thread);
  void See(uint32_t slot, const BlockHeader& before, const BlockHeader& now);

  std::unique_ptr<Reader> reader_;
  std::unique_ptr<FollowedMetadata> metadata_;
  SlotTable slots_;
  std::map<uint32_t, std::unique_ptr<FollowedThread>> threads_;
  WindowCalls windows_;
  // Those that have an event, the earliest first.
  using Queued = std::pair<uint64_t, FollowedThread*>;
  std::priority_queue<Queued, std::vector<Queued>, std::greater<>> queue_;
  FollowedThread* present_ = nullptr;
  uint64_t lost_by_gone_ = 0, damaged_by_gone_ = 0;
  mutable uint64_t told_lost_ = 0;  // it never falls, whatever the file says
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_FOLLOWER_H_
