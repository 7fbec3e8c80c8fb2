#include "runtime/workspace/metadata.h"

#include <algorithm>
#include <utility>

namespace omnitrace::workspace {
namespace {

template <typename Item>
void SortById(std::vector<Item>* items) {
  auto less = [](const Item& a, const Item& b) { return a.id < b.id; };
  auto same = [](const Item& a, const Item& b) { return a.id == b.id; };
  std::stable_sort(items->begin(), items->end(), less);
  items->erase(std::unique(items->begin(), items->end(), same), items->end());
}

template <typename Item>
int64_t FindById(const std::vector<Item>& items, uint32_t id) {
  if (id == 0) return -1;
  // Ids that are dense, as they are in every good file, sit at their own place.
  if (id - 1 < items.size() && items[id - 1].id == id) return static_cast<int64_t>(id) - 1;
  auto found = std::lower_bound(items.begin(), items.end(), id,
                                [](const Item& item, uint32_t wanted) { return item.id < wanted; });
  return found != items.end() && found->id == id ? found - items.begin() : -1;
}

TypeMember ParseMember(ByteParser* in) {
  TypeMember member;
  member.name = std::string(in->Text());
  member.type = in->Varint32();
  member.offset = UnZigZag(in->Varint());
  member.bits = in->Varint32();
  member.flags = in->Varint32();
  return member;
}

ParameterInfo ParseParameter(ByteParser* in) {
  ParameterInfo parameter;
  parameter.name = std::string(in->Text());
  parameter.type = in->Varint32();
  parameter.flags = in->Varint32();
  return parameter;
}

}  // namespace

std::string Metadata::AddRecord(uint64_t kind, absl::string_view bytes) {
  ByteParser in(bytes);
  ++additions_;
  const char* noun = "";
  switch (static_cast<MetadataRecord>(kind)) {
    case MetadataRecord::kProperty:
      noun = "property";
      AddProperty(&in);
      break;
    case MetadataRecord::kType:
      noun = "type";
      AddType(&in);
      break;
    case MetadataRecord::kFunction:
      noun = "function";
      AddFunction(&in);
      break;
    case MetadataRecord::kThread:
      noun = "thread";
      AddThread(&in);
      break;
    case MetadataRecord::kObject:
      noun = "object";
      AddObject(&in);
      break;
    default:
      return "";
  }
  return in.ok() ? "" : std::string("malformed ") + noun + " record";
}

void Metadata::AddProperty(ByteParser* in) {
  absl::string_view key = in->Text();
  absl::string_view value = in->Text();
  if (in->ok()) properties_[std::string(key)] = std::string(value);
}

void Metadata::AddType(ByteParser* in) {
  TypeInfo type;
  type.id = in->Varint32();
  type.kind = static_cast<TypeKind>(std::min<uint64_t>(in->Varint(), UINT8_MAX));
  type.flags = static_cast<uint8_t>(in->Varint());
  type.size = in->Varint32();
  type.name = std::string(in->Text());
  type.element = in->Varint32();
  type.count = in->Varint();
  uint64_t members = in->Varint();
  for (; members > 0 && in->ok(); --members) type.members.push_back(ParseMember(in));
  if (in->ok()) types_.push_back(std::move(type));
}

void Metadata::AddFunction(ByteParser* in) {
  Function function;
  function.id = in->Varint32();
  function.flags = in->Varint32();
  function.name = std::string(in->Text());
  function.signature = std::string(in->Text());
  function.file = std::string(in->Text());
  function.line = in->Varint32();
  function.last_line = in->Varint32();
  function.result = in->Varint32();
  uint64_t parameters = in->Varint();
  for (; parameters > 0 && in->ok(); --parameters) {
    function.parameters.push_back(ParseParameter(in));
  }
  if (in->ok()) functions_.push_back(std::move(function));
}

void Metadata::AddThread(ByteParser* in) {
  Thread thread;
  thread.index = in->Varint32();
  thread.tid = in->Varint();
  thread.name = std::string(in->Text());
  thread.start_ticks = in->Varint();
  if (in->ok()) AddThread(std::move(thread));
}

void Metadata::AddObject(ByteParser* in) {
  LoadedObject object;
  object.base = in->Varint();
  object.first = in->Varint();
  object.end = in->Varint();
  object.path = std::string(in->Text());
  object.build_id = std::string(in->Text());
  if (in->ok()) objects_.push_back(std::move(object));
}

void Metadata::BuildIndex() {
  SortById(&types_);
  SortById(&functions_);
  plain_costs_ = PlainCosts(*this);
}

const TypeInfo* Metadata::FindType(uint32_t id) const {
  int64_t index = FindById(types_, id);
  return index < 0 ? nullptr : &types_[static_cast<size_t>(index)];
}

int64_t Metadata::FindFunction(uint32_t id) const { return FindById(functions_, id); }

std::string Metadata::Property(const std::string& key) const {
  auto found = properties_.find(key);
  return found == properties_.end() ? "" : found->second;
}

}  // namespace omnitrace::workspace
