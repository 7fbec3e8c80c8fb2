#include "tools/support/build_id.h"

#include <elf.h>
#include <errno.h>
#include <string.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace omnitrace::tools {
namespace {

// Notes are some hundred bytes; a file that claims more is no program.
constexpr uint64_t kMostNotes = 1 << 20;

template <typename Record>
bool ReadRecord(std::ifstream& in, uint64_t offset, Record* record) {
  in.seekg(static_cast<std::streamoff>(offset));
  in.read(reinterpret_cast<char*>(record), sizeof *record);
  return in.good();
}

// Finds the id in the contents of a note segment.
std::optional<std::string> FindBuildId(absl::string_view notes, uint64_t alignment) {
  auto padded = [&](uint64_t size) { return (size + alignment - 1) / alignment * alignment; };
  Elf64_Nhdr note;
  while (notes.size() >= sizeof note) {
    memcpy(&note, notes.data(), sizeof note);
    uint64_t name = sizeof note, description = padded(name + note.n_namesz);
    uint64_t end = padded(description + note.n_descsz);
    if (description + note.n_descsz > notes.size()) break;
    if (note.n_type == NT_GNU_BUILD_ID && notes.substr(name, 4) == absl::string_view("GNU\0", 4)) {
      return absl::BytesToHexString(notes.substr(description, note.n_descsz));
    }
    notes.remove_prefix(std::min<uint64_t>(end, notes.size()));
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<std::string> ReadBuildId(const std::string& path) {
  // A workspace may name anything; a pipe or a terminal would be waited for.
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error) && !error) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": not a regular file"));
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrCat(path, ": ", strerror(errno)));
  Elf64_Ehdr header;
  if (!ReadRecord(in, 0, &header) || memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": no 64-bit ELF program"));
  }
  for (int i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr segment;
    if (!ReadRecord(in, header.e_phoff + sizeof segment * static_cast<uint64_t>(i), &segment))
      break;
    if (segment.p_type != PT_NOTE || segment.p_filesz > kMostNotes) continue;
    std::string notes(segment.p_filesz, '\0');
    in.seekg(static_cast<std::streamoff>(segment.p_offset));
    if (!in.read(notes.data(), static_cast<std::streamsize>(notes.size()))) break;
    uint64_t alignment = segment.p_align == 8 ? 8 : 4;
    if (std::optional<std::string> id = FindBuildId(notes, alignment)) return *id;
  }
  return "";
}

}  // namespace omnitrace::tools
