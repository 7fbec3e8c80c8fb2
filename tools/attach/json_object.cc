#include "tools/attach/json_object.h"

#include <string>

#include "js/Array.h"
#include "js/BigInt.h"
#include "js/Conversions.h"
#include "js/PropertyAndElement.h"
#include "tools/attach/strings.h"

namespace omnitrace::attach {
namespace {

using tools::Json;

template <typename Integer>
bool ToInteger(JSContext* context, Integer integer, JS::MutableHandleValue value) {
  if (FitsNumber(integer)) {
    value.setNumber(static_cast<double>(integer));
    return true;
  }
  JS::BigInt* big = JS::NumberToBigInt(context, integer);
  if (big != nullptr) value.setBigInt(big);
  return big != nullptr;
}

bool ToArray(JSContext* context, const Json& json, JS::MutableHandleValue value) {
  JS::RootedValueVector elements(context);
  if (!elements.reserve(json.size())) return false;
  for (const Json& element : json) {
    JS::RootedValue converted(context);
    if (!ToObject(context, element, &converted)) return false;
    elements.infallibleAppend(converted);
  }
  JSObject* array = JS::NewArrayObject(context, elements);
  if (array != nullptr) value.setObject(*array);
  return array != nullptr;
}

bool ToRecord(JSContext* context, const Json& json, JS::MutableHandleValue value) {
  JS::RootedObject object(context, JS_NewPlainObject(context));
  if (object == nullptr) return false;
  value.setObject(*object);
  for (const auto& member : json.items()) {
    JS::RootedString name(context, NewString(context, member.key()));
    JS::RootedId id(context);
    JS::RootedValue converted(context);
    // Defined, not set: a member may be called __proto__.
    if (name == nullptr || !JS_StringToId(context, name, &id) ||
        !ToObject(context, member.value(), &converted) ||
        !JS_DefinePropertyById(context, object, id, converted, JSPROP_ENUMERATE)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool ToObject(JSContext* context, const Json& json, JS::MutableHandleValue value) {
  switch (json.type()) {
    case Json::value_t::boolean:
      value.setBoolean(json.get<bool>());
      return true;
    case Json::value_t::number_integer:
      return ToInteger(context, json.get<int64_t>(), value);
    case Json::value_t::number_unsigned:
      return ToInteger(context, json.get<uint64_t>(), value);
    case Json::value_t::number_float:
      value.setNumber(json.get<double>());
      return true;
    case Json::value_t::string: {
      JSString* string = NewString(context, json.get_ref<const std::string&>());
      if (string != nullptr) value.setString(string);
      return string != nullptr;
    }
    case Json::value_t::array:
      return ToArray(context, json, value);
    case Json::value_t::object:
      return ToRecord(context, json, value);
    default:
      value.setNull();
      return true;
  }
}

}  // namespace omnitrace::attach
