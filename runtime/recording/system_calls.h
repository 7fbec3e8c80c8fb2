// System calls without the C library in between: no cancellation points, no interceptors, and errno
// stays the program's. A result of -4095..-1 is a negated error number.
#ifndef OMNITRACE_RUNTIME_RECORDING_SYSTEM_CALLS_H_
#define OMNITRACE_RUNTIME_RECORDING_SYSTEM_CALLS_H_

#include <sys/syscall.h>

#include <cstddef>
#include <cstdint>

#if !defined(__x86_64__)
#include <unistd.h>

#include <cerrno>
#endif

#if defined(__clang__)
#define OMNITRACE_CONSTINIT [[clang::require_constant_initialization]]
#else
#define OMNITRACE_CONSTINIT __constinit
#endif

namespace omnitrace::recording {

template <typename Integer>
long ToWord(Integer value) {
  return static_cast<long>(value);
}
template <typename Object>
long ToWord(Object* pointer) {
  return reinterpret_cast<long>(pointer);
}
inline long ToWord(std::nullptr_t) { return 0; }

inline long SystemCallWords(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
  long result;
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
#else
  int saved = errno;
  long result = syscall(number, a, b, c, d, e, f);
  if (result == -1) result = -errno;
  errno = saved;
  return result;
#endif
}

template <typename A = int, typename B = int, typename C = int, typename D = int, typename E = int,
          typename F = int>
long SystemCall(long number, A a = 0, B b = 0, C c = 0, D d = 0, E e = 0, F f = 0) {
  return SystemCallWords(number, ToWord(a), ToWord(b), ToWord(c), ToWord(d), ToWord(e), ToWord(f));
}

inline bool Failed(long result) { return result < 0 && result >= -4095; }

// The beginning of a file, as far as one read gives it; 0 bytes when it can't be read.
size_t ReadFile(const char* path, char* out, size_t size);

// All of it. False when the file can't be written.
bool WriteAt(long descriptor, const void* data, uint64_t size, uint64_t offset);

// Whether so much of a resource (RLIMIT_FSIZE...) is within the process's limit.
bool IsWithinLimit(int resource, uint64_t amount);

uint64_t ProcessId();
uint64_t ThreadId();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_SYSTEM_CALLS_H_
