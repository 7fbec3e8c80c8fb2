// Copies bytes of the traced program. Not memcpy: in a program with sanitizers that is theirs, and
// they would report what the program itself never read.
#ifndef OMNITRACE_RUNTIME_RECORDING_COPY_H_
#define OMNITRACE_RUNTIME_RECORDING_COPY_H_

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace omnitrace::recording {

// One instruction each: the compiler never makes a call of a fixed small memcpy.
template <typename Word>
inline Word Load(const char* from) {
  Word word;
  __builtin_memcpy(&word, from, sizeof(word));
  return word;
}
inline uint64_t LoadAddress(const char* from) { return Load<uint64_t>(from); }

inline void CopyBytes(char* to, const char* from, size_t size) {
#if defined(__x86_64__)
  if (size >= 64) {
    asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
    return;
  }
#endif
  for (; size >= 8; size -= 8, to += 8, from += 8) {
    uint64_t word = Load<uint64_t>(from);
    __builtin_memcpy(to, &word, 8);
    asm volatile("" : : : "memory");  // keeps the loop from becoming memcpy
  }
  for (; size > 0; --size) {
    *to++ = *from++;
    asm volatile("" : : : "memory");
  }
}

// Makes a gap in front of `begin`; returns the new end.
inline char* MoveUp(char* begin, char* end, size_t gap) {
  for (char* from = end; from != begin;) {
    --from;
    from[gap] = *from;
    asm volatile("" : : : "memory");
  }
  return end + gap;
}

inline void ZeroBytes(char* to, size_t size) {
  for (; size > 0; --size) {
    *to++ = 0;
    asm volatile("" : : : "memory");
  }
}

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_COPY_H_
