#include "runtime/workspace/value_skipper.h"

#include <algorithm>

#include "runtime/workspace/value_decoder.h"

namespace omnitrace::workspace {

bool ValueSkipper::Skip(uint32_t id) {
  if (id == 0) return true;
  DecodeBudget::Level level(&budget_);
  const TypeInfo* type = metadata_.FindType(id);
  return type != nullptr && level.ok() && SkipKind(*type) && in_.ok() && !failed_;
}

bool ValueSkipper::SkipKind(const TypeInfo& type) {
  if (IsStoredRaw(type)) return SkipPlain(type);
  if (IsOneVarint(type.kind)) {
    in_.SkipVarints(1);
    return true;
  }
  switch (type.kind) {
    case TypeKind::kVoid:
    case TypeKind::kNullPointer:
      return true;
    case TypeKind::kPointer:
    case TypeKind::kSmartPointer:
      return SkipPointer(type);
    case TypeKind::kSharedPointer:
      in_.SkipVarints(1);
      return SkipPointer(type);
    case TypeKind::kCString:
      return !IsPointedAt() || SkipText(type);
    case TypeKind::kReference:
    case TypeKind::kWrapper:
      return Skip(type.element);
    case TypeKind::kClass:
    case TypeKind::kTuple:
      return !IsPresent() || SkipRecord(type);
    case TypeKind::kText:
    case TypeKind::kBitText:
      return SkipText(type);
    case TypeKind::kArray:
    case TypeKind::kSequence:
    case TypeKind::kList:
    case TypeKind::kTree:
    case TypeKind::kDeque:
    case TypeKind::kBitSequence:
    case TypeKind::kHashTable:
    case TypeKind::kMatrix:
      return SkipSequence(type);
    case TypeKind::kOptional: {
      uint8_t engaged = in_.Byte();
      return engaged == 0 || (engaged == 1 && Skip(type.element));
    }
    case TypeKind::kVariant:
      return SkipVariant(type);
    case TypeKind::kPolymorphic: {
      uint32_t actual = in_.Varint32();
      return Skip(actual != 0 ? actual : type.element);
    }
    case TypeKind::kDynamicType:
      if (IsPointedAt()) in_.Text();
      return true;
    case TypeKind::kExceptionPointer:
      if (!IsPointedAt()) return true;
      in_.Text();
      in_.Text();
      return true;
    default:
      return false;
  }
}

bool ValueSkipper::SkipPlain(const TypeInfo& type) {
  PlainCost cost = metadata_.CostOf(type);
  in_.Raw(type.size);
  budget_.nodes += cost.nodes;
  return cost.is_known() && budget_.nodes <= budget_.most_nodes &&
         budget_.depth + static_cast<int>(cost.levels) <= DecodeBudget::kMostDepth;
}

bool ValueSkipper::IsPresent() {
  uint8_t state = in_.Byte();
  failed_ |= state > kStateUnreadable;
  return state == kStateValue;
}

bool ValueSkipper::IsPointedAt() { return in_.Varint() != 0 && IsPresent(); }

bool ValueSkipper::SkipPointer(const TypeInfo& type) {
  if (type.element != 0) return !IsPointedAt() || Skip(type.element);
  in_.SkipVarints(1);
  return true;
}

bool ValueSkipper::SkipRecord(const TypeInfo& type) {
  return std::all_of(type.members.begin(), type.members.end(), [&](const TypeMember& member) {
    return (member.flags & kMemberStatic) != 0 || Skip(member.type);
  });
}

bool ValueSkipper::SkipText(const TypeInfo& type) {
  const TypeInfo* element = metadata_.FindType(type.element);
  uint32_t width = element == nullptr ? 1 : element->size;
  if (width != 1 && width != 2 && width != 4) return false;
  uint64_t true_size = in_.Varint();
  uint64_t stored = in_.Varint();
  if (stored > in_.left() / width || stored > true_size) return false;
  in_.Raw(stored * width);
  return true;
}

bool ValueSkipper::SkipSequence(const TypeInfo& type) {
  uint64_t true_size = in_.Varint();
  uint64_t stored = in_.Varint();
  if ((type.flags & kTypeTearable) != 0) stored &= ~kTorn;
  if (stored > true_size || (stored > in_.left() && stored > budget_.most_nodes)) return false;
  for (; stored > 0; --stored) {
    if (!Skip(type.element)) return false;
  }
  return true;
}

bool ValueSkipper::SkipVariant(const TypeInfo& type) {
  uint64_t index = in_.Varint();
  if (index == 0) return true;
  return index <= type.members.size() && Skip(type.members[index - 1].type);
}

}  // namespace omnitrace::workspace
