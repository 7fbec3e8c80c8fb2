// The hooks of -finstrument-functions: count the calls of each function, and write them at the end to
// the file COUNTS, a line each: the function's offset in the program and the number. Not traced, no
// allocation: the program's own operator new may be what is counted.
#include <link.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

// Clang 19 refers to this always inlined function of libstdc++ 12 when it counts, and defines it not.
template std::string::pointer std::string::_M_use_local_data();

// Of the program's code, from the linker.
extern char __executable_start, etext;

#define UNCOUNTED __attribute__((no_instrument_function))

namespace {

struct Row {
  std::atomic<void*> function;
  std::atomic<uint64_t> calls;
};
constexpr size_t kRows = 1 << 16;
Row rows[kRows];

UNCOUNTED int TakeBase(dl_phdr_info* program, size_t, void* base) {
  *static_cast<uintptr_t*>(base) = program->dlpi_addr;
  return 1;  // the program is the first object
}

}  // namespace

extern "C" {

UNCOUNTED void __cyg_profile_func_enter(void* function, void*) {
  // An inlined copy of a function of the C++ library goes by the address of the library's own.
  if (function < &__executable_start || function >= &etext) return;
  size_t at = (reinterpret_cast<uintptr_t>(function) >> 1) % kRows;
  for (size_t tries = 0; tries < kRows; ++tries, at = (at + 1) % kRows) {
    void* owner = nullptr;
    if (!rows[at].function.compare_exchange_strong(owner, function) && owner != function) continue;
    rows[at].calls.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  abort();  // more functions than rows
}

UNCOUNTED void __cyg_profile_func_exit(void*, void*) {}

// After every other destructor: 101 is the first that programs may use.
UNCOUNTED __attribute__((destructor(101))) void WriteCounts() {
  const char* path = getenv("COUNTS");
  FILE* file = path ? fopen(path, "w") : nullptr;
  if (!file) return;
  uintptr_t base = 0;
  dl_iterate_phdr(TakeBase, &base);
  for (Row& row : rows) {
    if (!row.function) continue;
    fprintf(file, "0x%zx %zu\n", reinterpret_cast<uintptr_t>(row.function.load()) - base,
            static_cast<size_t>(row.calls));
  }
  fclose(file);
}
}
