// Tells the calls that were recorded for other observers of a process alone.
#ifndef OMNITRACE_TOOLS_LIVE_FOREIGN_CALLS_H_
#define OMNITRACE_TOOLS_LIVE_FOREIGN_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "runtime/workspace/reader.h"

namespace omnitrace::tools {

// Sees all events of a process, in order.
class ForeignCalls {
 public:
  // `place` is this observer's. `judged`: for it are only calls that the process has judged by its
  // rules.
  ForeignCalls(uint32_t place, bool judged) : place_(place), judged_(judged) {}

  // Of an entry, without a look at others: whether it is for this observer.
  bool IsFor(const workspace::Event& enter) const;
  // Whether the event is of a call that isn't for it.
  bool Has(const workspace::Event& event);
  // Another recording has begun.
  void Forget() { open_.clear(); }

 private:
  // Of more threads than that it forgets what is open: then ends of calls may pass that aren't for
  // this observer, without their entries.
  static constexpr size_t kMostThreads = 64 * 1024;

  const uint32_t place_;
  const bool judged_;
  // Depths of those that are open, by thread; threads without any have no row.
  std::map<uint32_t, std::vector<uint32_t>> open_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_FOREIGN_CALLS_H_
