#include "tools/attach/event_shape.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/workspace/format.h"
#include "tools/output/value_json.h"
#include "tools/support/utf8.h"

namespace omnitrace::attach {
namespace {

using tools::Json;
using tools::LiveEvent;
using workspace::ParameterInfo;
using workspace::Reader;
using workspace::TypeInfo;
using Kind = PlainType::Kind;

constexpr absl::string_view kReserved[] = {"timestamp", "title", "pid",   "name", "hostname",
                                           "thread",    "time",  "event", "props"};

PlainType EnumType(const TypeInfo& type) {
  PlainType plain;
  plain.kind = Kind::kEnum;
  plain.is_signed = (type.flags & kTypeSigned) != 0;
  for (const workspace::TypeMember& enumerator : type.members) {
    auto place = static_cast<uint32_t>(plain.names.size());
    if (plain.enumerators.emplace(static_cast<uint64_t>(enumerator.offset), place).second) {
      plain.names.push_back(tools::Escaped(enumerator.name));
    }
  }
  return plain;
}

bool HasByteElements(const Reader& reader, const TypeInfo& type) {
  const TypeInfo* element = reader.type(type.element);
  return element == nullptr || element->size == 1;
}

Kind KindOf(const Reader& reader, const TypeInfo& type) {
  switch (type.kind) {
    case TypeKind::kBool:
      return Kind::kBool;
    case TypeKind::kSigned:
      return type.size <= 8 ? Kind::kSigned : Kind::kNone;
    case TypeKind::kUnsigned:
      return type.size <= 8 ? Kind::kUnsigned : Kind::kNone;
    case TypeKind::kChar:
      return Kind::kCharacter;
    case TypeKind::kFloat:
      return type.size == 4 ? Kind::kFloat : type.size == 8 ? Kind::kDouble : Kind::kNone;
    case TypeKind::kText:
      return HasByteElements(reader, type) ? Kind::kText : Kind::kNone;
    case TypeKind::kCString:
      return HasByteElements(reader, type) ? Kind::kCString : Kind::kNone;
    default:
      return Kind::kNone;
  }
}

PlainType PlainTypeOf(const Reader& reader, uint32_t id) {
  const TypeInfo* type = reader.type(id);
  // A reference's value is its referent's; one to a reference doesn't exist, but in a bad file.
  if (type != nullptr && type->kind == TypeKind::kReference) type = reader.type(type->element);
  if (type == nullptr) return {};
  if (type->kind == TypeKind::kEnum && type->size <= 8) return EnumType(*type);
  PlainType plain;
  plain.kind = KindOf(reader, *type);
  return plain;
}

// Any text as a literal; JSON's are JavaScript's.
std::string Literal(absl::string_view text) {
  return tools::Dump(tools::IsUtf8(text) ? std::string(text) : tools::Escaped(text));
}

// An own property. Only a computed one may be called __proto__, and it is slower.
std::string Member(absl::string_view name, absl::string_view value) {
  std::string literal = Literal(name);
  return name == "__proto__" ? absl::StrCat("[", literal, "]: ", value, ", ")
                             : absl::StrCat(literal, ": ", value, ", ");
}

class ShapeWriter {
 public:
  ShapeWriter(const LiveEvent& event, bool damaged) : event_(event), damaged_(damaged) {}

  EventShape Write() && {
    text_ = absl::StrCat(
        "timestamp: numbers[at + 2], title: origin.title, pid: origin.pid, "
        "name: names[numbers[at + 6]], hostname: origin.hostname, thread: numbers[at + 3], "
        "time: numbers[at + 4], event: '",
        EventName(), "', ");
    bool has_arguments = event_.has_arguments && !damaged_;
    if (has_arguments) PlanArguments();
    if (event_.kind == LiveEvent::Kind::kProbe) {
      if (has_arguments) AddProperties();
    } else {
      if (has_arguments) AddArguments();
      AddEnd();
    }
    absl::StrAppend(&shape_.statements, "const event = {", text_, "};");
    return std::move(shape_);
  }

 private:
  absl::string_view EventName() const {
    switch (event_.kind) {
      case LiveEvent::Kind::kEnter:
        return "enter";
      case LiveEvent::Kind::kReturn:
        return "return";
      case LiveEvent::Kind::kThrow:
        return "throw";
      case LiveEvent::Kind::kProbe:
        return "probe";
    }
    return "";
  }

