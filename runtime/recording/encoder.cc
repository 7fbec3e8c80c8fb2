#include "runtime/recording/encoder.h"

#include "runtime/recording/class_table.h"
#include "runtime/recording/simple_value.h"
#include "runtime/recording/thread_log.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::recording {
namespace {

// The object of a method says less about the call than its arguments, and is there at every call.
constexpr uint64_t kShareOfThis = 4;

uint64_t Lesser(uint64_t one, uint64_t other) { return one < other ? one : other; }

// Whether its encoding can say that it was not readable. (Pointers say so of their targets.)
bool CanBeUnreadable(const Type& type) {
  if (type.kind == TypeKind::kReference)
    return type.element == nullptr || CanBeUnreadable(*type.element);
  return !IsRaw(type) && (type.kind == TypeKind::kClass || type.kind == TypeKind::kTuple);
}

// Lies in the block, whatever limits say, and stays as it is: the general way would take 177
// instructions more.
bool IsPlainNumber(const Parameter& parameter) {
  return parameter.flags == 0 && IsVarint(*parameter.type);
}

}  // namespace

class Encoder::Level {
 public:
  explicit Level(Encoder* encoder) : encoder_(encoder), frame_(&encoder->memory_) {
    ++encoder_->depth_;
  }
  ~Level() { --encoder_->depth_; }

 private:
  Encoder* const encoder_;
  ProgramMemory::Frame frame_;
};

Encoder::Encoder(char* out, char* end, const ThreadLog& log, const Limits& limits, int most_reads)
    : out_(out),
      end_(end),
      limits_(limits),
      budget_end_(out),
      record_start_(out),
      memory_(log.scratch, log.scratch == nullptr ? 0 : kScratchBytes, most_reads, log.tid) {}

bool Encoder::PutArguments(const Site& site, const char* block) {
  // A constructor is entered before there is an object.
  bool exists = (site.flags & kFunctionConstructor) == 0, views = false;
  for (uint32_t i = 0; i < site.parameter_count; ++i) {
    if (site.parameters[i].type == nullptr) continue;
    if (IsPlainNumber(site.parameters[i])) {
      if (!HasRoom(kVarintSlack)) return false;
      const char* slot = block + site.parameters[i].offset;
      out_ = PutSimple(out_, *site.parameters[i].type, slot, 0);
      continue;
    }
    char* value = out_;
    has_view_ = false;
    bool trusted = (site.parameters[i].flags & kParameterUntrusted) == 0;
    Outcome outcome = PutParameter(site, i, block, trusted, exists);
    if (outcome == Outcome::kUnreadable) outcome = PutNothing(*site.parameters[i].type);
    if (outcome != Outcome::kDone) return false;
    Digest(site.parameters[i], value);
    views |= has_view_ && (site.parameters[i].flags & kParameterMutable) != 0;
  }
  // When the call ends the object may be gone, and no view may be asked to look at it.
  if (views && (site.flags & kFunctionKeeps) == 0) digest_ = kNoDigest;
  return true;
}

bool Encoder::PutChanged(const Site& site, const char* block, bool threw) {
  // Of a constructor that returns the object is sure to be there, and of one that throws it is
  // gone.
  bool constructor = (site.flags & kFunctionConstructor) != 0;
  bool kept = (site.flags & kFunctionKeeps) != 0;
  for (uint32_t i = 0; i < site.parameter_count; ++i) {
    uint32_t flags = site.parameters[i].flags;
    if ((flags & kParameterMutable) == 0) continue;
    bool is_new = constructor && (flags & kParameterThis) != 0;
    char* value = out_;
    bool trusted = is_new || (kept && (flags & kParameterUntrusted) == 0);
    Outcome outcome = PutParameter(site, i, block, trusted, !is_new || !threw);
    if (outcome == Outcome::kUnreadable && CanBeUnreadable(*site.parameters[i].type)) {
      outcome = PutNothing(*site.parameters[i].type);
    }
    if (outcome != Outcome::kDone) return false;
    Digest(site.parameters[i], value);
  }
  return true;
}

