// The encoder's part for what lies together: texts, arrays, vectors.
#include "runtime/recording/encoder_sequence.h"

namespace omnitrace::recording {
namespace {

// Of a length that becomes known behind the text.
constexpr size_t kTrueBytes = 3;
// At least these stay free behind a text, for the rest of what it is part of.
constexpr ptrdiff_t kFixedBytes = 64;
// How far the end of a text in a buffer is looked for.
constexpr uint64_t kMostLooked = 4096;
// And that of a C string.
constexpr size_t kMostMeasured = 64 * 1024;

size_t CountUntilZero(const char* text, size_t width, size_t most) {
  static constexpr char kZero[4] = {};
  size_t count = 0;
  while (count < most && __builtin_memcmp(text + count * width, kZero, width) != 0) ++count;
  return count;
}

}  // namespace

Encoder::Outcome Encoder::PutCString(const Type& type, uint64_t address) {
  out_ = PutVarint(out_, address);
  if (address == 0 || type.element == nullptr) return Outcome::kDone;
  size_t width = type.element->size;
  bool known = width == 1 || width == 2 || width == 4;
  if (!known || IsSpent()) {
    PutState(kStateAbsent);
    return Outcome::kDone;
  }
  size_t most = BudgetLeft() / width * width;
  if (!HasRoom(most + kFixedBytes)) return Outcome::kNoRoom;
  char* text = out_ + 1 + kTrueBytes + kStoredBytes;
  size_t read = memory_.ReadUntrusted(address, text, most);
  if (read < width) {
    PutState(kStateUnreadable);
    return Outcome::kDone;
  }
  size_t stored = CountUntilZero(text, width, read / width);
  size_t length = stored < read / width ? stored : MeasureCString(address, width, stored);
  PutState(kStateValue);
  PutPaddedVarint(out_, kTrueBytes, length);
  PutPaddedVarint(out_ + kTrueBytes, kStoredBytes, stored);
  out_ = text + stored * width;
  return Outcome::kDone;
}

// The length of a text whose first `known` characters are no end. A text that reaches further than
// one looks, or into memory that cannot be read, counts as far as that, and one more.
size_t Encoder::MeasureCString(uint64_t address, size_t width, size_t known) {
  char chunk[kChunk];
  while (known * width < kMostMeasured) {
    size_t read = memory_.ReadUntrusted(address + known * width, chunk, sizeof(chunk)) / width;
    size_t counted = CountUntilZero(chunk, width, read);
    known += counted;
    if (counted < read) return known;
    if (read * width < sizeof(chunk)) break;
  }
  return known + 1;
}

bool Encoder::ReadExtent(const Type& type, const Piece& piece, uint64_t width, Extent* extent) {
  auto kind = static_cast<LengthKind>(type.shape[1]);
  extent->trusted = piece.trusted;
  if (kind == LengthKind::kSmall) return ReadSmallExtent(type, piece, extent);
  if (kind == LengthKind::kShownRun) return ReadShownRun(type, piece, extent);
  int64_t offset = 0;
  bool inside = false;
  if (!ReadPlace(type, piece, &offset, &inside)) return false;
  extent->data = piece.address + static_cast<uint64_t>(offset);
  if (!inside && !ReadWord(piece, offset, &extent->data)) return false;
  if ((type.shape[4] & kElementsUntrusted) != 0) extent->trusted = false;
  if (!ReadCount(type, piece, width, extent)) return false;
  // Of a class that holds its elements, no more than there is room for.
  return !inside || width == 0 ||
         extent->count <= (type.size - static_cast<uint32_t>(offset)) / width;
}

// Of elements of `width` bytes, which isn't 0 where it matters.
bool Encoder::ReadCount(const Type& type, const Piece& piece, uint64_t width, Extent* extent) {
  uint64_t word = static_cast<uint64_t>(type.shape[2]);
  switch (static_cast<LengthKind>(type.shape[1])) {
    case LengthKind::kConstant:
    case LengthKind::kSmall:
    case LengthKind::kShown:
    case LengthKind::kShownRun:
      extent->count = word;
      return true;
    case LengthKind::kTerminated:
      extent->count = CountInBuffer(piece, type.shape[0], word, width);
      return true;
    case LengthKind::kBeforeData: {
      ProgramMemory::Frame frame(&memory_);
      Piece length = memory_.Follow(piece, extent->data - word, sizeof(word), Owned(piece.trusted));
      return ReadWord(length, 0, &extent->count);
    }
    case LengthKind::kEndPointer:
      if (!ReadWord(piece, type.shape[2], &word)) return false;
      extent->torn = word < extent->data || (width > 0 && (word - extent->data) % width != 0);
      extent->count = word >= extent->data && width > 0 ? (word - extent->data) / width : 0;
      return true;
    case LengthKind::kCount: {
      uint32_t bytes = type.shape[3] & 0xff, shift = static_cast<uint32_t>(type.shape[3]) >> 8;
      if (!ReadNumber(piece, type.shape[2], bytes == 0 ? 8 : bytes, &extent->count)) return false;
      extent->count >>= shift;
      return true;
    }
  }
  return false;
}

// The characters up to a zero, of a buffer for `size` of them; all when there is none near the
// start.
uint64_t Encoder::CountInBuffer(const Piece& piece, int64_t offset, uint64_t size, uint64_t width) {
  ProgramMemory::Frame frame(&memory_);
  uint64_t looked = size * width < kMostLooked ? size : kMostLooked / width;
  Piece text = memory_.Part(piece, offset, static_cast<uint32_t>(looked * width));
  if (text.bytes == nullptr || text.size < looked * width) return size;
  uint64_t count = CountUntilZero(text.bytes, width, looked);
  return count < looked ? count : size;
}

bool Encoder::ReadNumber(const Piece& piece, int64_t offset, uint32_t size, uint64_t* number) {
  Piece part = memory_.Part(piece, offset, size);
  if (part.bytes == nullptr) return false;
  *number = LoadInteger(part.bytes, size, false);
  return true;
}

// Where the elements are, or the pointer to them.
bool Encoder::ReadPlace(const Type& type, const Piece& piece, int64_t* offset, bool* inside) {
  const int32_t place = type.shape[4];
  *offset = type.shape[0];
  *inside = (place & kElementsInside) != 0;
  if ((place & kElementsChosen) == 0) return true;
  uint32_t size = static_cast<uint32_t>(place) >> 8;
  Piece part = memory_.Part(piece, type.shape[5], size);
  if (part.bytes == nullptr) return false;
  bool has_sign = (place & kChosenBySigned) != 0;
  uint64_t number = LoadInteger(part.bytes, size, has_sign);
  uint64_t operand = static_cast<uint64_t>(static_cast<int64_t>(type.shape[7]));
  bool negative = has_sign && static_cast<int64_t>(number) < 0;
  bool more = !negative && number > operand;
  bool holds = (place & kChosenByMore) != 0 ? more : (number & operand) != 0;
  *inside = holds == ((place & kChosenByNot) != 0);
  if (*inside) *offset = type.shape[6];
  return true;
}

bool Encoder::ReadSmallExtent(const Type& type, const Piece& piece, Extent* extent) {
  Piece flag = memory_.Part(piece, type.shape[3], 1);
  Piece length = memory_.Part(piece, type.shape[5], 1);
  if (flag.bytes == nullptr || length.bytes == nullptr) return false;
  if ((Load<uint8_t>(flag.bytes) >> type.shape[4] & 1) != 0) {
    return ReadWord(piece, type.shape[0], &extent->data) &&
           ReadWord(piece, type.shape[2], &extent->count);
  }
  extent->data = piece.address + static_cast<uint64_t>(type.shape[7]);
  extent->count = Load<uint8_t>(length.bytes) >> type.shape[6] & 0x7f;
  return true;
}

Encoder::Outcome Encoder::PutText(const Type& type, const Piece& piece) {
  uint64_t width = type.element == nullptr ? 1 : type.element->size;
  Extent extent = {};
  if (!ReadExtent(type, piece, width, &extent)) return Outcome::kUnreadable;
  out_ = PutVarint(out_, extent.count);
  uint64_t most = BudgetLeft() / width;
  uint64_t stored = extent.count < most ? extent.count : most;
  uint64_t room = end_ - out_ > kFixedBytes ? static_cast<uint64_t>(end_ - out_) - kFixedBytes : 0;
  if (stored * width > room) {
    stored = room / width;
    squeezed_ = true;
  }
  uint32_t bytes = static_cast<uint32_t>(stored * width);
  bool trusted = extent.trusted && extent.count <= kMostTrusted;
  Piece text = memory_.Follow(piece, extent.data, bytes, Owned(trusted));
  if (text.bytes == nullptr || text.size < bytes) stored = bytes = 0;
  out_ = PutVarint(out_, stored);
  CopyBytes(out_, text.bytes, bytes);
  out_ += bytes;
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutArray(const Type& type, const Piece& piece) {
  uint64_t count = static_cast<uint32_t>(type.shape[0]);
  Sequence sequence(this, count);
  if (type.element == nullptr) return Outcome::kDone;
  sequence.PutRun(*type.element, piece, count);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutSequence(const Type& type, const Piece& piece) {
  if (static_cast<LengthKind>(type.shape[1]) == LengthKind::kShown) return PutShown(type, piece);
  uint64_t width = type.element == nullptr ? 0 : type.element->size;
  Extent extent = {};
  if (!ReadExtent(type, piece, width, &extent)) return Outcome::kUnreadable;
  Sequence sequence(this, extent.count);
  if (extent.torn) sequence.Tear(type);
  if (width == 0) return Outcome::kDone;
  bool trusted = extent.trusted && extent.count <= kMostTrusted / width;
  uint64_t chunk = kChunk / width;
  if (chunk == 0) chunk = 1;
  for (uint64_t i = 0; i < extent.count; i += chunk) {
    ProgramMemory::Frame frame(&memory_);
    uint64_t count = extent.count - i < chunk ? extent.count - i : chunk;
    uint32_t bytes = static_cast<uint32_t>(count * width);
    Piece part = memory_.Follow(piece, extent.data + i * width, bytes, Owned(trusted));
    if (part.bytes == nullptr) sequence.Tear(type);
    if (part.bytes == nullptr || !sequence.PutRun(*type.element, part, count)) break;
  }
  return Outcome::kDone;
}

}  // namespace omnitrace::recording
