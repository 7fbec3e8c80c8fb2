// The encoder's part for what has members or leads to another object.
#include "runtime/recording/class_table.h"
#include "runtime/recording/copy.h"
#include "runtime/recording/encoder.h"
#include "runtime/recording/session.h"
#include "runtime/recording/simple_value.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::recording {

Encoder::Outcome Encoder::PutReferent(const Type& type, uint64_t address, Trust trust) {
  if (type.element == nullptr) return Outcome::kDone;
  return PutValue(*type.element, memory_.Get(address, type.element->size, trust));
}

Encoder::Outcome Encoder::PutPointer(const Type& type, uint64_t address, Trust trust,
                                     bool may_follow) {
  out_ = PutVarint(out_, address);
  if (address == 0 || type.element == nullptr) return Outcome::kDone;
  if (may_follow && !IsSpent()) return PutPointee(*type.element, address, trust);
  PutState(kStateAbsent);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutPointee(const Type& type, uint64_t address, Trust trust) {
  char* state = out_;
  PutState(kStateValue);
  Outcome outcome = PutValue(type, memory_.Get(address, type.size, trust));
  if (outcome == Outcome::kDone) return outcome;
  out_ = state;
  PutState(outcome == Outcome::kNoRoom ? kStateAbsent : kStateUnreadable);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutRecord(const Type& type, const Piece& piece) {
  char* state = out_;
  PutState(kStateAbsent);
  // A pointee's own depth is paid for by its pointer, hence >.
  if (out_ > budget_end_ || depth_ > limits_.nesting) return Outcome::kDone;
  *state = kStateValue;
  for (uint32_t i = 0; i < type.member_count; ++i) {
    Outcome outcome = PutMember(type.members[i], piece);
    if (outcome == Outcome::kDone) continue;
    out_ = state;
    PutState(outcome == Outcome::kNoRoom ? kStateAbsent : kStateUnreadable);
    return Outcome::kDone;
  }
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutMember(const Member& member, const Piece& piece) {
  if ((member.flags & kMemberStatic) != 0 || member.type == nullptr) return Outcome::kDone;
  if ((member.flags & kMemberBitField) != 0) return PutBitField(member, piece);
  if ((member.flags & kMemberVirtualBase) != 0) return PutVirtualBase(member, piece);
  return PutValue(*member.type, memory_.Part(piece, member.offset, member.type->size));
}

Encoder::Outcome Encoder::PutBitField(const Member& member, const Piece& piece) {
  unsigned first = member.bits >> 16, width = member.bits & 0xffff;
  if (width == 0 || width > 64 || first > 63) return Outcome::kUnreadable;
  uint32_t bytes = (first + width + 7) / 8;
  Piece part = memory_.Part(piece, member.offset, bytes);
  if (part.bytes == nullptr) return Outcome::kUnreadable;
  if (!HasRoom(2 * kVarintSlack)) return Outcome::kNoRoom;
  char copy[16] = {};
  CopyBytes(copy, part.bytes, bytes);
  uint64_t bits = Load<uint64_t>(copy) >> first;
  if (first + width > 64) bits |= Load<uint64_t>(copy + 8) << (64 - first);
  unsigned spare = 64 - width;
  bits <<= spare;
  bits = IsSigned(*member.type) ? static_cast<uint64_t>(static_cast<int64_t>(bits) >> spare)
                                : bits >> spare;
  out_ = PutInteger(out_, *member.type, bits);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutOptional(const Type& type, const Piece& piece) {
  Piece engaged = memory_.Part(piece, type.shape[0], 1);
  if (engaged.bytes == nullptr) return Outcome::kUnreadable;
  bool has_value = *engaged.bytes != 0;
  *out_++ = has_value ? 1 : 0;
  if (!has_value || type.element == nullptr) return Outcome::kDone;
  return PutValue(*type.element, memory_.Part(piece, type.shape[1], type.element->size));
}

// An alternative that is told by the address of a function; the first one is that address.
Encoder::Outcome Encoder::PutHeld(const Type& type, const Piece& piece) {
  uint64_t manager = 0, elsewhere = 0;
  if (!ReadWord(piece, type.shape[0], &manager)) return Outcome::kUnreadable;
  uint32_t index = manager == 0 ? 0 : type.member_count - 1;
  while (index > 0 && static_cast<uint64_t>(type.members[index].offset) != manager) --index;
  const Member& member = type.members[index];
  out_ = PutVarint(out_, index + 1);
  if (index == 0) {
    out_ = PutVarint(out_, manager);
    return Outcome::kDone;
  }
  if (member.bits == 0) {
    return PutValue(*member.type, memory_.Part(piece, type.shape[2], member.type->size));
  }
  if (!ReadWord(piece, type.shape[2], &elsewhere)) return Outcome::kUnreadable;
  return PutValue(*member.type, memory_.Get(elsewhere, member.type->size, Owned(piece.trusted)));
}

Encoder::Outcome Encoder::PutVariant(const Type& type, const Piece& piece) {
  if (type.shape[3] == kVariantAdapted) return PutAdapted(type, piece);
  if (type.shape[3] == kVariantHeld) return PutHeld(type, piece);
  uint32_t size = static_cast<uint32_t>(type.shape[1]);
  uint64_t index = 0;
  if (!ReadNumber(piece, type.shape[0], size, &index)) return Outcome::kUnreadable;
  // All ones when it holds nothing; anything else that is no index is no variant either.
  bool valueless = index >= type.member_count;
  out_ = PutVarint(out_, valueless ? 0 : index + 1);
  if (valueless || type.members[index].type == nullptr) return Outcome::kDone;
  const Type& alternative = *type.members[index].type;
  return PutValue(alternative, memory_.Part(piece, type.shape[2], alternative.size));
}

Encoder::Outcome Encoder::PutSmartPointer(const Type& type, const Piece& piece) {
  uint64_t address = 0;
  if (!ReadWord(piece, type.shape[0], &address)) return Outcome::kUnreadable;
  bool owner = type.shape[2] == 0;
  return PutPointer(type, address, Owned(piece.trusted && owner), true);
}

// An object whose first word points to its class's virtual table. Before its constructor has ended
// that may be anything, and the members of a derived class may not be there yet.
Encoder::Outcome Encoder::PutPolymorphic(const Type& type, const Piece& piece) {
  uint64_t table = 0;
  if (!ReadWord(piece, 0, &table) || type.element == nullptr) return Outcome::kUnreadable;
  DynamicClass found = is_this_ ? DynamicClass{} : FindClass(table);
  is_this_ = false;
  bool other = found.type != nullptr && table - found.table >= 2 * sizeof(table) &&
               __builtin_strcmp(found.type->name, type.name) != 0;
  uint32_t id = other ? GetSession()->RegisterType(found.type) : 0;
  char* start = out_;
  if (id != 0) {
    // In front of where a table is pointed to: how far it is to the whole object, and its type.
    uint64_t to_whole = Load<uint64_t>(reinterpret_cast<const char*>(table - 2 * sizeof(table)));
    Piece whole = memory_.Get(piece.address + to_whole, found.type->size, Trust::kNone);
    out_ = PutVarint(out_, id);
    Outcome outcome = PutValue(*found.type, whole);
    if (outcome != Outcome::kUnreadable) return outcome;
  }
  out_ = PutVarint(start, 0);
  return PutValue(*type.element, piece);
}

Encoder::Outcome Encoder::PutVirtualBase(const Member& member, const Piece& piece) {
  constexpr uint64_t kFurthest = 1 << 30;
  uint64_t table = 0, offset = 0;
  if (!ReadWord(piece, 0, &table)) return Outcome::kUnreadable;
  bool trusted = piece.trusted && FindClass(table).type != nullptr;
  uint64_t place = table + static_cast<uint64_t>(member.offset);
  if (!ReadWord(memory_.Get(place, sizeof(offset), Owned(trusted)), 0, &offset) ||
      offset > kFurthest) {
    return Outcome::kUnreadable;
  }
  return PutValue(*member.type,
                  memory_.Follow(piece, piece.address + offset, member.type->size, Owned(trusted)));
}

}  // namespace omnitrace::recording
