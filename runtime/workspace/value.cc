#include "runtime/workspace/value.h"

namespace omnitrace::workspace {

bool Value::is_cut() const {
  switch (kind) {
    case Kind::kString:
      return true_size > (held_units != 0 ? held_units : text.size());
    case Kind::kSequence:
      return true_size > fields.size();
    case Kind::kMap:
      return true_size > fields.size() / 2;
    default:
      return false;
  }
}

}  // namespace omnitrace::workspace
