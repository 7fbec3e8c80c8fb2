#include "runtime/recording/elf_build_id.h"

#include <elf.h>

#include <cstdint>
#include <string_view>

namespace omnitrace::recording {
namespace {

uintptr_t AlignTo4(uintptr_t value) { return (value + 3) & ~uintptr_t{3}; }

void AppendHex(const unsigned char* bytes, size_t size, Fact* text) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; ++i) {
    char digits[] = {kDigits[bytes[i] >> 4], kDigits[bytes[i] & 15]};
    *text << std::string_view(digits, sizeof(digits));
  }
}

void FindBuildId(const char* notes, size_t size, Fact* build_id) {
  const char* end = notes + size;
  while (notes + sizeof(ElfW(Nhdr)) <= end) {
    auto* note = reinterpret_cast<const ElfW(Nhdr)*>(notes);
    const char* name = notes + sizeof(*note);
    const char* description = name + AlignTo4(note->n_namesz);
    bool gnu = note->n_namesz == 4 && std::string_view(name, 3) == "GNU";
    if (gnu && note->n_type == NT_GNU_BUILD_ID) {
      AppendHex(reinterpret_cast<const unsigned char*>(description), note->n_descsz, build_id);
      return;
    }
    notes = description + AlignTo4(note->n_descsz);
  }
}

}  // namespace

void AppendBuildId(const dl_phdr_info& object, Fact* text) {
  for (int i = 0; i < object.dlpi_phnum && text->empty(); ++i) {
    const ElfW(Phdr)& header = object.dlpi_phdr[i];
    if (header.p_type != PT_NOTE) continue;
    FindBuildId(reinterpret_cast<const char*>(object.dlpi_addr + header.p_vaddr), header.p_memsz,
                text);
  }
}

}  // namespace omnitrace::recording
