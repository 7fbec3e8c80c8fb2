// Puts what an event holds into a batch, as its shape says.
#ifndef OMNITRACE_TOOLS_ATTACH_EVENT_PACKER_H_
#define OMNITRACE_TOOLS_ATTACH_EVENT_PACKER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/byte_parser.h"
#include "runtime/workspace/value.h"
#include "tools/attach/event_batch.h"
#include "tools/attach/event_shape.h"
#include "tools/live/live_event.h"
#include "tools/output/value_json.h"

namespace omnitrace::attach {

// What environment/listeners.js has of an event in its tables.
struct EventIndices {
  uint32_t shape, origin, name;
};

class EventPacker {
 public:
  EventPacker(JSContext* context, EventBatch* batch) : context_(context), batch_(*batch) {}

  // Errors: DataLoss, the values are damaged; ResourceExhausted, the script's heap is full. The
  // batch has a part of the event then.
  absl::Status Pack(const tools::LiveEvent& event, const EventShape& shape,
                    const EventIndices& indices);

 private:
  absl::Status PackArguments(const tools::LiveEvent& event, const EventShape& shape);
  absl::Status PackResult(const tools::LiveEvent& event, const EventShape& shape);
  absl::Status PackThrown(const tools::LiveEvent& event);

  // The short way, from the bytes. False when they hold something that is rare (an invalid enum, a
  // cut text, a NaN), or are damaged: nobody knows how much of them was packed then.
  bool PackPlain(const PlainType& type, workspace::ByteParser* in);
  bool PackInteger(uint64_t bits, bool is_signed);
  bool PackText(bool has_address, workspace::ByteParser* in);

  // The long way, which knows all values.
  absl::Status Add(const tools::Json& json, const PlainType& type);
  absl::Status OutOfMemory();

  JSContext* const context_;
  EventBatch& batch_;
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_EVENT_PACKER_H_
