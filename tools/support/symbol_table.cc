#include "tools/support/symbol_table.h"

#include <elf.h>
#include <errno.h>
#include <string.h>

#include <fstream>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace omnitrace::tools {
namespace {

class ElfFile {
 public:
  explicit ElfFile(const std::string& path) : in_(path, std::ios::binary | std::ios::ate) {
    if (in_) size_ = static_cast<uint64_t>(in_.tellg());
  }

  bool is_open() const { return in_.is_open(); }

  // False when the file has no such bytes.
  bool Read(uint64_t offset, uint64_t size, std::string* bytes) {
    if (size > size_ || offset > size_ - size) return false;
    bytes->resize(size);
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(offset));
    in_.read(bytes->data(), static_cast<std::streamsize>(size));
    return in_.good();
  }

 private:
  std::ifstream in_;
  uint64_t size_ = 0;
};

template <typename Record>
std::vector<Record> Records(absl::string_view bytes) {
  std::vector<Record> records(bytes.size() / sizeof(Record));
  if (!records.empty()) memcpy(records.data(), bytes.data(), records.size() * sizeof(Record));
  return records;
}

bool ReadSections(ElfFile* file, std::vector<Elf64_Shdr>* sections) {
  std::string bytes;
  if (!file->Read(0, sizeof(Elf64_Ehdr), &bytes)) return false;
  Elf64_Ehdr header = Records<Elf64_Ehdr>(bytes)[0];
  bool known = memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 &&
               header.e_ident[EI_CLASS] == ELFCLASS64 && header.e_shentsize == sizeof(Elf64_Shdr);
  if (!known || !file->Read(header.e_shoff, header.e_shnum * sizeof(Elf64_Shdr), &bytes)) {
    return false;
  }
  *sections = Records<Elf64_Shdr>(bytes);
  return true;
}

// Of several names of one function the shortest is the one that people use.
bool IsBetter(absl::string_view name, absl::string_view than) {
  if (than.empty() || name.size() != than.size()) return than.empty() || name.size() < than.size();
  return name < than;
}

void AddSymbols(const std::vector<Elf64_Sym>& symbols, absl::string_view names,
                std::map<uint64_t, std::string>* functions) {
  for (const Elf64_Sym& symbol : symbols) {
    unsigned type = ELF64_ST_TYPE(symbol.st_info);
    bool function = type == STT_FUNC || type == STT_GNU_IFUNC;
    if (!function || symbol.st_value == 0 || symbol.st_name >= names.size()) continue;
    absl::string_view name = names.substr(symbol.st_name);
    name = name.substr(0, name.find('\0'));
    name = name.substr(0, name.find('@'));  // memcpy@@GLIBC_2.14
    std::string& known = (*functions)[symbol.st_value];
    if (!name.empty() && IsBetter(name, known)) known = std::string(name);
  }
}

}  // namespace

absl::StatusOr<SymbolTable> SymbolTable::Read(const std::string& path) {
  ElfFile file(path);
  if (!file.is_open()) return absl::NotFoundError(absl::StrCat(path, ": ", strerror(errno)));
  std::vector<Elf64_Shdr> sections;
  if (!ReadSections(&file, &sections)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": no 64-bit ELF program"));
  }
  SymbolTable table;
  for (const Elf64_Shdr& section : sections) {
    bool symbols = section.sh_type == SHT_SYMTAB || section.sh_type == SHT_DYNSYM;
    std::string bytes, names;
    if (!symbols || section.sh_link >= sections.size()) continue;
    const Elf64_Shdr& strings = sections[section.sh_link];
    if (!file.Read(section.sh_offset, section.sh_size, &bytes) ||
        !file.Read(strings.sh_offset, strings.sh_size, &names)) {
      return absl::DataLossError(absl::StrCat(path, ": its symbols lie outside of the file"));
    }
    AddSymbols(Records<Elf64_Sym>(bytes), names, &table.functions_);
  }
  return table;
}

std::string SymbolTable::FunctionAt(uint64_t address) const {
  auto found = functions_.find(address);
  return found == functions_.end() ? "" : found->second;
}

}  // namespace omnitrace::tools
