#include "tools/output/json_output.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/format.h"
#include "tools/support/demangle.h"

namespace omnitrace::tools {
namespace {

using workspace::Field;
using workspace::Reader;
using workspace::Value;

void AddArguments(const Call& call, const ValueStyle& style, Json* object, absl::Status* status) {
  absl::StatusOr<std::vector<Reader::Argument>> arguments = ArgumentsOf(call);
  Json args = Json::object();
  Json self;
  if (!arguments.ok()) {
    status->Update(arguments.status());
    args = Json::object({{"damaged", true}});
    arguments = std::vector<Reader::Argument>();
  }
  for (const Reader::Argument& argument : *arguments) {
    Json value = ToJson(argument.value, style);
    if (argument.parameter->flags & kParameterThis) {
      self = std::move(value);
    } else {
      AddMember(ArgumentName(call, *argument.parameter), std::move(value), &args);
    }
  }
  (*object)["args"] = std::move(args);
  if (!self.is_null()) (*object)["this"] = std::move(self);
}

void AddChanged(const Call& call, const ValueStyle& style, Json* object, absl::Status* status) {
  absl::StatusOr<std::vector<Reader::Argument>> changed = ChangedOf(call);
  status->Update(changed.status());
  if (!changed.ok() || changed->empty()) return;
  Json values = Json::object();
  for (const Reader::Argument& argument : *changed) {
    AddMember(ArgumentName(call, *argument.parameter), ToJson(argument.value, style), &values);
  }
  (*object)["changed"] = std::move(values);
}

void AddOutcome(const Call& call, const ValueStyle& style, Json* object, absl::Status* status) {
  if (call.outcome == Call::Outcome::kOpen) {
    (*object)["open"] = true;
  } else if (call.outcome == Call::Outcome::kUnwound) {
    (*object)["unwound"] = true;
  } else if (call.outcome == Call::Outcome::kThrew) {
    Json& thrown = (*object)["thrown"];
    thrown["type"] = TextToJson(Demangle(call.thrown_type));
    if (!call.thrown_what.empty()) thrown["what"] = TextToJson(call.thrown_what);
    absl::StatusOr<std::vector<Field>> fields = ThrownFieldsOf(call);
    status->Update(fields.status());
    if (!fields.ok()) return;
    for (const Field& field : *fields) AddMember(field.name, ToJson(field.value, style), &thrown);
  } else if (call.function->result != 0) {
    absl::StatusOr<Value> result = ResultOf(call);
    status->Update(result.status());
    (*object)["return"] = result.ok() ? ToJson(*result, style) : Json::object({{"damaged", true}});
  }
}

// Those that the function declares; the arguments' are under the keys that their values have.
void AddTypes(const Call& call, Json* object) {
  Json args = Json::object();
  Json self;
  for (const workspace::ParameterInfo& parameter : call.function->parameters) {
    Json name = TextToJson(TypeNameOf(call, parameter));
    if (parameter.flags & kParameterThis) {
      self = std::move(name);
    } else {
      AddMember(ArgumentName(call, parameter), std::move(name), &args);
    }
  }
  Json types = Json::object();
  if (!args.empty()) types["args"] = std::move(args);
  if (!self.is_null()) types["this"] = std::move(self);
  uint32_t result = call.function->result;
  if (result != 0) types["return"] = TextToJson(TypeNameOf(call, result));
  (*object)["types"] = std::move(types);
}

}  // namespace

uint64_t ShownPid(const WorkspaceFile& file, const WorkspaceSet& set, const ValueStyle& style) {
  if (!style.stable) return file.reader->info().pid;
  return static_cast<uint64_t>(&file - set.files().data()) + 1;
}

Json CallToJson(const Call& call, const ValueStyle& style, const WorkspaceSet& set,
                absl::Status* status) {
  const workspace::Function& function = *call.function;
  Json object;
  object["id"] = call.id;
  if (call.is_probe()) object["event"] = "probe";
  object["parent"] = call.parent == 0 ? Json(nullptr) : Json(call.parent);
  object["thread"] = call.thread->index;
  object["pid"] = ShownPid(*call.file, set, style);
  object["depth"] = call.depth;
  object["name"] = TextToJson(function.name);
  object["signature"] = TextToJson(function.signature);
  object["file"] = TextToJson(SourceFile(function.file, style));
  object["line"] = function.line;
  AddArguments(call, style, &object, status);
  AddOutcome(call, style, &object, status);
  AddChanged(call, style, &object, status);
  if (style.types) AddTypes(call, &object);
  object["start"] = style.stable ? 0 : call.start;
  if (call.outcome != Call::Outcome::kOpen) object["end"] = style.stable ? 0 : call.end;
  object["children"] = call.children;
  return object;
}

void JsonOutput::Add(const Call& call) {
  Json object = CallToJson(call, style_, *set_, &status_);
  if (children_ != nullptr) {
    auto found = children_->find(call.id);
    object["children"] = found == children_->end() ? Json::array() : Json(found->second);
  }
  sink_.Write(absl::StrCat(Dump(object), "\n"));
}

}  // namespace omnitrace::tools
