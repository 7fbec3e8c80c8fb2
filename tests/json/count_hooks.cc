// Clang's own instrument, -finstrument-functions, counting calls per function into a file that
// survives the process: what our counts are compared with. Lines of the file are decoded by
// json_test.py: an array of {offset of the function in the program, calls}.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

// clang 19 leaves functions of libstdc++ 12 undefined under this option; here they are.
template class std::basic_string<char>;

extern "C" char __executable_start;

namespace {

constexpr size_t kSlots = 1 << 14;
struct Slot {
  uint64_t function;
  uint64_t calls;
};

__attribute__((no_instrument_function)) Slot* MapTable() {
  int file = open(getenv("COUNTS"), O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || ftruncate(file, kSlots * sizeof(Slot)) != 0) abort();
  void* table =
      mmap(nullptr, kSlots * sizeof(Slot), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (table == MAP_FAILED) abort();
  return static_cast<Slot*>(table);
}

Slot* table = nullptr;

}  // namespace

extern "C" {

__attribute__((no_instrument_function)) void __cyg_profile_func_enter(void* function, void*) {
  if (!table) table = MapTable();
  uint64_t offset = reinterpret_cast<uint64_t>(function) -
                    reinterpret_cast<uint64_t>(&__executable_start);
  size_t at = (offset >> 4) % kSlots;
  while (table[at].function != 0 && table[at].function != offset) at = (at + 1) % kSlots;
  table[at].function = offset;
  ++table[at].calls;
}

__attribute__((no_instrument_function)) void __cyg_profile_func_exit(void*, void*) {}
}
