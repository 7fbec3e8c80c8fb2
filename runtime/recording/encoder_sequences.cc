// The encoder's part for what has a length: texts, arrays, containers.
#include "runtime/recording/encoder.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/simple_value.h"

namespace omnitrace::recording {
namespace {

// Lengths that become known behind what they count.
constexpr size_t kStoredBytes = 2;
constexpr size_t kTrueBytes = 3;

// At least these stay free behind a text, for the rest of what it is part of.
constexpr ptrdiff_t kFixedBytes = 64;

constexpr size_t kChunk = 1024;
// How far the end of a C string is looked for.
constexpr size_t kMostMeasured = 64 * 1024;
// A size larger than this may be no size at all when another thread is changing the container; and
// the pages of a large block go back to the system when it is freed.
constexpr uint64_t kMostTrusted = 64 * 1024;
constexpr uint64_t kMostCounted = 4096;
// No balanced tree of less than four thousand million elements is deeper.
constexpr int kMostTreeDepth = 64;

size_t CountUntilZero(const char* text, size_t width, size_t most) {
  static constexpr char kZero[4] = {};
  size_t count = 0;
  while (count < most && __builtin_memcmp(text + count * width, kZero, width) != 0) ++count;
  return count;
}

}  // namespace

// Counts the elements of a sequence while they are written.
class Encoder::Sequence {
 public:
  Sequence(Encoder* encoder, uint64_t true_length) : encoder_(encoder) {
    encoder_->out_ = PutVarint(encoder_->out_, true_length);
    stored_at_ = encoder_->out_;
    encoder_->out_ += kStoredBytes;
  }
  // False when this element, and so what follows, is left out.
  bool Put(const Type& type, const Piece& piece) {
    if (!MayGrow()) return false;
    char* start = encoder_->out_;
    if (encoder_->PutValue(type, piece) != Outcome::kDone) {
      encoder_->out_ = start;
      return false;
    }
    ++stored_;
    return true;
  }
  // Elements that lie one behind the other; false when the rest is left out.
  bool PutRun(const Type& type, const Piece& run, uint64_t count) {
    if (IsSimple(&type) && (run.trusted || count * type.size <= run.size)) {
      return PutSimpleRun(type, run, count);
    }
    for (uint64_t i = 0; i < count; ++i) {
      ProgramMemory::Frame frame(&encoder_->memory_);
      int64_t offset = static_cast<int64_t>(i * type.size);
      if (!Put(type, encoder_->memory_.Part(run, offset, type.size))) return false;
    }
    return true;
  }
  // A row of a matrix, which is a sequence itself: numbers that lie `step` bytes apart.
  bool PutRow(const Type& type, const Piece& matrix, uint64_t start, uint64_t step,
              uint64_t count) {
    if (!MayGrow() || !encoder_->HasRoom(2 * kVarintSlack)) return false;
    ++stored_;
    Sequence row(encoder_, count);
    for (uint64_t i = 0; i < count; ++i) {
      ProgramMemory::Frame frame(&encoder_->memory_);
      int64_t offset = static_cast<int64_t>(start + i * step);
      if (!row.Put(type, encoder_->memory_.Part(matrix, offset, type.size))) return false;
    }
    return true;
  }
  uint64_t stored() const { return stored_; }
  // Its links lead elsewhere than its length says, unless there was only no more to be read with.
  void Tear(const Type& type) {
    bool tearable = (type.flags & kTypeTearable) != 0;
    if (tearable && !encoder_->memory_.exhausted()) torn_ = kTorn;
  }
  ~Sequence() { PutPaddedVarint(stored_at_, kStoredBytes, stored_ | torn_); }

 private:
  bool PutSimpleRun(const Type& type, const Piece& run, uint64_t count) {
    if (run.bytes == nullptr && count > 0) return false;
    const size_t room = 2 * kVarintSlack + SimpleBytes(&type);
    for (uint64_t offset = 0; count > 0; --count, offset += type.size) {
      if (!MayGrow() || !encoder_->HasRoom(room)) return false;
      encoder_->out_ = PutSimple(encoder_->out_, type, run.bytes + offset, run.address + offset);
      ++stored_;
    }
    return true;
  }

  bool MayGrow() { return stored_ < kTorn - 1 && !encoder_->IsSpent() && encoder_->TakeElement(); }

