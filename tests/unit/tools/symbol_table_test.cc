#include "tools/support/symbol_table.h"

#include <elf.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temporary_folder.h"

namespace omnitrace::tools {
namespace {

using omnitrace::testing::StatusIs;
using omnitrace::testing::TemporaryFolder;

class SymbolTableTest : public ::testing::Test {
 protected:
  ~SymbolTableTest() override { std::filesystem::remove(path_); }

  // A program that is nothing but a header, the symbols f and longer at 16, data at 32, and names.
  const std::string& Program(uint64_t symbols_size, uint32_t link = 1) {
    constexpr char kNames[] = "\0longer\0f@@V1\0data";
    Elf64_Sym symbols[3] = {};
    symbols[0] = {1, ELF64_ST_INFO(STB_GLOBAL, STT_FUNC), 0, 1, 16, 4};
    symbols[1] = {8, ELF64_ST_INFO(STB_LOCAL, STT_FUNC), 0, 1, 16, 4};
    symbols[2] = {14, ELF64_ST_INFO(STB_GLOBAL, STT_OBJECT), 0, 1, 32, 4};
    Elf64_Ehdr header = {};
    memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_shentsize = sizeof(Elf64_Shdr);
    header.e_shoff = sizeof header;
    header.e_shnum = 2;
    Elf64_Shdr sections[2] = {};
    sections[0].sh_type = SHT_SYMTAB;
    sections[0].sh_offset = sizeof header + sizeof sections;
    sections[0].sh_size = symbols_size;
    sections[0].sh_link = link;
    sections[1].sh_offset = sections[0].sh_offset + sizeof symbols;
    sections[1].sh_size = sizeof kNames;
    std::ofstream out(path_, std::ios::binary);
    out.write(reinterpret_cast<const char*>(&header), sizeof header);
    out.write(reinterpret_cast<const char*>(sections), sizeof sections);
    out.write(reinterpret_cast<const char*>(symbols), sizeof symbols);
    out.write(kNames, sizeof kNames);
    return path_;
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.path() / "program";
};

TEST_F(SymbolTableTest, TheShortestNameOfAFunction) {
  absl::StatusOr<SymbolTable> table = SymbolTable::Read(Program(3 * sizeof(Elf64_Sym)));
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->FunctionAt(16), "f");
  EXPECT_EQ(table->FunctionAt(17), "");
  EXPECT_EQ(table->FunctionAt(32), "");
}

TEST_F(SymbolTableTest, DamagedFiles) {
  EXPECT_THAT(SymbolTable::Read(Program(uint64_t{1} << 60)).status(),
              StatusIs(absl::StatusCode::kDataLoss, ::testing::HasSubstr("outside of the file")));
  absl::StatusOr<SymbolTable> nameless = SymbolTable::Read(Program(3 * sizeof(Elf64_Sym), 7));
  ASSERT_TRUE(nameless.ok()) << nameless.status();
  EXPECT_EQ(nameless->FunctionAt(16), "");
  std::ofstream(path_) << "no program";
  EXPECT_THAT(SymbolTable::Read(path_).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("no 64-bit ELF")));
}

}  // namespace
}  // namespace omnitrace::tools
