#include "runtime/recording/process_facts.h"

#include <link.h>
#include <sys/utsname.h>

#include "runtime/recording/elf_build_id.h"
#include "runtime/recording/output_path.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// The arguments, with spaces between them.
void ReadCommand(Fact* command) {
  size_t length = ReadFile("/proc/self/cmdline", command->buffer(), Fact::capacity());
  if (length == 0) return;
  if (command->buffer()[length - 1] == '\0') --length;
  command->Resize(length);
  for (size_t i = 0; i < length; ++i) {
    if (command->buffer()[i] == '\0') command->buffer()[i] = ' ';
  }
}

// Of the executable, which is the first object; its program headers alone don't say where it was
// loaded: a static PIE has no PT_PHDR.
void ReadBuildId(Fact* build_id) {
  auto visit = [](dl_phdr_info* object, size_t, void* text) {
    AppendBuildId(*object, static_cast<Fact*>(text));
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