  Encoder* const encoder_;
  char* stored_at_;
  uint64_t stored_ = 0, torn_ = 0;
};

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
      extent->count = word;
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

// While another thread may change a list or a tree, the links in freed nodes are anything.
Trust Encoder::TrustInLinks(const Piece& piece) {
  return Owned(piece.trusted && IsSingleThreaded());
}

Encoder::Outcome Encoder::PutList(const Type& type, const Piece& piece) {
  Trust trust = TrustInLinks(piece);
  uint64_t node = 0, count = 0;
  if (!ReadWord(piece, type.shape[0], &node)) return Outcome::kUnreadable;
  uint64_t sentinel = type.shape[4] < 0 ? 0 : piece.address + static_cast<uint64_t>(type.shape[4]);
  if (type.shape[3] < 0) {
    count = CountList(type, node, trust);
  } else if (!ReadWord(piece, type.shape[3], &count)) {
    return Outcome::kUnreadable;
  }
  Sequence sequence(this, count);
  if (type.element == nullptr) return Outcome::kDone;
  uint32_t node_size = static_cast<uint32_t>(type.shape[2]) + type.element->size;
  for (uint64_t i = 0; i < count && node != sentinel; ++i) {
    ProgramMemory::Frame frame(&memory_);
    Piece place = memory_.Get(node, node_size, trust);
    if (!ReadWord(place, type.shape[1], &node)) break;
    Piece element = memory_.Part(place, type.shape[2], type.element->size);
    if (!sequence.Put(*type.element, element)) return Outcome::kDone;
  }
  bool ends = node == sentinel && sequence.stored() == count;
  if (!ends && (count < kMostCounted || type.shape[3] >= 0)) sequence.Tear(type);
  return Outcome::kDone;
}

uint64_t Encoder::CountList(const Type& type, uint64_t node, Trust trust) {
  uint64_t count = 0;
  for (; node != 0 && count < kMostCounted; ++count) {
    ProgramMemory::Frame frame(&memory_);
    if (!ReadWord(memory_.Get(node + static_cast<uint64_t>(type.shape[1]), 8, trust), 0, &node)) {
      break;
    }
  }
  return count;
}

// A tree's elements in order: from the leftmost node up, and of each node what lies to its right.
// Every node is read once, as that may take a system call.
class Encoder::TreeWalk {
 public:
  TreeWalk(Encoder* encoder, const Type& type, uint64_t count, Trust trust)
      : encoder_(encoder), type_(type), elements_(encoder, count), left_(count), trust_(trust) {}

  // `end` is behind the last one; 0 when that isn't known.
  void PutUpFrom(uint64_t address, uint64_t end) {
    while (left_ > 0 && address != 0 && address != end) {
      ProgramMemory::Frame frame(&encoder_->memory_);
      Piece node = Read(address);
      if (!PutElement(node) || !PutSubtree(Link(node, kRight), 0)) return;
      address = Link(node, kParent);
    }
    if (left_ > 0 || (end != 0 && address != end)) elements_.Tear(type_);
  }

 private:
  enum LinkPlace { kLeft = 1, kRight = 2, kParent = 3 };

  // False when no more is to come.
  bool PutSubtree(uint64_t address, int depth) {
    if (address == 0) return true;
    if (left_ == 0 || depth == kMostTreeDepth) elements_.Tear(type_);
    if (left_ == 0 || depth == kMostTreeDepth) return false;
    ProgramMemory::Frame frame(&encoder_->memory_);
    Piece node = Read(address);
    return PutSubtree(Link(node, kLeft), depth + 1) && PutElement(node) &&
           PutSubtree(Link(node, kRight), depth + 1);
  }

  bool PutElement(const Piece& node) {
    ProgramMemory::Frame frame(&encoder_->memory_);
    --left_;
    if (node.bytes == nullptr) elements_.Tear(type_);
    return node.bytes != nullptr &&
           elements_.Put(*type_.element,
                         encoder_->memory_.Part(node, type_.shape[4], type_.element->size));
  }

  Piece Read(uint64_t address) {
    uint64_t size = static_cast<uint64_t>(type_.shape[4]) + type_.element->size;
    uint32_t copied = size < kMostCopied ? static_cast<uint32_t>(size) : kMostCopied;
    return encoder_->memory_.Get(address, copied, trust_);
  }

