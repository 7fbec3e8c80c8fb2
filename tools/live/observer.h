// This tool as one that watches a live process.
#ifndef OMNITRACE_TOOLS_LIVE_OBSERVER_H_
#define OMNITRACE_TOOLS_LIVE_OBSERVER_H_

#include <cstdint>
#include <functional>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tools/live/live_file.h"
#include "tools/live/live_rules.h"

namespace omnitrace::tools {

// Which functions and probes, by name.
using Wanted = std::function<bool(absl::string_view name)>;

// What it turns on is on until it detaches, or the tool has ended, however: then the process, or
// another tool, clears it away. A process has kLiveObservers of them at one time, and one of a
// tool.
class Observer {
 public:
  // `file` must outlive it. Of what it turns on it wants what the rules say.
  static absl::StatusOr<std::unique_ptr<Observer>> Attach(const LiveFile& file,
                                                          const LiveRules& rules = {});
  ~Observer();
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  // Turns on what is wanted of all that is loaded by now, and that alone. How many there are; none
  // when it has detached.
  absl::StatusOr<uint64_t> TurnOn(const Wanted& wanted);
  absl::Status Detach();
  // Of what was recorded nothing will be read any more by this tool. After Detach().
  absl::Status Release();

  uint32_t place() const { return place_; }

 private:
  uint8_t bit() const { return LiveObserverBit(place_); }
  Observer(const LiveFile& file, uint32_t place) : file_(file), place_(place) {}

  const LiveFile& file_;
  const uint32_t place_;
  bool attached_ = true;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_OBSERVER_H_