  void PlanArguments() {
    for (const ParameterInfo& parameter : event_.function->parameters) {
      shape_.arguments.push_back(PlainTypeOf(*event_.reader, parameter.type));
    }
    shape_.plain_arguments =
        std::none_of(shape_.arguments.begin(), shape_.arguments.end(),
                     [](const PlainType& type) { return type.kind == Kind::kNone; });
    if (!shape_.plain_arguments) {
      for (PlainType& type : shape_.arguments) type = PlainType();
    }
  }

  // The variable that holds the next value, of this type. Values are taken in the order in which
  // they were packed, which is not the order of properties.
  std::string Take(const PlainType& type) {
    std::string variable = absl::StrCat("taken", taken_++);
    absl::StrAppend(&shape_.statements, "const ", variable, " = ");
    if (type.is_number()) {
      // NaN: what the number doesn't say is among the values.
      absl::StrAppend(&shape_.statements, "(number = numbers[at + ", shape_.numbers++,
                      "]) === number ? ", Shown(type), " : ");
    }
    shape_.statements += "values[value++];\n";
    return variable;
  }

  // The JavaScript value that `number` means.
  std::string Shown(const PlainType& type) {
    switch (type.kind) {
      case Kind::kBool:
        return "number === 1";
      case Kind::kCharacter:
        return "String.fromCharCode(number)";
      case Kind::kEnum:
        absl::StrAppend(&shape_.constants, "const names", taken_, " = ",
                        tools::Dump(Json(type.names)), ";\n");
        return absl::StrCat("names", taken_, "[number]");
      default:
        return "number";
    }
  }

  std::string Name(size_t index) const {
    const std::string& name = event_.function->parameters[index].name;
    return name.empty() ? absl::StrCat("#", index + 1) : name;
  }

  void AddProperties() {
    Json own = Json::object(), clashing = Json::object();
    for (size_t i = 0; i < shape_.arguments.size(); ++i) {
      std::string name = Name(i);
      bool reserved =
          std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved);
      tools::AddMember(name, Take(shape_.arguments[i]), reserved ? &clashing : &own);
    }
    AddObject(own);
    if (clashing.empty()) return;
    text_ += "props: {";
    AddObject(clashing);
    text_ += "}, ";
  }

  void AddArguments() {
    Json args = Json::object();
    std::string self;
    for (size_t i = 0; i < shape_.arguments.size(); ++i) {
      bool is_this = (event_.function->parameters[i].flags & kParameterThis) != 0;
      std::string value = Take(shape_.arguments[i]);
      if (is_this) {
        self = std::move(value);
      } else {
        tools::AddMember(Name(i), std::move(value), &args);
      }
    }
    text_ += "args: {";
    AddObject(args);
    text_ += "}, ";
    if (!self.empty()) absl::StrAppend(&text_, "this: ", self, ", ");
  }

  void AddObject(const Json& members) {
    for (const auto& member : members.items()) {
      text_ += Member(member.key(), member.value().get_ref<const std::string&>());
    }
  }

  void AddEnd() {
    if (event_.kind == LiveEvent::Kind::kEnter) return;
    shape_.has_thrown = event_.kind == LiveEvent::Kind::kThrow && !damaged_;
    if (shape_.has_thrown) {
      absl::StrAppend(&text_, "thrown: ", Take(PlainType()), ", ");
    }
    shape_.has_result =
        event_.kind == LiveEvent::Kind::kReturn && event_.function->result != 0 && !damaged_;
    if (shape_.has_result) {
      shape_.result = PlainTypeOf(*event_.reader, event_.function->result);
      absl::StrAppend(&text_, "return: ", Take(shape_.result), ", ");
    }
    shape_.has_duration = event_.has_arguments;
    if (shape_.has_duration) {
      absl::StrAppend(&text_, "duration: numbers[at + ", shape_.numbers++, "], ");
    }
  }

  const LiveEvent& event_;
  const bool damaged_;
  EventShape shape_;
  std::string text_;  // of the event's properties
  size_t taken_ = 0;
};

}  // namespace

EventShape MakeShape(const LiveEvent& event, bool damaged) {
  return ShapeWriter(event, damaged).Write();
}

}  // namespace omnitrace::attach
