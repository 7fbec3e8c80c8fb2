// The encoder's part for hash tables of slots, and matrices.
#include "runtime/recording/encoder_sequence.h"

namespace omnitrace::recording {

// Puts the elements of the slots that are taken, and returns how many are left of `most`.
uint64_t Encoder::PutSlots(const Type& type, const Piece& marks, const Piece& slots, uint64_t most,
                           Sequence* sequence) {
  uint32_t size = type.element->size, width = type.shape[4] == 1 ? sizeof(void*) : size;
  for (uint32_t i = 0; i < marks.size && most > 0; ++i) {
    if (marks.bytes[i] < 0) continue;
    ProgramMemory::Frame frame(&memory_);
    Piece element = memory_.Part(slots, static_cast<int64_t>(i) * width, width);
    if (type.shape[4] == 1) {
      uint64_t address = 0;
      if (!ReadWord(element, 0, &address)) return 0;
      element = memory_.Get(address, size, Owned(slots.trusted));
    }
    if (!sequence->Put(*type.element, element)) return 0;
    --most;
  }
  return most;
}

Encoder::Outcome Encoder::PutHashTable(const Type& type, const Piece& piece) {
  uint64_t control = 0, slots = 0, count = 0, capacity = 0;
  bool read = ReadWord(piece, type.shape[0], &control) && ReadWord(piece, type.shape[1], &slots) &&
              ReadWord(piece, type.shape[2], &count) && ReadWord(piece, type.shape[3], &capacity);
  if (!read) return Outcome::kUnreadable;
  Sequence sequence(this, count);
  if (count > capacity) sequence.Tear(type);
  if (type.element == nullptr || type.element->size == 0 || count > capacity) {
    return Outcome::kDone;
  }
  uint64_t width = type.shape[4] == 1 ? sizeof(void*) : type.element->size;
  uint64_t chunk = width < kChunk ? kChunk / width : 1, left = count;
  Trust trust = TrustInLinks(piece);
  for (uint64_t i = 0; i < capacity && i < kMostTrusted && left > 0; i += chunk) {
    ProgramMemory::Frame frame(&memory_);
    uint64_t run = capacity - i < chunk ? capacity - i : chunk;
    Piece marks = memory_.Get(control + i, static_cast<uint32_t>(run), trust);
    Piece places = memory_.Get(slots + i * width, static_cast<uint32_t>(run * width), trust);
    if (marks.bytes == nullptr || marks.size < run || places.bytes == nullptr) break;
    left = PutSlots(type, marks, places, left, &sequence);
  }
  if (left > 0 && capacity <= kMostTrusted) sequence.Tear(type);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutMatrix(const Type& type, const Piece& piece) {
  uint64_t rows = static_cast<uint32_t>(type.shape[1]);
  uint64_t columns = static_cast<uint32_t>(type.shape[2]);
  uint32_t row_bytes = static_cast<uint32_t>(type.shape[5]);
  uint32_t column_bytes = static_cast<uint32_t>(type.shape[6]);
  bool read = (row_bytes == 0 || ReadNumber(piece, type.shape[1], row_bytes, &rows)) &&
              (column_bytes == 0 || ReadNumber(piece, type.shape[2], column_bytes, &columns));
  if (!read) return Outcome::kUnreadable;
  if (columns == 0) rows = 0;
  const Type* number = type.element == nullptr ? nullptr : type.element->element;
  Sequence sequence(this, rows);
  if (number == nullptr || rows > kMostTrusted || columns > kMostTrusted) return Outcome::kDone;
  Piece matrix = ReadMatrix(type, piece, rows * columns * number->size);
  bool by_columns = type.shape[3] == 1;
  uint64_t down = number->size * (by_columns ? 1 : columns);
  uint64_t across = number->size * (by_columns ? rows : 1);
  for (uint64_t i = 0; i < rows && matrix.bytes != nullptr; ++i) {
    if (!sequence.PutRow(*number, matrix, i * down, across, columns)) break;
  }
  return Outcome::kDone;
}

// The numbers, or those that one asks for first: Part() fetches what is missing of a copy.
Piece Encoder::ReadMatrix(const Type& type, const Piece& piece, uint64_t bytes) {
  bool inside = (type.shape[4] & kElementsInside) != 0;
  uint64_t offset = static_cast<uint64_t>(type.shape[0]), data = piece.address + offset;
  Piece nothing = {nullptr, 0, 0, false};
  if (inside ? bytes > type.size - offset : !ReadWord(piece, type.shape[0], &data)) return nothing;
  bool trusted = piece.trusted && (inside || (type.shape[4] & kElementsUntrusted) == 0);
  bool all = bytes <= kMostTrusted;
  return memory_.Follow(piece, data, static_cast<uint32_t>(all ? bytes : kMostTrusted),
                        Owned(trusted && (all || inside)));
}

}  // namespace omnitrace::recording
