// One event of a live process, as scripts see it: a function's entry, its end, or a probe.
#ifndef OMNITRACE_TOOLS_LIVE_LIVE_EVENT_H_
#define OMNITRACE_TOOLS_LIVE_LIVE_EVENT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "runtime/workspace/reader.h"

namespace omnitrace::tools {

// The process that events come from. Lives as long as its events do; the title may change.
struct LiveOrigin {
  uint64_t pid = 0;
  std::string title;
  std::string hostname;
  uint64_t start_unix_ns = 0;  // what LiveEvent::time counts from
};

// All that it points to is valid until the next event is asked for, but for `origin`, which lives
// until the process's events are read no more. A function's address may change; its id in an origin
// doesn't, until that is to be forgotten (Watch).
struct LiveEvent {
  enum class Kind : uint8_t { kEnter, kReturn, kThrow, kProbe };

  Kind kind;
  bool has_arguments;  // false: the entry was lost
  const LiveOrigin* origin;
  const workspace::Reader* reader;  // decodes the values
  const workspace::Function* function;
  uint32_t thread;    // index in its recording, from 1
  uint32_t depth;     // recorded callers
  uint64_t time;      // nanoseconds since origin->start_unix_ns
  uint64_t duration;  // nanoseconds; of a return and a throw whose entry is known

  absl::string_view arguments;                               // of a return and a throw, too
  absl::string_view result;                                  // kReturn
  absl::string_view thrown_type, thrown_what, thrown_value;  // kThrow; the last one may be empty
};

// Calls are counted by these.
inline bool BeginsCall(const LiveEvent& event) {
  return event.kind == LiveEvent::Kind::kEnter || event.kind == LiveEvent::Kind::kProbe;
}

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_LIVE_EVENT_H_
