// Any bytes as an object of any type, in a traced program: it goes on as if it weren't traced, and
// what is recorded is sound. An input is: kind of types, type, way, change (2), place and threads,
// 2 unused, then the object's bytes and what it may point to.
#include <sys/single_threaded.h>

#include <cstring>

#include "tests/fuzz/bytes.h"
#include "tests/fuzz/values/object_memory.h"
#include "tests/fuzz/values/recording_check.h"
#include "tests/fuzz/values/subjects.h"
#include "tests/fuzz/values/traced.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t most);

namespace omnitrace::fuzz {
namespace {

constexpr size_t kHeader = 8;
constexpr int kCallsInHalfMade = 4;

template <typename T>
uint64_t TableOf(const T& object) {
  uint64_t word;
  memcpy(&word, static_cast<const void*>(&object), sizeof(word));
  return word;
}

ObjectMemory memory(TableOf(subjects::Square()), TableOf(subjects::Diamond()));
RecordingCheck check;

struct Request {
  uint8_t way;
  traced::Change change;
  bool at_end;
  std::string_view bytes;
};

template <typename T>
T* Storage(const Request& request) {
  return reinterpret_cast<T*>(memory.Place(sizeof(T), request.at_end, request.bytes));
}

template <typename T>
void CallThrowing(const Request& request) {
  try {
    traced::throws(*Storage<T>(request), request.change);
  } catch (int) {
  }
}

template <typename T>
void MakeHalf(const Request& request) {
  using Half = traced::HalfMade<T>;
  if constexpr (std::is_default_constructible_v<T> && std::is_destructible_v<T>) {
    auto* half = new (Storage<Half>(request)) Half;
    half->~Half();
    check.Expect(kCallsInHalfMade);
  }
}

// Scalars are looked at when they are copied, classes are not.
template <typename T>
void CallByValue(const Request& request) {
  constexpr bool kPossible = std::is_trivially_copyable_v<T> && std::is_copy_constructible_v<T>;
  if constexpr (kPossible && std::is_class_v<T>) {
    const T& object = *Storage<T>(request);
    traced::takes(object);
    traced::returns(object);
    check.Expect(2);
  }
}

template <typename T>
void CallMethods(const Request& request) {
  auto* owner = Storage<traced::Owner<T>>(request);
  owner->looks();
  owner->changes(request.change);
  check.Expect(2);
}

template <typename T>
void Call(const Request& request) {
  switch (request.way % 8) {
    case 0:
      return CallByValue<T>(request);
    case 1:
      return CallMethods<T>(request);
    case 2:
      return MakeHalf<T>(request);
    case 3:
      traced::sees(*Storage<T>(request));
      break;
    case 4:
      traced::changes(*Storage<T>(request), request.change);
      break;
    case 5:
      traced::points(Storage<T>(request), request.change);
      break;
    case 6:
      CallThrowing<T>(request);
      break;
    case 7:
      traced::gives(*Storage<T>(request));
      break;
  }
  check.Expect(1);
}

template <typename... Types>
void CallOneOf(subjects::List<Types...>, uint8_t type, const Request& request) {
  static constexpr void (*kCalls[])(const Request&) = {&Call<Types>...};
  kCalls[type % sizeof...(Types)](request);
}

void Run(Bytes input) {
  auto kind = input.Take<uint8_t>(), type = input.Take<uint8_t>();
  Request request;
  request.way = input.Take<uint8_t>();
  request.change = {input.Take<uint8_t>(), input.Take<uint8_t>()};
  auto place = input.Take<uint8_t>();
  request.at_end = place % 2 == 0;
  // Links are read in another way while other threads may change them.
  __libc_single_threaded = place / 2 % 2 == 0;
  input.TakeText(2);
  request.bytes = input.rest();
  switch (kind % 4) {
    case 0:
      return CallOneOf(subjects::Scalars(), type, request);
    case 1:
      return CallOneOf(subjects::Objects(), type, request);
    case 2:
      return CallOneOf(subjects::Wrappers(), type, request);
    case 3:
      return CallOneOf(subjects::Containers(), type, request);
  }
}

// Makes one word an address, a small number, or another word and a little.
void MutateWord(uint8_t* word, const uint8_t* other, uint64_t random) {
  uint64_t value = random >> 8 & 0xff;
  if ((random & 3) == 0) {
    uint64_t near;
    memcpy(&near, other, sizeof(near));
    value = near + (random >> 8 & 0x7f);
  } else if ((random & 3) != 1) {
    value = (kAddressMark | (random >> 4 & 15)) << 48 | (random >> 8 & 0xfff);
    if ((random >> 20 & 1) != 0) value |= 0xf000;
  }
  memcpy(word, &value, sizeof(value));
}

}  // namespace
}  // namespace omnitrace::fuzz

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t most, unsigned seed) {
  using namespace omnitrace::fuzz;
  uint64_t random = seed * 0x9e3779b97f4a7c15;
  if (size < kHeader + sizeof(uint64_t) || random >> 62 == 0) {
    return LLVMFuzzerMutate(data, size, most);
  }
  size_t words = (size - kHeader) / sizeof(uint64_t);
  uint8_t* first = data + kHeader;
  MutateWord(first + (random >> 40) % words * sizeof(uint64_t),
             first + (random >> 48) % words * sizeof(uint64_t), random >> 8);
  return size;
}

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  subjects::Hold();
  omnitrace::fuzz::check.Start();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  omnitrace::fuzz::Run({data, size});
  omnitrace::fuzz::check.CountInput();
  return 0;
}
