// The way of events to the handlers: which functions are listened to, in which shapes, by batches.
#ifndef OMNITRACE_TOOLS_ATTACH_EVENT_FEED_H_
#define OMNITRACE_TOOLS_ATTACH_EVENT_FEED_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "tools/attach/environment.h"
#include "tools/attach/event_batch.h"
#include "tools/attach/event_packer.h"
#include "tools/attach/event_shape.h"
#include "tools/attach/script_error.h"
#include "tools/live/live_event.h"

namespace omnitrace::attach {

// In a pattern `*` stands for any characters. A leading :: is allowed, as in all globs.
bool PatternMatches(absl::string_view pattern, absl::string_view name);

class EventFeed {
 public:
  // All must outlive it.
  EventFeed(Engine* engine, Environment* environment, ErrorLog* errors);

  absl::Status Start();
  void Add(const tools::LiveEvent& event);
  void Flush();
  // See Script::TakeDropped.
  uint64_t TakeDropped() { return std::exchange(dropped_, 0); }
  void Forget(const tools::LiveOrigin& origin);

 private:
  // What is made of the events of one function and kind.
  struct Route {
    size_t patterns = 0;  // that it was matched with; newer ones make it void
    bool heard = false;
    uint32_t index = 0;  // of its shape in environment/listeners.js
    uint32_t name = 0;   // likewise
    EventShape shape;
  };
  // Functions and titles are told apart by their origin. An address may come back with another
  // process.
  struct Origin {
    uint64_t pid, start_unix_ns;
    std::string title;
    uint32_t index;  // in environment/listeners.js
    absl::flat_hash_map<uint64_t, std::unique_ptr<Route>> routes;
  };

  Origin* OriginOf(const tools::LiveOrigin& origin);
  bool SetOrigin(const tools::LiveOrigin& origin, uint32_t index);
  // Null: nobody listens, or it failed.
  const Route* RouteOf(const tools::LiveEvent& event, bool damaged, Origin* origin);
  void Match(const tools::LiveEvent& event, bool damaged, Route* route);
  void MakeShape(const tools::LiveEvent& event, bool damaged, const std::vector<size_t>& listening,
                 Route* route);
  bool SetName(const tools::LiveEvent& event, Route* route);
  bool Pack(const tools::LiveEvent& event, const Route& route, uint32_t origin);
  void Report(const tools::LiveEvent& event, absl::string_view what);
  void Deliver(const JS::HandleValueArray& arguments);
  void Abandon();
  void DropFrom(size_t place);

  Engine& engine_;
  Environment& environment_;
  ErrorLog& errors_;
  EventBatch batch_;
  EventPacker packer_;
  std::vector<size_t> calls_;  // where events lie in the batch that each begin one
  uint64_t dropped_ = 0;
  absl::flat_hash_map<const tools::LiveOrigin*, Origin> origins_;
  std::vector<uint32_t> free_origins_;
  uint32_t next_origin_ = 0;
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_EVENT_FEED_H_
