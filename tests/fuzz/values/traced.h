// The traced functions: each takes an object that is no more than bytes in one of the ways that
// functions take objects, and may change some of the bytes. None of them uses it as what it is.
#ifndef OMNITRACE_TESTS_FUZZ_VALUES_TRACED_H_
#define OMNITRACE_TESTS_FUZZ_VALUES_TRACED_H_

#include <cstddef>
#include <new>
#include <type_traits>

namespace untraced {

// Every `step`th byte gets other bits.
struct Change {
  unsigned char bits;
  unsigned char step;
};

template <typename T>
void Apply(T* object, Change change) {
  auto* bytes = reinterpret_cast<volatile unsigned char*>(object);
  size_t step = change.step % 16 + 1;
  for (size_t i = 0; i < sizeof(T); i += step) bytes[i] = bytes[i] ^ change.bits;
}

}  // namespace untraced

namespace traced {

using untraced::Apply;
using untraced::Change;

template <typename T>
void sees(const T&) {}
template <typename T>
void changes(T& object, Change change) {
  Apply(&object, change);
}
template <typename T>
void points(T* object, Change change) {
  Apply(object, change);
}
template <typename T>
void throws(T& object, Change change) {
  Apply(&object, change);
  throw 1;
}
template <typename T>
const T& gives(const T& object) {
  return object;
}
template <typename T>
void takes(T) {}
template <typename T>
T returns(const T& object) {
  return object;
}

template <typename T>
struct Owner {
  void looks() const {}
  void changes(Change change) { Apply(this, change); }
  T member;
};

// Calls of its methods while the other member is not there yet, or no more.
template <typename T>
struct HalfMade {
  HalfMade() : size(count()), member() {}
  ~HalfMade() { count(); }
  int count() const { return 1; }
  int size;
  T member;
};

}  // namespace traced

#endif  // OMNITRACE_TESTS_FUZZ_VALUES_TRACED_H_
