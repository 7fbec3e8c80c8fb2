// Clang's own instrument, -finstrument-functions, counting the calls of each function in a file that
// survives the process: what our counts are compared with. The file, named by COUNTS, is an array of
// {offset of the function in the program, calls}, each of 8 bytes. It allocates nothing: the
// program's own operator new may be what is counted.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

// Clang 19 refers to these always inlined functions of libstdc++ 12 when it counts, and does not
// define them: some in C++20 only. (The whole classes would bring their own calls of operator delete.)
template std::string::pointer std::string::_M_use_local_data();
template std::wstring::pointer std::wstring::_M_use_local_data();
template std::u16string::pointer std::u16string::_M_use_local_data();
template std::u32string::pointer std::u32string::_M_use_local_data();
#if __cplusplus >= 202002L
template char* std::allocator<char>::allocate(size_t);
template void std::allocator<char>::deallocate(char*, size_t);
#endif

// Of the program's code, from the linker.
extern "C" char __executable_start, etext;

#define UNCOUNTED __attribute__((no_instrument_function))

namespace {

constexpr size_t kSlots = 1 << 16;
struct Slot {
  uint64_t function;
  uint64_t calls;
};

UNCOUNTED Slot* MapTable() {
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

UNCOUNTED void __cyg_profile_func_enter(void* function, void*) {
  // An inlined copy of a function of the C++ library goes by the address of the library's own.
  if (function < &__executable_start || function >= &etext) return;
  if (!table) table = MapTable();
  uint64_t offset = reinterpret_cast<uint64_t>(function) -
                    reinterpret_cast<uint64_t>(&__executable_start);
  size_t at = (offset >> 1) % kSlots;  // -O0 and -Os put functions at any even address
  for (size_t tries = 0; table[at].function != 0 && table[at].function != offset; ++tries) {
    if (tries == kSlots) abort();  // more functions than slots
    at = (at + 1) % kSlots;
  }
  table[at].function = offset;
  ++table[at].calls;
}

UNCOUNTED void __cyg_profile_func_exit(void*, void*) {}
}