Encoder::Outcome Encoder::PutParameter(const Site& site, uint32_t index, const char* block,
                                       bool trusted, bool exists) {
  const Parameter& parameter = site.parameters[index];
  bool is_this = (parameter.flags & kParameterThis) != 0;
  bool shortened = StartBudget(is_this ? limits_.value / kShareOfThis : limits_.value,
                               site.parameter_count - index);
  Piece slot = {block + parameter.offset, reinterpret_cast<uint64_t>(block) + parameter.offset,
                parameter.type->size, true};
  Outcome outcome = PutTop(parameter, slot, trusted, exists);
  squeezed_ |= shortened && out_ >= budget_end_;
  return outcome;
}

void Encoder::Digest(const Parameter& parameter, const char* value) {
  if ((parameter.flags & kParameterMutable) == 0) return;
  digest_ = Checksum(value, static_cast<size_t>(out_ - value), digest_);
}

// Gives the next of `values` its budget: true when the room left for all of them allows less than
// it may have.
bool Encoder::StartBudget(uint64_t bytes, uint32_t values) {
  uint64_t used = static_cast<uint64_t>(out_ - record_start_);
  bytes = Lesser(bytes, limits_.record_bytes - Lesser(used, limits_.record_bytes));
  value_elements_ = Lesser(elements_ + limits_.elements, limits_.record_elements);
  uint64_t room = out_ < end_ ? static_cast<uint64_t>(end_ - out_) : 0;
  uint64_t share = room / values;
  budget_end_ = out_ + (share < bytes ? share : bytes);
  return share < bytes;
}

Encoder::Outcome Encoder::PutTop(const Parameter& parameter, const Piece& slot, bool trusted,
                                 bool exists) {
  const Type& type = *parameter.type;
  if (type.kind == TypeKind::kReference) {
    return PutReferent(type, LoadAddress(slot.bytes), trusted ? Trust::kGiven : Trust::kNone);
  }
  Piece value = slot;
  if ((parameter.flags & kParameterIndirect) != 0) {
    value = memory_.Get(LoadAddress(slot.bytes), type.size, Trust::kGiven);
  }
  if ((parameter.flags & kParameterThis) == 0) return PutValue(type, value);
  Trust trust = trusted ? Trust::kGiven : Trust::kNone;
  is_this_ = true;
  Outcome outcome = PutPointer(type, LoadAddress(value.bytes), trust, exists);
  is_this_ = false;
  return outcome;
}

bool Encoder::PutResult(const Type& type, const void* result) {
  bool shortened = StartBudget(limits_.value, 1);
  uint64_t address = reinterpret_cast<uint64_t>(result);
  const Type& value =
      type.kind == TypeKind::kReference && type.element != nullptr ? *type.element : type;
  Outcome outcome = PutValue(value, memory_.Get(address, value.size, Trust::kGiven));
  if (outcome == Outcome::kUnreadable) outcome = PutNothing(value);
  squeezed_ |= shortened && out_ >= budget_end_;
  return outcome == Outcome::kDone;
}

Encoder::Outcome Encoder::PutValue(const Type& type, const Piece& piece) {
  if (!HasRoom(2 * kVarintSlack)) return Outcome::kNoRoom;
  // Only its address is asked for.
  if (type.kind == TypeKind::kOpaque) return PutBytes(type, piece);
  if (piece.bytes == nullptr) return Outcome::kUnreadable;
  if (IsSimple(&type)) return PutBytes(type, piece);
  Level level(this);
  return PutKind(type, piece);
}

