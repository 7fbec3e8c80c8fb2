// How one kind of event of one function is packed, and the JavaScript that makes an object of it.
#ifndef OMNITRACE_TOOLS_ATTACH_EVENT_SHAPE_H_
#define OMNITRACE_TOOLS_ATTACH_EVENT_SHAPE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/reader.h"
#include "tools/live/live_event.h"

namespace omnitrace::attach {

// A type whose values are taken straight from a record's bytes.
struct PlainType {
  enum class Kind : uint8_t {
    kNone,  // it is not plain: by way of workspace::Value
    kBool,
    kSigned,
    kUnsigned,
    kCharacter,
    kFloat,
    kDouble,
    kEnum,
    kText,
    kCString,
  };

  Kind kind = Kind::kNone;
  bool is_signed = false;                               // kEnum
  absl::flat_hash_map<uint64_t, uint32_t> enumerators;  // kEnum: the place of a number's name
  std::vector<std::string> names;                       // kEnum

  // Its values are one in the numbers of an event; others lie among the values.
  bool is_number() const { return kind < Kind::kText && kind != Kind::kNone; }
};

// What an event takes of the numbers before those of its shape: see environment/listeners.js.
inline constexpr size_t kEventHead = 7;

struct EventShape {
  // All are plain, or none is packed so: a value that isn't cannot be skipped without its type.
  bool plain_arguments = false;
  std::vector<PlainType> arguments;
  bool has_result = false, has_thrown = false, has_duration = false;
  PlainType result;             // has_result
  size_t numbers = kEventHead;  // that an event takes
  // JavaScript for listeners.shape: what is defined once, and what defines `event` each time.
  std::string constants, statements;
};

// Of all events with this function, kind and has_arguments; its name is not in it. `damaged` ones
// have neither arguments nor a result.
EventShape MakeShape(const tools::LiveEvent& event, bool damaged);

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_EVENT_SHAPE_H_
