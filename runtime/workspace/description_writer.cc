#include "runtime/workspace/description_writer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {
namespace {

void PutField(std::string* out, uint64_t number) {
  char bytes[kVarintSlack];
  out->append(bytes, static_cast<size_t>(PutVarint(bytes, number) - bytes));
}

void PutField(std::string* out, absl::string_view text) {
  PutField(out, uint64_t{text.size()});
  out->append(text.data(), text.size());
}

// Numbers and texts, one behind the other.
template <typename... Fields>
void PutFields(std::string* out, const Fields&... fields) {
  (PutField(out, fields), ...);
}

void PutField(std::string* out, const TypeMember& member) {
  PutFields(out, member.name, member.type, ZigZag(member.offset), member.bits, member.flags);
}

void PutField(std::string* out, const ParameterInfo& parameter) {
  PutFields(out, parameter.name, parameter.type, parameter.flags);
}

template <typename Item>
void PutField(std::string* out, const std::vector<Item>& items) {
  PutField(out, uint64_t{items.size()});
  for (const Item& item : items) PutField(out, item);
}

// As PutFields, of lists as well.
template <typename... Fields>
std::string Joined(const Fields&... fields) {
  std::string record;
  (PutField(&record, fields), ...);
  return record;
}

}  // namespace

absl::Status DescriptionWriter::Add(const Reader& source) {
  RETURN_IF_ERROR(AddProperties(source));
  RETURN_IF_ERROR(AddTypes(source));
  RETURN_IF_ERROR(AddFunctions(source));
  RETURN_IF_ERROR(AddThreads(source));
  RETURN_IF_ERROR(AddObjects(source));
  return block_.Flush();
}

const uint32_t* DescriptionWriter::FindFunction(uint32_t id) const {
  auto found = functions_.find(id);
  return found == functions_.end() ? nullptr : &found->second;
}

absl::Status DescriptionWriter::Seal() {
  return block_.is_started() ? block_.Seal(0, 0) : absl::OkStatus();
}

absl::Status DescriptionWriter::AddProperties(const Reader& source) {
  for (const auto& [key, value] : source.properties()) {
    auto known = properties_.find(key);
    if (known != properties_.end() && known->second == value) continue;
    RETURN_IF_ERROR(Append(MetadataRecord::kProperty, Joined(key, value)));
    properties_[key] = value;
  }
  return absl::OkStatus();
}

absl::Status DescriptionWriter::AddTypes(const Reader& source) {
  for (const TypeInfo& type : source.types()) {
    if (types_.contains(type.id)) continue;
    RETURN_IF_ERROR(Append(MetadataRecord::kType,
                           Joined(type.id, static_cast<uint32_t>(type.kind), type.flags, type.size,
                                  type.name, type.element, type.count, type.members)));
    types_.insert(type.id);
  }
  return absl::OkStatus();
}

absl::Status DescriptionWriter::AddFunctions(const Reader& source) {
  for (const Function& function : source.functions()) {
    if (functions_.contains(function.id)) continue;
    RETURN_IF_ERROR(
        Append(MetadataRecord::kFunction,
               Joined(function.id, function.flags, function.name, function.signature, function.file,
                      function.line, function.last_line, function.result, function.parameters)));
    functions_[function.id] = function.flags;
  }
  return absl::OkStatus();
}

absl::Status DescriptionWriter::AddThreads(const Reader& source) {
  for (const Thread& thread : source.threads()) {
    FileHeader& header = file_->header();
    header.threads = std::max(header.threads, thread.index);
    // One without a record in the source has none here.
    if (thread.tid == 0 && thread.name.empty()) continue;
    auto known = threads_.find(thread.index);
    if (known != threads_.end() && known->second == thread.name) continue;
    uint64_t start = header.start_ticks + source.ToNanoseconds(thread.start_ticks);
    RETURN_IF_ERROR(
        Append(MetadataRecord::kThread, Joined(thread.index, thread.tid, thread.name, start)));
    threads_[thread.index] = thread.name;
  }
  return absl::OkStatus();
}

absl::Status DescriptionWriter::AddObjects(const Reader& source) {
  for (; objects_ < source.objects().size(); ++objects_) {
    const LoadedObject& object = source.objects()[objects_];
    RETURN_IF_ERROR(Append(MetadataRecord::kObject, Joined(object.base, object.first, object.end,
                                                           object.path, object.build_id)));
  }
  return absl::OkStatus();
}

absl::Status DescriptionWriter::Append(MetadataRecord kind, absl::string_view fields) {
  std::string record = Joined(static_cast<uint32_t>(kind), fields);
  if (record.size() > kBlockPayload) {
    return absl::InvalidArgumentError(
        absl::StrCat(file_->path(), ": description of ", record.size(), " bytes, expected at most ",
                     kBlockPayload, ", as a block holds; its source is damaged"));
  }
  if (record.size() > block_.room()) RETURN_IF_ERROR(StartNextBlock());
  char* out = block_.cursor();
  block_.Commit(std::copy(record.begin(), record.end(), out));
  return absl::OkStatus();
}

absl::Status DescriptionWriter::StartNextBlock() {
  RETURN_IF_ERROR(Seal());
  BlockHeader start = {};
  start.kind = BlockKind::kMetadata;
  start.start_ticks = file_->header().last_ticks;
  start.sequence = block_.is_started() ? block_.header().sequence + 1 : 0;
  block_.Start(start);
  return absl::OkStatus();
}

}  // namespace omnitrace::workspace