Encoder::Outcome Encoder::PutKind(const Type& type, const Piece& piece) {
  switch (type.kind) {
    case TypeKind::kReference:
      return PutReferent(type, LoadAddress(piece.bytes), Owned(piece.trusted));
    case TypeKind::kPointer:
      return PutPointer(type, LoadAddress(piece.bytes), Trust::kNone, true);
    case TypeKind::kCString:
      return PutCString(type, LoadAddress(piece.bytes));
    case TypeKind::kClass:
    case TypeKind::kTuple:
      return PutRecord(type, piece);
    case TypeKind::kArray:
      return PutArray(type, piece);
    case TypeKind::kText:
      return PutText(type, piece);
    case TypeKind::kSequence:
      return PutSequence(type, piece);
    case TypeKind::kList:
      return PutList(type, piece);
    case TypeKind::kTree:
      return PutTree(type, piece);
    case TypeKind::kDeque:
      return PutDeque(type, piece);
    case TypeKind::kOptional:
      return PutOptional(type, piece);
    case TypeKind::kVariant:
      return PutVariant(type, piece);
    case TypeKind::kSmartPointer:
      return PutSmartPointer(type, piece);
    case TypeKind::kPolymorphic:
      return PutPolymorphic(type, piece);
    case TypeKind::kBitText:
    case TypeKind::kBitSequence:
      return PutBits(type, piece);
    case TypeKind::kWrapper:
      return PutWrapper(type, piece);
    case TypeKind::kSharedPointer:
      return PutSharedPointer(type, piece);
    case TypeKind::kPosition:
      return PutPosition(type, piece);
    case TypeKind::kDynamicType:
      return PutDynamicType(type, piece);
    case TypeKind::kExceptionPointer:
      return PutExceptionPointer(type, piece);
    case TypeKind::kHashTable:
      return PutHashTable(type, piece);
    case TypeKind::kMatrix:
      return PutMatrix(type, piece);
    default:
      return PutBytes(type, piece);
  }
}

Encoder::Outcome Encoder::PutBytes(const Type& type, const Piece& piece) {
  if (!HasRoom(SimpleBytes(&type))) return Outcome::kNoRoom;
  out_ = PutSimple(out_, type, piece.bytes, piece.address);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutNothing(const Type& type) {
  if (!HasRoom(2 * kVarintSlack + (IsRaw(type) ? type.size : 0))) return Outcome::kNoRoom;
  if (IsRaw(type)) {
    ZeroBytes(out_, type.size);
    out_ += type.size;
    return Outcome::kDone;
  }
  switch (type.kind) {
    case TypeKind::kVoid:
    case TypeKind::kNullPointer:
      break;
    case TypeKind::kReference:
    case TypeKind::kWrapper:
      return type.element == nullptr ? Outcome::kDone : PutNothing(*type.element);
    case TypeKind::kPolymorphic:
      out_ = PutVarint(out_, 0);
      return type.element == nullptr ? Outcome::kDone : PutNothing(*type.element);
    case TypeKind::kClass:
    case TypeKind::kTuple:
      PutState(kStateUnreadable);
      break;
    case TypeKind::kText:
    case TypeKind::kArray:
    case TypeKind::kSequence:
    case TypeKind::kList:
    case TypeKind::kTree:
    case TypeKind::kDeque:
    case TypeKind::kBitText:
    case TypeKind::kBitSequence:
    case TypeKind::kSharedPointer:
    case TypeKind::kHashTable:
    case TypeKind::kMatrix:
      out_ = PutVarint(PutVarint(out_, 0), 0);
      break;
    case TypeKind::kOptional:
      *out_++ = 0;
      break;
    case TypeKind::kVariant:
      if (type.shape[3] == kVariantAdapted) {
        out_ = PutVarint(out_, 2);
        return PutNothing(*type.members[1].type);
      }
      [[fallthrough]];
    default:
      // A null, a valueless variant, zero.
      out_ = PutVarint(out_, 0);
  }
  return Outcome::kDone;
}

bool Encoder::ReadWord(const Piece& piece, int64_t offset, uint64_t* word) {
  Piece part = memory_.Part(piece, offset, sizeof(*word));
  if (part.bytes == nullptr) return false;
  *word = LoadAddress(part.bytes);
  return true;
}

}  // namespace omnitrace::recording