  uint64_t Link(const Piece& node, LinkPlace place) {
    uint64_t to = 0;
    encoder_->ReadWord(node, type_.shape[place], &to);
    return to;
  }

  // Copies of a node and its ancestors are held together; what is beyond is fetched when it is due.
  static constexpr uint32_t kMostCopied = 256;

  Encoder* const encoder_;
  const Type& type_;
  Sequence elements_;
  uint64_t left_;
  const Trust trust_;
};

Encoder::Outcome Encoder::PutTree(const Type& type, const Piece& piece) {
  uint64_t leftmost = 0, count = 0;
  if (!ReadWord(piece, type.shape[0], &leftmost) || !ReadWord(piece, type.shape[5], &count)) {
    return Outcome::kUnreadable;
  }
  TreeWalk walk(this, type, count, TrustInLinks(piece));
  uint64_t root_parent = piece.address + static_cast<uint64_t>(type.shape[6]);
  if (type.element != nullptr) walk.PutUpFrom(leftmost, type.shape[7] == 1 ? root_parent : 0);
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutDeque(const Type& type, const Piece& piece) {
  if (type.shape[7] == 1) return PutMappedDeque(type, piece);
  uint64_t cur = 0, last = 0, chunk = 0, finish = 0, finish_first = 0, finish_chunk = 0;
  bool read = ReadWord(piece, type.shape[0], &cur) && ReadWord(piece, type.shape[1], &last) &&
              ReadWord(piece, type.shape[2], &chunk) && ReadWord(piece, type.shape[3], &finish) &&
              ReadWord(piece, type.shape[5], &finish_first) &&
              ReadWord(piece, type.shape[6], &finish_chunk);
  uint64_t width = type.element == nullptr ? 0 : type.element->size;
  if (!read) return Outcome::kUnreadable;
  bool sound = width > 0 && chunk <= finish_chunk && cur <= last && finish_first <= finish;
  uint64_t count = 0;
  if (sound && chunk == finish_chunk) {
    count = cur <= finish ? (finish - cur) / width : 0;
  } else if (sound) {
    uint64_t whole = (finish_chunk - chunk) / sizeof(void*) - 1;
    count = (last - cur) / width + whole * static_cast<uint64_t>(type.shape[4]) +
            (finish - finish_first) / width;
  }
  Sequence sequence(this, count);
  if (!sound && width > 0) sequence.Tear(type);
  Trust trust = TrustInLinks(piece);
  for (uint64_t i = 0; i < count; ++i) {
    ProgramMemory::Frame frame(&memory_);
    if (cur == last) {
      chunk += sizeof(void*);
      if (!ReadWord(memory_.Get(chunk, sizeof(void*), trust), 0, &cur)) {
        sequence.Tear(type);
        break;
      }
      last = cur + width * static_cast<uint64_t>(type.shape[4]);
    }
    if (!sequence.Put(*type.element, memory_.Get(cur, type.element->size, trust))) break;
    cur += width;
  }
  return Outcome::kDone;
}

Encoder::Outcome Encoder::PutMappedDeque(const Type& type, const Piece& piece) {
  uint64_t map = 0, first = 0, count = 0;
  bool read = ReadWord(piece, type.shape[0], &map) && ReadWord(piece, type.shape[1], &first) &&
              ReadWord(piece, type.shape[2], &count);
  if (!read) return Outcome::kUnreadable;
  uint64_t chunk_size = static_cast<uint64_t>(type.shape[4]);
  Sequence sequence(this, count);
  Trust trust = count <= kMostTrusted ? TrustInLinks(piece) : Trust::kNone;
  for (uint64_t i = 0; i < count && type.element != nullptr; ++i) {
    ProgramMemory::Frame frame(&memory_);
    uint64_t chunk = 0, at = first + i;
    Piece place = memory_.Get(map + at / chunk_size * sizeof(chunk), sizeof(chunk), trust);
    if (!ReadWord(place, 0, &chunk)) {
      sequence.Tear(type);
      break;
    }
    uint64_t address = chunk + at % chunk_size * type.element->size;
    if (!sequence.Put(*type.element, memory_.Get(address, type.element->size, trust))) break;
  }
  return Outcome::kDone;
}

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
