#include "tests/fuzz/values/object_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

namespace omnitrace::fuzz {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kSpace = 2 * kPage;

enum Anchor : uint64_t {
  kObject,
  kSpaceStart,
  kSpaceEnd,
  kOneTable,
  kOtherTable,
  kStack,
  kKernel,
  kNotCanonical,
  kCode,
  kHeap,
  kStatic,
  kTypeInfo,
  kBreak,
  kNull,
};

unsigned char* MapPages() {
  void* all = mmap(nullptr, kSpace + 2 * kPage, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  unsigned char* pages = static_cast<unsigned char*>(all) + kPage;
  if (all == MAP_FAILED || mprotect(pages, kSpace, PROT_READ | PROT_WRITE) != 0) abort();
  return pages;
}

template <typename T>
uint64_t AddressOf(const T* place) {
  return reinterpret_cast<uint64_t>(place);
}

// Where the heap of malloc would end.
uint64_t Break() {
  static const void* const before = sbrk(kPage);
  return before == nullptr ? 0 : AddressOf(sbrk(0));
}

uint64_t Heap() {
  static const std::string* const text = new std::string(100, 'h');
  return AddressOf(text->data());
}

uint64_t PlaceOf(Anchor anchor) {
  static char fixed[64];
  switch (anchor) {
    case kStack:
      return AddressOf(&anchor);
    case kKernel:
      return 0xffff'8000'0000'0000;
    case kNotCanonical:
      return 0x8000'0000'0000;
    case kCode:
      return reinterpret_cast<uint64_t>(&MapPages);
    case kHeap:
      return Heap();
    case kStatic:
      return AddressOf(fixed);
    case kTypeInfo:
      return AddressOf(&typeid(std::runtime_error));
    case kBreak:
      return Break();
    default:
      return 0;
  }
}

}  // namespace

ObjectMemory::ObjectMemory(uint64_t one_table, uint64_t other_table)
    : pages_(MapPages()), one_table_(one_table), other_table_(other_table) {}

unsigned char* ObjectMemory::Place(size_t size, bool at_end, std::string_view bytes) {
  if (size > kPage) abort();
  unsigned char* object = at_end ? pages_ + kSpace - size : pages_;
  unsigned char* rest = at_end ? pages_ : pages_ + (size + 15) / 16 * 16;
  size_t own = std::min(size, bytes.size());
  size_t other = std::min(bytes.size() - own, kPage);
  memset(object, 0, size);
  memcpy(object, bytes.data(), own);
  memcpy(rest, bytes.data() + own, other);
  TranslateWords(object, size, AddressOf(object));
  TranslateWords(rest, other, AddressOf(object));
  return object;
}

void ObjectMemory::TranslateWords(unsigned char* from, size_t size, uint64_t object) const {
  for (size_t i = 0; i + sizeof(uint64_t) <= size; i += sizeof(uint64_t)) {
    uint64_t word;
    memcpy(&word, from + i, sizeof(word));
    word = Translate(word, object);
    memcpy(from + i, &word, sizeof(word));
  }
}

uint64_t ObjectMemory::Translate(uint64_t word, uint64_t object) const {
  if (word >> 52 != kAddressMark >> 4) return word;
  auto near = static_cast<uint64_t>(static_cast<int16_t>(word));
  switch (word >> 48 & 15) {
    case kObject:
      return object + near;
    case kSpaceStart:
      return AddressOf(pages_) + near;
    case kSpaceEnd:
      return AddressOf(pages_ + kSpace) + near;
    case kOneTable:
      return one_table_ + near;
    case kOtherTable:
      return other_table_ + near;
    default:
      return PlaceOf(static_cast<Anchor>(word >> 48 & 15)) + near;
  }
}

}  // namespace omnitrace::fuzz
