// The half of WorkspaceBuilder that writes metadata.
#include "tests/support/workspace_builder.h"

namespace omnitrace::testing {

uint32_t WorkspaceBuilder::Scalar(TypeKind kind, const char* name, uint32_t size) {
  auto [scalar, added] = scalars_.try_emplace(name, next_type_);
  if (!added) return scalar->second;
  workspace::TypeInfo type;
  type.kind = kind;
  type.name = name;
  type.size = size;
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::Bool() { return Scalar(TypeKind::kBool, "bool", 1); }
uint32_t WorkspaceBuilder::Char() { return Scalar(TypeKind::kChar, "char", 1); }
uint32_t WorkspaceBuilder::Int() { return Scalar(TypeKind::kSigned, "int", 4); }
uint32_t WorkspaceBuilder::Unsigned() { return Scalar(TypeKind::kUnsigned, "unsigned int", 4); }
uint32_t WorkspaceBuilder::Long() { return Scalar(TypeKind::kSigned, "long", 8); }
uint32_t WorkspaceBuilder::Double() { return Scalar(TypeKind::kFloat, "double", 8); }

uint32_t WorkspaceBuilder::String() {
  workspace::TypeInfo type;
  type.kind = TypeKind::kText;
  type.size = 32;
  type.name = "std::string";
  type.element = Char();
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::CStringType() {
  workspace::TypeInfo type;
  type.kind = TypeKind::kCString;
  type.size = 8;
  type.name = "const char *";
  type.element = Char();
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::Pointer(uint32_t element) {
  workspace::TypeInfo type;
  type.kind = TypeKind::kPointer;
  type.size = 8;
  type.name = "T *";
  type.element = element;
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::Reference(uint32_t element) {
  workspace::TypeInfo type;
  type.kind = TypeKind::kReference;
  type.size = 8;
  type.name = "T &";
  type.element = element;
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::Vector(uint32_t element) {
  workspace::TypeInfo type;
  type.kind = TypeKind::kSequence;
  type.size = 24;
  type.name = "std::vector<T>";
  type.element = element;
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::Map(uint32_t key, uint32_t value) {
  workspace::TypeInfo type;
  type.element = Struct("std::pair<K, V>", {{"first", key}, {"second", value}});
  type.kind = TypeKind::kTree;
  type.flags = kTypeMap;
  type.size = 48;
  type.name = "std::map<K, V>";
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::Optional(uint32_t element) {
  workspace::TypeInfo type;
  type.kind = TypeKind::kOptional;
  type.name = "std::optional<T>";
  type.element = element;
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::Struct(std::string name, Named members) {
  workspace::TypeInfo type;
  type.kind = TypeKind::kClass;
  type.name = std::move(name);
  for (const auto& [member, id] : members) type.members.push_back({member, id, 0, 0, 0});
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::Enum(std::string name,
                                std::initializer_list<std::pair<std::string, int64_t>> values) {
  workspace::TypeInfo type;
  type.kind = TypeKind::kEnum;
  type.flags = kTypeSigned | kTypeScopedEnum;
  type.size = 4;
  type.name = std::move(name);
  for (const auto& [enumerator, value] : values) {
    type.members.push_back({enumerator, 0, value, 0, 0});
  }
  return AddType(std::move(type));
}

uint32_t WorkspaceBuilder::AddType(workspace::TypeInfo type) {
  type.id = next_type_++;
  kinds_[type.id] = type.kind;
  Encoded members;
  for (const workspace::TypeMember& member : type.members) {
    members = Joined({members, Sized(member.name), Varint(member.type), Signed(member.offset),
                      Varint(member.bits), Varint(member.flags)});
  }
  AddMetadata(MetadataRecord::kType,
              Joined({Varint(type.id), Varint(static_cast<uint64_t>(type.kind)), Varint(type.flags),
                      Varint(type.size), Sized(type.name), Varint(type.element), Varint(type.count),
                      Varint(type.members.size()), members}));
  return type.id;
}

bool WorkspaceBuilder::IsScalar(uint32_t type) const {
  auto found = kinds_.find(type);
  return type == 0 || (found != kinds_.end() && found->second <= TypeKind::kNullPointer);
}

uint32_t WorkspaceBuilder::AddFunction(std::string name, Named parameters, uint32_t result) {
  workspace::Function function;
  function.name = name;
  function.signature = "auto " + name + "()";
  function.file = "app.cpp";
  function.line = 10 * static_cast<uint32_t>(functions_.size() + 1);
  function.last_line = function.line + 5;
  function.result = result;
  for (const auto& [parameter, type] : parameters) {
    uint32_t flags = parameter == "this" ? kParameterThis : 0u;
    function.parameters.push_back({parameter, type, flags});
  }
  return AddFunction(std::move(function));
}

uint32_t WorkspaceBuilder::AddFunction(workspace::Function function) {
  function.id = static_cast<uint32_t>(functions_.size() + 1);
  Encoded parameters;
  for (const workspace::ParameterInfo& parameter : function.parameters) {
    if (!IsScalar(parameter.type)) function.flags |= kFunctionSizedArguments;
    parameters = Joined(
        {parameters, Sized(parameter.name), Varint(parameter.type), Varint(parameter.flags)});
  }
  if (!IsScalar(function.result)) function.flags |= kFunctionSizedResult;
  AddMetadata(MetadataRecord::kFunction,
              Joined({Varint(function.id), Varint(function.flags), Sized(function.name),
                      Sized(function.signature), Sized(function.file), Varint(function.line),
                      Varint(function.last_line), Varint(function.result),
                      Varint(function.parameters.size()), parameters}));
  uint32_t id = function.id;
  functions_[id] = std::move(function);
  return id;
}

uint32_t WorkspaceBuilder::AddThread(std::string name) {
  ++threads_;
  AddMetadata(MetadataRecord::kThread, Joined({Varint(threads_), Varint(header_.pid + threads_ - 1),
                                               Sized(name), Varint(header_.start_ticks + clock_)}));
  return threads_;
}

void WorkspaceBuilder::Property(absl::string_view key, absl::string_view value) {
  AddMetadata(MetadataRecord::kProperty, Joined({Sized(key), Sized(value)}));
}

void WorkspaceBuilder::RawMetadata(uint64_t kind, absl::string_view bytes) {
  AddMetadata(static_cast<MetadataRecord>(kind), {std::string(bytes)});
}

void WorkspaceBuilder::AddMetadata(MetadataRecord kind, const Encoded& record) {
  Encoded whole = Joined({Varint(static_cast<uint64_t>(kind)), Sized(record.bytes)});
  Room(0, whole.bytes.size()).payload += whole.bytes;
}

}  // namespace omnitrace::testing
