// JSON as JavaScript values: how values that are not plain reach a script.
#ifndef OMNITRACE_TOOLS_ATTACH_JSON_OBJECT_H_
#define OMNITRACE_TOOLS_ATTACH_JSON_OBJECT_H_

#include <cstdint>

#include "js/RootingAPI.h"
#include "jsapi.h"
#include "tools/output/value_json.h"

namespace omnitrace::attach {

// Integers beyond this are BigInts (Number.MAX_SAFE_INTEGER).
inline constexpr int64_t kLargestNumber = (int64_t{1} << 53) - 1;

constexpr bool FitsNumber(int64_t integer) {
  return integer <= kLargestNumber && integer >= -kLargestNumber;
}
constexpr bool FitsNumber(uint64_t integer) {
  return integer <= static_cast<uint64_t>(kLargestNumber);
}

// False: an exception is pending (memory is out). Bounded as the JSON is: a decoded value has 64
// levels at most.
bool ToObject(JSContext* context, const tools::Json& json, JS::MutableHandleValue value);

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_JSON_OBJECT_H_
