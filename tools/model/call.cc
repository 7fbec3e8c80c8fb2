#include "tools/model/call.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/value_difference.h"

namespace omnitrace::tools {

using workspace::Reader;
using workspace::Value;

absl::Status Located(const Call& call, const absl::Status& status) {
  return absl::Status(status.code(), absl::StrCat(call.file->reader->info().path, ": offset ",
                                                  call.offset, ": ", status.message()));
}

where::Subject SubjectOf(const Call& call, uint32_t depth) {
  return {.reader = call.file->reader.get(),
          .thread = call.thread,
          .function = call.function,
          .depth = depth,
          .start = call.start,
          .end = call.end,
          .threw = call.outcome == Call::Outcome::kThrew,
          .open = call.outcome == Call::Outcome::kOpen,
          .unwound = call.outcome == Call::Outcome::kUnwound,
          .arguments = call.arguments,
          .changed = call.changed,
          .result = call.result,
          .thrown_type = call.thrown_type,
          .thrown_what = call.thrown_what,
          .thrown_value = call.thrown_value};
}

absl::StatusOr<std::vector<Reader::Argument>> ArgumentsOf(const Call& call) {
  absl::StatusOr<std::vector<Reader::Argument>> arguments =
      call.file->reader->DecodeArguments(*call.function, call.arguments);
  if (!arguments.ok()) return Located(call, arguments.status());
  for (Reader::Argument& argument : *arguments) call.file->names->Name(&argument.value);
  return arguments;
}

absl::StatusOr<Value> ResultOf(const Call& call) {
  absl::StatusOr<Value> result = call.file->reader->DecodeResult(*call.function, call.result);
  if (!result.ok()) return Located(call, result.status());
  call.file->names->Name(&*result);
  return result;
}

absl::StatusOr<std::vector<workspace::Field>> ThrownFieldsOf(const Call& call) {
  absl::StatusOr<Value> thrown = call.file->reader->DecodeThrown(call.thrown_value);
  if (!thrown.ok()) return Located(call, thrown.status());
  call.file->names->Name(&*thrown);
  return where::ThrownFields(*std::move(thrown), call.thrown_what);
}

absl::string_view TypeNameOf(const Call& call, uint32_t type) {
  const workspace::TypeInfo* known = call.file->reader->type(type);
  return known == nullptr ? "?" : absl::string_view(known->name);
}

absl::string_view TypeNameOf(const Call& call, const workspace::ParameterInfo& parameter) {
  const workspace::TypeInfo* pointer =
      parameter.flags & kParameterThis ? call.file->reader->type(parameter.type) : nullptr;
  bool has_object = pointer != nullptr && pointer->element != 0;
  return TypeNameOf(call, has_object ? pointer->element : parameter.type);
}

std::string ArgumentName(const Call& call, const workspace::ParameterInfo& parameter) {
  if (!parameter.name.empty()) return parameter.name;
  return absl::StrCat("#", &parameter - call.function->parameters.data() + 1);
}

absl::StatusOr<std::vector<Reader::Argument>> ChangedOf(const Call& call) {
  absl::StatusOr<std::vector<Reader::Argument>> changed =
      workspace::ChangedArguments(*call.file->reader, *call.function, call.arguments, call.changed);
  if (!changed.ok()) return Located(call, changed.status());
  for (Reader::Argument& argument : *changed) call.file->names->Name(&argument.value);
  return changed;
}

}  // namespace omnitrace::tools
