// The encoder's part for containers of nodes and blocks that are found by links: lists, trees,
// deques.
#include "runtime/recording/encoder_sequence.h"

namespace omnitrace::recording {
namespace {

// How far a list without a size is counted.
constexpr uint64_t kMostCounted = 4096;
// No balanced tree of less than four thousand million elements is deeper.
constexpr int kMostTreeDepth = 64;

}  // namespace

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
    if (node.bytes == nullptr || left_ == 0) {
      elements_.Tear(type_);
      return false;
    }
    --left_;
    return elements_.Put(*type_.element,
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

}  // namespace omnitrace::recording
