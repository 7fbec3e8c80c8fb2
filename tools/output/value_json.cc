#include "tools/output/value_json.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

using workspace::Field;
using workspace::Value;

class JsonBuilder {
 public:
  explicit JsonBuilder(const ValueStyle& style) : style_(style) {}

  Json Build(const Value& value) const {
    if (value.overlaps_address && style_.stable) return Address(value);
    switch (value.kind) {
      case Value::Kind::kVoid:
      case Value::Kind::kNull:
        return nullptr;
      case Value::Kind::kBool:
        return value.number > 1 ? Json(BoolText(value)) : Json(value.number == 1);
      case Value::Kind::kSigned:
        return value.as_signed();
      case Value::Kind::kUnsigned:
        return value.number;
      case Value::Kind::kDouble:
        return Double(value);
      case Value::Kind::kNumberText:
        return TextToJson(value.text);
      case Value::Kind::kCharacter:
        return Character(value);
      case Value::Kind::kEnum:
        return EnumeratorName(value);
      case Value::Kind::kString:
        return Cut(value, String(value));
      case Value::Kind::kSequence:
        return Cut(value, Array(value));
      case Value::Kind::kMap:
        return Cut(value, HasObjectKeys(value) ? Object(value) : Pairs(value));
      case Value::Kind::kRecord:
        return Record(value);
      case Value::Kind::kTuple:
        return Array(value);
      case Value::Kind::kPointer:
        return Pointer(value);
      case Value::Kind::kFunctionPointer:
        return value.text.empty() ? Json(Address(value)) : TextToJson(value.text);
      case Value::Kind::kOptional:
        return value.fields.empty() ? Json(nullptr) : Build(value.fields[0].value);
      case Value::Kind::kComplex:
        return Array(value);
      case Value::Kind::kLabelled:
        return Labelled(value);
      case Value::Kind::kTypeName:
        return TextToJson(ClassName(value));
      case Value::Kind::kOpaque:
        return Json::object({{"type", Escaped(value.type)}, {"at", Address(value)}});
      case Value::Kind::kUnreadable:
        return Json::object({{"at", Address(value)}, {"unreadable", true}});
      case Value::Kind::kCut:
        return Json::object({{"type", Escaped(value.type)}, {"cut", true}});
    }
    return nullptr;
  }

 private:
  std::string Address(const Value& value) const { return AddressText(value.number, style_); }

  static Json Double(const Value& value) {
    if (!value.text.empty()) return TextToJson(value.text);
    if (std::isfinite(value.real)) return value.real;
    return std::isnan(value.real) ? "NaN" : value.real > 0 ? "Infinity" : "-Infinity";
  }

  static Json Character(const Value& value) {
    std::string text;
    uint32_t code = CodeUnit(value);
    if (code < 0x80) {
      text += static_cast<char>(code);
    } else if (UnqualifiedName(value.type) == "char" || !AppendUtf8(code, &text)) {
      return Json::object({{"escaped", absl::StrCat("\\x", absl::Hex(code))}});
    }
    return text;
  }

  static Json String(const Value& value) {
    if (value.escaped) return Json::object({{"escaped", Escaped(value.text)}});
    return TextToJson(HeldText(value));
  }

  static Json Cut(const Value& value, Json held) {
    if (!value.is_cut() && !value.torn) return held;
    Json cut = {{"size", value.true_size}, {"head", std::move(held)}};
    if (value.torn) cut["torn"] = true;
    return cut;
  }

  Json Array(const Value& value) const {
    Json array = Json::array();
    for (const Field& field : value.fields) array.push_back(Build(field.value));
    return array;
  }

  // Without losing anything: all keys are whole, different strings.
  static bool HasObjectKeys(const Value& map) {
    if (map.fields.empty()) return HasTextKeys(map.type);
    std::set<absl::string_view> seen;
    for (size_t i = 0; i + 1 < map.fields.size(); i += 2) {
      const Value& key = map.fields[i].value;
      if (key.kind != Value::Kind::kString || key.is_cut() || key.escaped) return false;
      if (!IsUtf8(key.text)) return false;
      if (!seen.insert(key.text).second) return false;
    }
    return true;
  }

  // Of an empty map only the type can tell: std::map<std::__cxx11::basic_string<...
  static bool HasTextKeys(absl::string_view type) {
    absl::string_view key = type.substr(std::min(type.find('<') + 1, type.size()));
    return absl::StrContains(key.substr(0, key.find_first_of("<,>")), "string");
  }

  Json Object(const Value& map) const {
    Json object = Json::object();
    for (size_t i = 0; i + 1 < map.fields.size(); i += 2) {
      object.emplace(map.fields[i].value.text, Build(map.fields[i + 1].value));
    }
    return object;
  }

  Json Pairs(const Value& map) const {
    Json pairs = Json::array();
    for (size_t i = 0; i + 1 < map.fields.size(); i += 2) {
      pairs.push_back(Json::array({Build(map.fields[i].value), Build(map.fields[i + 1].value)}));
    }
    return pairs;
  }

  Json Record(const Value& value) const {
    Json object = Json::object();
    AddObject(value, &object);
    return object;
  }

  void AddObject(const Value& record, Json* object) const {
    if (record.dynamic) AddMember("type", Escaped(record.type), object);
    AddFields(record, object);
  }

  // The members of an anonymous struct or union are members of the class around it.
  void AddFields(const Value& record, Json* object) const {
    for (const Field& field : record.fields) {
      if (field.name.empty() && field.value.kind == Value::Kind::kRecord) {
        AddFields(field.value, object);
      } else {
        AddMember(field.name, Build(field.value), object);
      }
    }
  }

  Json Pointer(const Value& value) const {
    if (value.fields.empty()) return Address(value);
    const Value& target = value.fields[0].value;
    if (value.smart) return Build(target);
    Json object = Json::object({{"at", Address(value)}});
    if (target.kind == Value::Kind::kRecord) {
      AddObject(target, &object);
    } else {
      object["value"] = Build(target);
    }
    return object;
  }

  Json Labelled(const Value& value) const {
    Json object = Json::object();
    AddMember(value.text, value.fields.empty() ? Json(nullptr) : Build(value.fields[0].value),
              &object);
    return object;
  }

  const ValueStyle& style_;
};

}  // namespace

Json ToJson(const Value& value, const ValueStyle& style) { return JsonBuilder(style).Build(value); }

Json TextToJson(absl::string_view text) {
  if (IsUtf8(text)) return std::string(text);
  return Json::object({{"escaped", Escaped(text, "\\")}});
}

void AddMember(absl::string_view name, Json value, Json* object) {
  std::string key = IsUtf8(name) ? std::string(name) : Escaped(name);
  for (int i = 2; object->contains(key); ++i) key = absl::StrCat(Escaped(name), "#", i);
  object->emplace(std::move(key), std::move(value));
}

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace omnitrace::tools
