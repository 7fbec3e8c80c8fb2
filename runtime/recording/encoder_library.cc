// The encoder's part for what only libraries have: bits, wrappers, shared owners, positions, and
// objects that are told by their dynamic type.
#include "runtime/recording/encoder.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/simple_value.h"

namespace omnitrace::recording {
namespace {

// Longer names are cut, which leaves them without a reading.
constexpr size_t kMostName = 1024;
constexpr size_t kNameBytes = 2;
// The Itanium C++ ABI: in front of a virtual table's functions, and of a thrown object behind its
// unwinder's header.
constexpr uint64_t kTypeInfoInTable = 8;
constexpr uint64_t kNameInTypeInfo = 8;
constexpr uint64_t kTypeInfoOfException = 112;
// Behind the virtual table; of all exceptions of the standard library that have a text.
constexpr uint64_t kTextOfException = 8;

constexpr uint64_t kBitsInWord = 64;
// As for other containers; see encoder_sequences.cc.
constexpr uint64_t kMostTrustedBits = 8 * 64 * 1024;

bool Equals(const char* name, size_t size, const char* known) {
  size_t i = 0;
  while (known[i] != '\0' && i < size && name[i] == known[i]) ++i;
  return known[i] == '\0' && i == size;
}

// std::logic_error, std::runtime_error and what the library derives from them, mangled.
constexpr const char* kTextExceptions[] = {
    "St11logic_error",  "St12domain_error",   "St16invalid_argument",
    "St12length_error", "St12out_of_range",   "St13runtime_error",
    "St11range_error",  "St14overflow_error", "St15underflow_error",
};

bool HasText(const char* name, size_t size) {
  for (const char* known : kTextExceptions) {
    if (Equals(name, size, known)) return true;
  }
  return false;
}

}  // namespace

Encoder::Outcome Encoder::PutWrapper(const Type& type, const Piece& piece) {
  if (type.element == nullptr) return Outcome::kDone;
  return PutValue(*type.element, memory_.Part(piece, type.shape[0], type.element->size));
}

Encoder::Outcome Encoder::PutPosition(const Type& type, const Piece& piece) {
  uint64_t address = 0;
  if (!ReadWord(piece, type.shape[0], &address)) return Outcome::kUnreadable;
  out_ = PutVarint(out_, address);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutSharedPointer(const Type& type, const Piece& piece) {
  uint64_t address = 0, control = 0, count = 0;
  if (!ReadWord(piece, type.shape[0], &address) || !ReadWord(piece, type.shape[1], &control)) {
    return Outcome::kUnreadable;
  }
  uint32_t size = static_cast<uint32_t>(type.shape[3]);
  Piece counter = {};
  if (control != 0) {
    counter =
        memory_.Get(control + static_cast<uint64_t>(type.shape[2]), size, Owned(piece.trusted));
  }
  if (counter.bytes != nullptr) {
    count = LoadInteger(counter.bytes, size, true) + static_cast<uint64_t>(type.shape[4]);
  }
  bool known = control == 0 || (counter.bytes != nullptr && count <= INT32_MAX);
  out_ = PutVarint(out_, known ? count + 1 : 0);
  // Without an owner nobody says that the object is there.
  return PutPointer(type, address, Owned(piece.trusted && known && control != 0), true);
}

// Where the words of a sequence of bits are, and how many bits they hold.
bool Encoder::ReadBits(const Type& type, const Piece& piece, Extent* bits) {
  bool inside = static_cast<LengthKind>(type.shape[1]) == LengthKind::kConstant;
  if (inside) {
    *bits = {piece.address + static_cast<uint64_t>(type.shape[0]),
             static_cast<uint64_t>(type.shape[2]), piece.trusted, false};
    return true;
  }
  uint64_t length = 0, used = 0;
  bool range = static_cast<LengthKind>(type.shape[1]) == LengthKind::kEndPointer;
  bool read = ReadWord(piece, type.shape[0], &bits->data) &&
              ReadWord(piece, type.shape[2], &length) &&
              (!range || ReadWord(piece, type.shape[3], &used));
  if (!read) return false;
  bits->count = length;
  bits->trusted = piece.trusted;
  if (range) {
    // The number of used bits is an unsigned int.
    bool ordered = length >= bits->data;
    bits->count = ordered ? (length - bits->data) * 8 + static_cast<uint32_t>(used) : 0;
  }
  return true;
}

// Writes the first `count` bits: of a text the highest ones, as characters, else the lowest ones,
// as numbers. Returns how many could be read.
uint64_t Encoder::PutBitRun(const Piece& piece, const Extent& bits, uint64_t count, bool text) {
  bool trusted = bits.trusted && bits.count <= kMostTrustedBits;
  uint64_t value = 0;
  for (uint64_t i = 0; i < count; ++i) {
    uint64_t bit = text ? bits.count - 1 - i : i;
    uint64_t at = bit % kBitsInWord;
    if (i == 0 || at == (text ? kBitsInWord - 1 : 0)) {
      ProgramMemory::Frame frame(&memory_);
      uint64_t address = bits.data + bit / kBitsInWord * sizeof(value);
      Piece word = memory_.Follow(piece, address, sizeof(value), Owned(trusted));
      if (word.bytes == nullptr) return i;
      value = Load<uint64_t>(word.bytes);
    }
    uint64_t one = value >> at & 1;
    if (text) {
      *out_++ = static_cast<char>('0' + one);
    } else {
      out_ = PutVarint(out_, one);
    }
  }
  return count;
}

Encoder::Outcome Encoder::PutBits(const Type& type, const Piece& piece) {
  Extent bits;
  if (!ReadBits(type, piece, &bits)) return Outcome::kUnreadable;
  uint64_t most = BudgetLeft();
  if (most > MostOfPaddedVarint(kNameBytes)) most = MostOfPaddedVarint(kNameBytes);
  bool text = type.kind == TypeKind::kBitText;
  if (!text && most > value_elements_ - elements_) most = value_elements_ - elements_;
  uint64_t stored = bits.count < most ? bits.count : most;
  if (!HasRoom(stored + 2 * kVarintSlack)) return Outcome::kNoRoom;
  out_ = PutVarint(out_, bits.count);
  char* length = out_;
  out_ += kNameBytes;
  stored = PutBitRun(piece, bits, stored, text);
  if (!text) elements_ += stored;
  PutPaddedVarint(length, kNameBytes, stored);
  return Outcome::kDone;
}

// A text of the program that ends with a zero, without a star in front. False when it cannot be
// read.
bool Encoder::PutName(uint64_t address, size_t most) {
  if (!HasRoom(kNameBytes + most + 1)) return false;
  char* text = out_ + kNameBytes;
  size_t read = IsPlausible(address) ? memory_.ReadUntrusted(address, text, most) : 0;
  size_t size = 0;
  while (size < read && text[size] != '\0') ++size;
  if (size == read) return false;
  PutPaddedVarint(out_, kNameBytes, size);
  out_ = text + size;
  return true;
}

Encoder::Outcome Encoder::PutDynamicType(const Type& type, const Piece& piece) {
  uint64_t object = piece.address, table = 0, type_info = 0;
  if (type.shape[0] != 0 && !ReadWord(piece, type.shape[1], &object)) return Outcome::kUnreadable;
  out_ = PutVarint(out_, object);
  if (object == 0) return Outcome::kDone;
  bool read = ReadWord(memory_.Get(object, 8, Trust::kNone), 0, &table) &&
              ReadWord(memory_.Get(table - kTypeInfoInTable, 8, Trust::kNone), 0, &type_info);
  return PutTypeName(read ? type_info : 0, nullptr);
}

// A state, and the mangled name that the type information has; `name` tells where it begins.
Encoder::Outcome Encoder::PutTypeName(uint64_t type_info, const char** name) {
  char* state = out_;
  PutState(kStateValue);
  uint64_t address = 0;
  size_t most = BudgetLeft() < kMostName ? BudgetLeft() : kMostName;
  bool known = type_info != 0 &&
               ReadWord(memory_.Get(type_info + kNameInTypeInfo, 8, Trust::kNone), 0, &address) &&
               PutName(address, most);
  if (known) {
    if (name != nullptr) *name = state + 1 + kNameBytes;
    return Outcome::kDone;
  }
  out_ = state;
  PutState(kStateUnreadable);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutExceptionPointer(const Type& type, const Piece& piece) {
  uint64_t object = 0, type_info = 0, text = 0;
  if (!ReadWord(piece, type.shape[0], &object)) return Outcome::kUnreadable;
  out_ = PutVarint(out_, object);
  if (object == 0) return Outcome::kDone;
  ReadWord(memory_.Get(object - kTypeInfoOfException, 8, Trust::kNone), 0, &type_info);
  const char* name = nullptr;
  PutTypeName(type_info, &name);
  if (name == nullptr) return Outcome::kDone;
  bool has_text = HasText(name, static_cast<size_t>(out_ - name)) &&
                  ReadWord(memory_.Get(object + kTextOfException, 8, Trust::kNone), 0, &text);
  size_t most = BudgetLeft() < kMostName ? BudgetLeft() : kMostName;
  if (!has_text || !PutName(text, most)) PutPaddedVarint(out_, 1, 0), ++out_;
  return Outcome::kDone;
}

}  // namespace omnitrace::recording
