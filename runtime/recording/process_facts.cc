#include "runtime/recording/process_facts.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/utsname.h>

#include "runtime/recording/output_path.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

using Fact = Text<4096>;

uintptr_t AlignTo4(uintptr_t value) { return (value + 3) & ~uintptr_t{3}; }

// The arguments, with spaces between them.
void ReadCommand(Fact* command) {
  long opened = SystemCall(SYS_openat, AT_FDCWD, "/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
  if (Failed(opened)) return;
  long size = SystemCall(SYS_read, opened, command->buffer(), Fact::capacity());
  SystemCall(SYS_close, opened);
  if (Failed(size) || size == 0) return;
  size_t length = static_cast<size_t>(size);
  if (command->buffer()[length - 1] == '\0') --length;
  command->Resize(length);
  for (size_t i = 0; i < length; ++i) {
    if (command->buffer()[i] == '\0') command->buffer()[i] = ' ';
  }
}

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

// Of the executable, which is the first object; its program headers alone don't say where it was
// loaded: a static PIE has no PT_PHDR.
void ReadBuildId(Fact* build_id) {
  auto visit = [](dl_phdr_info* object, size_t, void* text) {
    Fact* id = static_cast<Fact*>(text);
    for (int i = 0; i < object->dlpi_phnum && id->empty(); ++i) {
      const ElfW(Phdr)& header = object->dlpi_phdr[i];
      if (header.p_type != PT_NOTE) continue;
      FindBuildId(reinterpret_cast<const char*>(object->dlpi_addr + header.p_vaddr), header.p_memsz,
                  id);
    }
    return 1;
  };
  dl_iterate_phdr(visit, build_id);
}

}  // namespace

void WriteProcessFacts(MetadataStream* metadata) {
  Path program;
  ReadProgramPath(&program);
  metadata->WriteProperty("program", program.view());
  Fact fact;
  ReadCommand(&fact);
  metadata->WriteProperty("command", fact.view());
  fact.Clear();
  ReadBuildId(&fact);
  metadata->WriteProperty("build_id", fact.view());
  utsname system;
  if (!Failed(SystemCall(SYS_uname, &system))) metadata->WriteProperty("host", system.nodename);
  fact.Clear();
  long size = SystemCall(SYS_getcwd, fact.buffer(), Fact::capacity());
  fact.Resize(Failed(size) ? 0 : static_cast<size_t>(size) - 1);
  metadata->WriteProperty("directory", fact.view());
  metadata->WriteProperty("version", OMNITRACE_VERSION);
}

}  // namespace omnitrace::recording
