#include "runtime/recording/registry.h"

#include "runtime/recording/freeze.h"
#include "runtime/recording/live_rules.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/simple_value.h"
#include "runtime/recording/value_code.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/signature.h"

namespace omnitrace::recording {
namespace {

constexpr uint32_t kMostTypes = 1 << 20;
// More members than a record holds without their names; enumerators beyond are left out.
constexpr uint32_t kMostMembers = 3000;

// Whether the reader finds the end of the arguments without being told.
uint32_t SizedFlags(const Site& site) {
  uint32_t flags = 0;
  size_t bytes = 0;
  for (uint32_t i = 0; i < site.parameter_count; ++i) {
    const Type* type = site.parameters[i].type;
    if (!IsSimple(type)) flags |= kFunctionSizedArguments;
    bytes += SimpleBytes(type);
  }
  if (bytes > kMostSimpleBytes) flags |= kFunctionSizedArguments;
  if (!IsSimple(site.result)) flags |= kFunctionSizedResult;
  return flags;
}

bool HasCount(const Type& type) {
  return type.kind == TypeKind::kArray || type.kind == TypeKind::kRaw;
}

void WriteSignature(const Site& site, MetadataFields* fields) {
  if (site.signature != nullptr) return fields->PutText(site.signature);
  fields->PutPieces([&site](const auto& put) {
    const char* result = site.result == nullptr ? "void" : site.result->name;
    PutSignature(site.flags, result, NameOf(site), site.parameters,
                 site.parameters + site.parameter_count, put);
  });
}

// A class of thousands of members has no room for their description.
void LimitMembers(Type* type) {
  if (type->member_count <= kMostMembers) return;
  if (type->kind == TypeKind::kEnum) {
    type->member_count = kMostMembers;
  } else {
    type->kind = TypeKind::kOpaque;
    type->flags = 0;
    type->member_count = 0;
  }
}

}  // namespace

bool IsCoded(const Site& site) {
  uint64_t codes;
  return FindCodes(site, &codes) && (site.flags & kSiteWatched) == 0;
}

bool Registry::Register(Site* site, uint64_t epoch, MetadataStream* metadata) {
  TypeId(site->result, epoch);
  for (uint32_t i = 0; i < site->parameter_count; ++i) TypeId(site->parameters[i].type, epoch);
  site->flags |= SizedFlags(*site);
  if (IsWatched(*site)) site->flags |= kSiteWatched;
  if (!WriteTypes(epoch, metadata)) return false;
  uint32_t id = function_count_ + 1;
  bool written = metadata->Write(MetadataRecord::kFunction, [&](MetadataFields* fields) {
    fields->Put(id);
    fields->Put(site->flags & ~kSiteWatched);
    fields->PutPieces([site](const auto& put) { NameOf(*site).PutTo(put); });
    WriteSignature(*site, fields);
    fields->PutText(site->file);
    fields->Put(site->line);
    fields->Put(site->last_line);
    fields->Put(TypeId(site->result, epoch));
    fields->Put(site->parameter_count);
    for (uint32_t i = 0; i < site->parameter_count; ++i) {
      fields->PutText(site->parameters[i].name);
      fields->Put(TypeId(site->parameters[i].type, epoch));
      fields->Put(site->parameters[i].flags);
    }
  });
  if (!written) return false;
  function_count_ = id;
  FindCodes(*site, &site->codes);
  site->head = HeadOf(*site, id, (site->flags & kSiteWatched) == 0);
  bool is_long = AddRules(*site, id, epoch) || !IsCoded(*site);
  // Another thread may have turned it off meanwhile.
  uint64_t off = LoadRegistration(site) & kRegistrationOff;
  uint64_t registration = epoch | id | (is_long ? kRegistrationLong : 0) | off;
  __atomic_store_n(&site->registration, registration, __ATOMIC_RELEASE);
  return true;
}

uint32_t Registry::RegisterType(Type* type, uint64_t epoch, MetadataStream* metadata) {
  uint32_t id = TypeId(type, epoch);
  if (!WriteTypes(epoch, metadata)) return 0;
  __atomic_store_n(&type->written, static_cast<uint32_t>(epoch >> 32), __ATOMIC_RELEASE);
  return id;
}

uint32_t Registry::TypeId(Type* type, uint64_t epoch) {
  if (type == nullptr) return 0;
  if ((type->registration & ~kRegistrationId) == epoch) {
    return static_cast<uint32_t>(type->registration & kRegistrationId);
  }
  if (types_ == nullptr) types_ = static_cast<Type**>(MapMemory(kMostTypes * sizeof(Type*)));
  if (types_ == nullptr || type_count_ == kMostTypes) return 0;
  LimitMembers(type);
  types_[type_count_++] = type;
  type->registration = epoch | type_count_;
  return type_count_;
}

bool Registry::WriteTypes(uint64_t epoch, MetadataStream* metadata) {
  for (; written_types_ < type_count_; ++written_types_) {
    const Type& type = *types_[written_types_];
    bool written = metadata->Write(MetadataRecord::kType, [&](MetadataFields* fields) {
      fields->Put(written_types_ + 1);
      fields->Put(static_cast<uint64_t>(type.kind));
      fields->Put(type.flags);
      fields->Put(type.size);
      fields->PutText(type.name);
      fields->Put(TypeId(type.element, epoch));
      fields->Put(HasCount(type) ? static_cast<uint32_t>(type.shape[0]) : 0);
      fields->Put(type.member_count);
      for (uint32_t i = 0; i < type.member_count; ++i) {
        const Member& member = type.members[i];
        fields->PutText(member.name);
        fields->Put(TypeId(member.type, epoch));
        fields->Put(ZigZag(member.offset));
        fields->Put(member.bits);
        fields->Put(member.flags);
      }
    });
    if (!written || type_count_ == kMostTypes) return false;
  }
  return true;
}

}  // namespace omnitrace::recording
