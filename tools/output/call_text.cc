#include "tools/output/call_text.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/workspace/format.h"
#include "tools/output/units.h"
#include "tools/output/value_text.h"
#include "tools/support/demangle.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

using workspace::Reader;
using workspace::Value;

constexpr absl::string_view kDamaged = "<damaged>";

bool HasMembers(const Value& object) {
  return object.fields.empty() || object.fields[0].value.kind != Value::Kind::kRecord ||
         !object.fields[0].value.fields.empty();
}

bool IsOfInterest(const Call& call, const Reader::Argument& argument) {
  if (!(argument.parameter->flags & kParameterThis)) return true;
  return !(call.function->flags & kFunctionConstructor) && HasMembers(argument.value);
}

// The object itself: that `this` is a pointer is no news.
const Value& Shown(const Reader::Argument& argument) {
  bool is_this = argument.parameter->flags & kParameterThis;
  bool has_object = is_this && !argument.value.fields.empty();
  return has_object ? argument.value.fields[0].value : argument.value;
}

// What a constructor has made stands where other calls have their result.
bool IsMade(const Call& call, const Reader::Argument& argument) {
  return (call.function->flags & kFunctionConstructor) &&
         (argument.parameter->flags & kParameterThis);
}

// "coin=", "foo::Coin coin=", "foo::Coin &coin=". Without a name it is the type alone, if any.
void AppendLabel(const Call& call, const Reader::Argument& argument, absl::string_view name,
                 const TextStyle& style, std::string* out) {
  std::string label;
  if (style.values.types) {
    label = Escaped(TypeNameOf(call, *argument.parameter));
    bool touches = absl::EndsWith(label, "*") || absl::EndsWith(label, "&");
    if (name.empty() || !touches) label += ' ';
  }
  if (!name.empty()) absl::StrAppend(&label, Escaped(name), "=");
  if (!label.empty()) AppendPainted(style.terminal, Colour::kDim, label, out);
}

void AppendArguments(const Call& call, const TextStyle& style, std::string* out,
                     absl::Status* status) {
  absl::StatusOr<std::vector<Reader::Argument>> arguments = ArgumentsOf(call);
  if (!arguments.ok()) {
    status->Update(arguments.status());
    AppendPainted(style.terminal, Colour::kRed, kDamaged, out);
    return;
  }
  absl::string_view separator = "";
  for (const Reader::Argument& argument : *arguments) {
    if (!IsOfInterest(call, argument)) continue;
    absl::StrAppend(out, std::exchange(separator, ", "));
    AppendLabel(call, argument, argument.parameter->name, style, out);
    AppendText(Shown(argument), style.values, out);
  }
}

// " threw foo::Error{code: 7}", or behind a message " {code: 7}".
void AppendThrownFields(const Call& call, const TextStyle& style, std::string* out,
                        absl::Status* status) {
  absl::StatusOr<std::vector<workspace::Field>> fields = ThrownFieldsOf(call);
  status->Update(fields.status());
  if (!fields.ok() || fields->empty()) return;
  Value object;
  object.kind = Value::Kind::kRecord;
  object.fields = *std::move(fields);
  if (!call.thrown_what.empty()) *out += ' ';
  AppendText(object, style.values, out);
}

}  // namespace

void AppendType(absl::string_view type, const TextStyle& style, std::string* out) {
  if (!style.values.types) return;
  AppendPainted(style.terminal, Colour::kDim, absl::StrCat(Escaped(type), " "), out);
}

void AppendCall(const Call& call, const TextStyle& style, std::string* out, absl::Status* status) {
  bool threw = call.outcome == Call::Outcome::kThrew;
  AppendPainted(style.terminal, threw ? Colour::kRed : Colour::kBold, Escaped(call.function->name),
                out);
  *out += '(';
  AppendArguments(call, style, out, status);
  *out += ')';
  AppendOutcome(call, style, out, status);
  AppendChanged(call, style, out, status);
}

void AppendOutcome(const Call& call, const TextStyle& style, std::string* out,
                   absl::Status* status) {
  const Style& terminal = style.terminal;
  if (call.outcome == Call::Outcome::kOpen) {
    AppendPainted(terminal, Colour::kYellow, " (open)", out);
  } else if (call.outcome == Call::Outcome::kUnwound) {
    AppendPainted(terminal, Colour::kYellow, " (left without returning)", out);
  } else if (call.outcome == Call::Outcome::kThrew) {
    AppendPainted(terminal, Colour::kRed, " threw ", out);
    AppendThrown(call, style, out, status);
  } else if (call.function->result != 0) {
    absl::StatusOr<Value> result = ResultOf(call);
    status->Update(result.status());
    std::string text = result.ok() ? ToText(*result, style.values) : std::string(kDamaged);
    absl::StrAppend(out, " -> ");
    AppendType(TypeNameOf(call, call.function->result), style, out);
    AppendPainted(terminal, result.ok() ? Colour::kGreen : Colour::kRed, text, out);
  }
}

void AppendThrown(const Call& call, const TextStyle& style, std::string* out,
                  absl::Status* status) {
  std::string thrown = Escaped(Demangle(call.thrown_type));
  if (!call.thrown_what.empty()) {
    absl::StrAppend(&thrown, "(\"", Escaped(call.thrown_what, "\\\""), "\")");
  }
  AppendPainted(style.terminal, Colour::kRed, thrown, out);
  AppendThrownFields(call, style, out, status);
}

void AppendChanged(const Call& call, const TextStyle& style, std::string* out,
                   absl::Status* status) {
  absl::StatusOr<std::vector<Reader::Argument>> changed = ChangedOf(call);
  status->Update(changed.status());
  if (!changed.ok()) return;
  absl::string_view separator = " changed ";
  for (const Reader::Argument& argument : *changed) {
    if (IsMade(call, argument)) {
      if (!HasMembers(argument.value)) continue;
      absl::StrAppend(out, " -> ");
      AppendType(TypeNameOf(call, *argument.parameter), style, out);
      AppendPainted(style.terminal, Colour::kGreen, ToText(Shown(argument), style.values), out);
      continue;
    }
    AppendPainted(style.terminal, Colour::kDim, std::exchange(separator, ", "), out);
    AppendLabel(call, argument, ArgumentName(call, *argument.parameter), style, out);
    AppendText(Shown(argument), style.values, out);
  }
}

void AppendDuration(const Call& call, const TextStyle& style, std::string* out) {
  if (style.stable() || call.is_probe()) return;
  *out += "   ";
  AppendPainted(style.terminal, Colour::kDim, DurationText(call.duration()), out);
}

std::string ThreadTitle(const workspace::Thread& thread) {
  std::string title = absl::StrCat("thread ", thread.index);
  if (!thread.name.empty()) absl::StrAppend(&title, " (", Escaped(thread.name), ")");
  return title;
}

}  // namespace omnitrace::tools
