#include "runtime/workspace/metadata_checks.h"

#include "absl/strings/str_cat.h"

namespace omnitrace::workspace {
namespace {

template <typename Item>
void CheckIds(const std::vector<Item>& items, const char* noun, std::vector<std::string>* wrong) {
  uint32_t expected = 1;
  for (const Item& item : items) {
    if (item.id != expected) {
      wrong->push_back(
          absl::StrCat(noun, " ", item.id, " follows, expected ", noun, " ", expected));
    }
    expected = item.id + 1;
  }
}

bool NeedsElement(TypeKind kind) {
  switch (kind) {
    case TypeKind::kArray:
    case TypeKind::kText:
    case TypeKind::kSequence:
    case TypeKind::kList:
    case TypeKind::kTree:
    case TypeKind::kDeque:
    case TypeKind::kOptional:
    case TypeKind::kWrapper:
    case TypeKind::kBitSequence:
    case TypeKind::kComplex:
    case TypeKind::kDuration:
    case TypeKind::kTimePoint:
    case TypeKind::kHashTable:
    case TypeKind::kMatrix:
      return true;
    default:
      return false;
  }
}

void CheckMember(const Metadata& metadata, const TypeInfo& type, const TypeMember& member,
                 std::vector<std::string>* wrong) {
  std::string place = absl::StrCat("member ", member.name, " of type ", type.id, " ", type.name);
  if (member.type != 0 && metadata.FindType(member.type) == nullptr) {
    wrong->push_back(absl::StrCat(place, " has type ", member.type, ", which is not defined"));
  }
  bool plain = (type.flags & kTypePlain) != 0 && (member.flags & kMemberStatic) == 0;
  if (plain && (member.offset < 0 || static_cast<uint64_t>(member.offset) > type.size)) {
    wrong->push_back(
        absl::StrCat(place, " is at offset ", member.offset, ", expected 0 to ", type.size));
  }
}

void CheckType(const Metadata& metadata, const TypeInfo& type, std::vector<std::string>* wrong) {
  std::string place = absl::StrCat("type ", type.id, " ", type.name);
  if (type.kind > kLastTypeKind) {
    wrong->push_back(absl::StrCat(place, " has kind ", static_cast<int>(type.kind),
                                  ", expected at most ", static_cast<int>(kLastTypeKind)));
  }
  bool missing =
      type.element != 0 ? metadata.FindType(type.element) == nullptr : NeedsElement(type.kind);
  if (missing) {
    wrong->push_back(
        absl::StrCat(place, " has elements of type ", type.element, ", which is not defined"));
  }
  // The members are enumerators, or what a pointer may mean: without types.
  if (type.kind == TypeKind::kEnum || type.kind == TypeKind::kRaw) return;
  for (const TypeMember& member : type.members) CheckMember(metadata, type, member, wrong);
}

void CheckFunction(const Metadata& metadata, const Function& function,
                   std::vector<std::string>* wrong) {
  auto check = [&](uint32_t type, const std::string& what) {
    if (type == 0 || metadata.FindType(type) != nullptr) return;
    wrong->push_back(absl::StrCat(what, " of function ", function.id, " ", function.name,
                                  " has type ", type, ", which is not defined"));
  };
  check(function.result, "the result");
  for (const ParameterInfo& parameter : function.parameters) {
    check(parameter.type, absl::StrCat("parameter ", parameter.name));
  }
}

}  // namespace

std::vector<std::string> CheckMetadata(const Metadata& metadata) {
  std::vector<std::string> wrong;
  CheckIds(metadata.types(), "type", &wrong);
  CheckIds(metadata.functions(), "function", &wrong);
  for (const TypeInfo& type : metadata.types()) CheckType(metadata, type, &wrong);
  for (const Function& function : metadata.functions()) CheckFunction(metadata, function, &wrong);
  return wrong;
}

}  // namespace omnitrace::workspace
