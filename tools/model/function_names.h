// Names for the functions that recorded pointers point to, from the symbols of the program and its
// libraries, as long as these are still what the recording saw.
#ifndef OMNITRACE_TOOLS_MODEL_FUNCTION_NAMES_H_
#define OMNITRACE_TOOLS_MODEL_FUNCTION_NAMES_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "runtime/workspace/reader.h"
#include "tools/support/symbol_table.h"

namespace omnitrace::tools {

class FunctionNames {
 public:
  // `reader` outlives it.
  explicit FunctionNames(const workspace::Reader& reader) : reader_(reader) {}

  // Puts names to all function pointers in a value. Thread-safe.
  void Name(workspace::Value* value);

 private:
  const std::string& NameAt(uint64_t address);
  std::string FindName(uint64_t address);
  const SymbolTable* TableOf(const workspace::LoadedObject& object);

  const workspace::Reader& reader_;
  std::mutex mutex_;
  std::map<uint64_t, std::string> names_;                     // "" for what has none
  std::map<std::string, std::optional<SymbolTable>> tables_;  // by path
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_FUNCTION_NAMES_H_
