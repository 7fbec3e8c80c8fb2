#include "tests/unit/workspace/transcript.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace omnitrace::workspace {
namespace {

std::string DescribeFields(const Value& value) {
  return absl::StrJoin(value.fields, ", ", [](std::string* out, const Field& field) {
    if (!field.name.empty()) absl::StrAppend(out, field.name, ": ");
    absl::StrAppend(out, Describe(field.value));
  });
}

std::string Cut(const Value& value) {
  return value.is_cut() ? absl::StrCat("...", value.true_size) : "";
}

std::string DescribeArguments(const std::vector<Reader::Argument>& arguments) {
  return absl::StrJoin(arguments, ", ", [](std::string* out, const Reader::Argument& argument) {
    absl::StrAppend(out, argument.parameter->name, ": ", Describe(argument.value));
  });
}

std::string DescribeCall(const Reader& reader, const Event& event, bool* damaged) {
  const Function& function = reader.function(event.function);
  switch (event.kind) {
    case Event::Kind::kEnter: {
      auto arguments = reader.DecodeArguments(function, event.bytes);
      if (!arguments.ok()) break;
      return absl::StrCat("enter ", event.depth, " #", event.ordinal, " ", function.name, "(",
                          DescribeArguments(*arguments), ")");
    }
    case Event::Kind::kChanged: {
      auto arguments = reader.DecodeChanged(function, event.bytes);
      if (!arguments.ok()) break;
      return absl::StrCat("changed ", event.depth, " ", function.name, "(",
                          DescribeArguments(*arguments), ")");
    }
    case Event::Kind::kLeave: {
      auto result = reader.DecodeResult(function, event.bytes);
      if (!result.ok()) break;
      return absl::StrCat("leave ", event.depth, " ", function.name, " = ", Describe(*result));
    }
    case Event::Kind::kThrow:
      return absl::StrCat("throw ", event.depth, " ", function.name, " ", event.thrown_type, ": ",
                          event.thrown_what);
    case Event::Kind::kUnwound:
      return absl::StrCat("unwound ", event.depth);
    case Event::Kind::kDropped:
      return absl::StrCat("dropped ", event.depth, " ", static_cast<int>(event.reason), " x",
                          event.count);
  }
  *damaged = true;
  return "undecodable";
}

}  // namespace

std::string Describe(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kVoid:
      return "void";
    case Value::Kind::kNull:
    case Value::Kind::kNumberText:
      return value.text;
    case Value::Kind::kBool:
      return value.number != 0 ? "true" : "false";
    case Value::Kind::kSigned:
      return absl::StrCat(value.as_signed());
    case Value::Kind::kUnsigned:
      return absl::StrCat(value.number, "u");
    case Value::Kind::kDouble:
      return value.text.empty() ? absl::StrCat(value.real) : value.text;
    case Value::Kind::kCharacter:
      return absl::StrCat(value.type, " ", value.number);
    case Value::Kind::kEnum:
      return absl::StrCat(value.type, value.scoped ? "::" : ".", value.text, "(", value.as_signed(),
                          ")");
    case Value::Kind::kString:
      return absl::StrCat("\"", value.text, "\"", Cut(value));
    case Value::Kind::kSequence:
      return absl::StrCat("[", DescribeFields(value), "]", Cut(value));
    case Value::Kind::kMap:
      return absl::StrCat("map[", DescribeFields(value), "]", Cut(value));
    case Value::Kind::kRecord:
      return absl::StrCat("{", DescribeFields(value), "}");
    case Value::Kind::kTuple:
      return absl::StrCat("(", DescribeFields(value), ")");
    case Value::Kind::kPointer:
      return absl::StrCat(value.smart ? "smart " : "",
                          value.uses < 0 ? "" : absl::StrCat(value.uses, " "), "0x",
                          absl::Hex(value.number),
                          value.fields.empty() ? "" : " -> ", DescribeFields(value));
    case Value::Kind::kFunctionPointer:
      return absl::StrCat("&0x", absl::Hex(value.number));
    case Value::Kind::kOptional:
      return absl::StrCat("some ", DescribeFields(value));
    case Value::Kind::kOpaque:
      return absl::StrCat("<", value.type, " at 0x", absl::Hex(value.number), ">");
    case Value::Kind::kUnreadable:
      return absl::StrCat("unreadable 0x", absl::Hex(value.number));
    case Value::Kind::kCut:
      return absl::StrCat("cut ", value.type);
    case Value::Kind::kComplex:
      return absl::StrCat("complex(", DescribeFields(value), ")");
    case Value::Kind::kLabelled:
      return absl::StrCat(value.text, "(", DescribeFields(value), ")");
    case Value::Kind::kTypeName:
      return absl::StrCat("type ", value.text);
  }
  return "no such kind";
}

Transcript ReadAll(const Reader& reader) {
  Transcript transcript;
  for (const Thread& thread : reader.threads()) {
    EventCursor cursor(reader, thread.index);
    while (cursor.Next()) {
      const Event& event = cursor.event();
      transcript.lines.push_back(absl::StrCat(event.thread, " @", event.time, " ",
                                              DescribeCall(reader, event, &transcript.damaged)));
    }
    if (!cursor.status().ok()) transcript.damaged = true;
  }
  return transcript;
}

}  // namespace omnitrace::workspace
