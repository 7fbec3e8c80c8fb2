// Memory for objects that are none: pages of their own, with unmapped ones around them, filled with
// a fuzzer's bytes in which some words have become addresses.
#ifndef OMNITRACE_TESTS_FUZZ_VALUES_OBJECT_MEMORY_H_
#define OMNITRACE_TESTS_FUZZ_VALUES_OBJECT_MEMORY_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace omnitrace::fuzz {

// Words with this in their two highest bytes, but for the low four bits, become the address of the
// place that those bits name, plus or minus the word's two lowest bytes.
inline constexpr uint64_t kAddressMark = 0xfa50;

class ObjectMemory {
 public:
  // The tables are what polymorphic objects begin with.
  ObjectMemory(uint64_t one_table, uint64_t other_table);

  // An object's storage in front of the unmapped page, or behind the other one; then the rest of
  // `bytes`, as what the object may point to, lies next to it.
  unsigned char* Place(size_t size, bool at_end, std::string_view bytes);

 private:
  uint64_t Translate(uint64_t word, uint64_t object) const;
  void TranslateWords(unsigned char* from, size_t size, uint64_t object) const;

  unsigned char* const pages_;
  const uint64_t one_table_, other_table_;
};

}  // namespace omnitrace::fuzz

#endif  // OMNITRACE_TESTS_FUZZ_VALUES_OBJECT_MEMORY_H_
