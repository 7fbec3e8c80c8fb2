// The functions of an ELF file, by their addresses.
#ifndef OMNITRACE_TOOLS_SUPPORT_SYMBOL_TABLE_H_
#define OMNITRACE_TOOLS_SUPPORT_SYMBOL_TABLE_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace omnitrace::tools {

class SymbolTable {
 public:
  // An error when `path` is no 64-bit ELF file, or a damaged one. One that was stripped has only
  // the functions that it shares with others.
  static absl::StatusOr<SymbolTable> Read(const std::string& path);

  // The mangled name of the function that begins at an address of the file; "" when there is none.
  std::string FunctionAt(uint64_t address) const;

 private:
  std::map<uint64_t, std::string> functions_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_SUPPORT_SYMBOL_TABLE_H_
