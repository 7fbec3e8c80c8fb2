// Makes events as scripts see them of what a process has recorded.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_CALLS_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_CALLS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/workspace/reader.h"
#include "tools/live/live_event.h"
#include "tools/live/observer.h"

namespace omnitrace::tools {

// Remembers the calls that are open, so that an end can tell the arguments and how long it took.
class LiveCalls {
 public:
  explicit LiveCalls(Wanted wanted) : wanted_(std::move(wanted)) {}

  // False: nothing that is wanted. `event` must be whole while `live` is used.
  bool Take(const LiveOrigin& origin, const workspace::Reader& reader,
            const workspace::Event& event, LiveEvent* live);
  // What is wanted, or by whom events come, has changed.
  void Reset();

 private:
  struct Call {
    uint32_t depth = 0;
    uint32_t function = 0;
    uint64_t time = 0;
    std::string arguments;
  };
  // The calls that are open, outermost first. Those of others, which may be any number, and what
  // the process says of itself, which may be anything, have no place in it.
  struct Stack {
    size_t open = 0;
    std::vector<Call> calls;  // the first `open` of them; the others keep their memory
    size_t bytes = 0;         // of all of them

    // Those from this depth on have ended.
    void Cut(uint32_t depth);
  };

  // Of what is beyond these bounds the ends have no arguments.
  static constexpr size_t kMostOpen = 16 * 1024;
  static constexpr size_t kMostThreads = 64 * 1024;
  static constexpr size_t kManyThreads = 4096;
  static constexpr size_t kMostBytes = 256 << 20;

  void Forget();
  void ForgetIdle();
  bool IsWanted(const workspace::Function& function);
  void Enter(const workspace::Event& event);
  void Unwind(const workspace::Event& event);
  void Leave(const workspace::Event& event, LiveEvent* live);

  Wanted wanted_;
  std::vector<int8_t> is_wanted_;     // by id; -1: not asked yet
  std::map<uint32_t, Stack> stacks_;  // by thread
  size_t bytes_ = 0;                  // of all stacks
  size_t many_threads_ = kManyThreads;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_CALLS_H_
