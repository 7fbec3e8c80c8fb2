// Values for the tests of printers.
#ifndef OMNITRACE_TESTS_UNIT_TOOLS_VALUES_H_
#define OMNITRACE_TESTS_UNIT_TOOLS_VALUES_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "runtime/workspace/value.h"

namespace omnitrace::testing {

using workspace::Field;
using workspace::Value;

inline Value Number(Value::Kind kind, uint64_t number, std::string type = "") {
  Value value;
  value.kind = kind;
  value.number = number;
  value.type = std::move(type);
  return value;
}

inline Value Int(int64_t number) {
  return Number(Value::Kind::kSigned, static_cast<uint64_t>(number));
}

inline Value Real(double real, std::string type = "double") {
  Value value = Number(Value::Kind::kDouble, 0, std::move(type));
  value.real = real;
  return value;
}

inline Value WithText(Value::Kind kind, std::string text, std::string type = "") {
  Value value = Number(kind, 0, std::move(type));
  value.text = std::move(text);
  return value;
}

// `true_size` 0: not cut.
inline Value String(std::string text, uint64_t true_size = 0) {
  Value value = WithText(Value::Kind::kString, std::move(text));
  value.true_size = true_size == 0 ? value.text.size() : true_size;
  value.held_units = value.text.size();
  return value;
}

inline Value With(Value::Kind kind, std::vector<Field> fields, uint64_t true_size = 0) {
  Value value = Number(kind, 0);
  uint64_t held = kind == Value::Kind::kMap ? fields.size() / 2 : fields.size();
  value.true_size = true_size == 0 ? held : true_size;
  value.fields = std::move(fields);
  return value;
}

inline Value PointerTo(uint64_t address, std::vector<Field> target = {}, bool smart = false) {
  Value value = With(Value::Kind::kPointer, std::move(target));
  value.number = address;
  value.smart = smart;
  return value;
}

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_UNIT_TOOLS_VALUES_H_
