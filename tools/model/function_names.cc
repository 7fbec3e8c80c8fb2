#include "tools/model/function_names.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tools/support/build_id.h"
#include "tools/support/demangle.h"

namespace omnitrace::tools {
namespace {

using workspace::LoadedObject;
using workspace::Value;

// Is the file what was loaded? One without a build id must at least be older than the recording.
bool IsUnchanged(const std::string& path, const LoadedObject& object, uint64_t start_unix_ns) {
  absl::StatusOr<std::string> build_id = ReadBuildId(path);
  if (!build_id.ok() || *build_id != object.build_id) return false;
  if (!build_id->empty()) return true;
  struct stat facts;
  if (stat(path.c_str(), &facts) != 0 || facts.st_mtim.tv_sec < 0) return false;
  uint64_t changed = static_cast<uint64_t>(facts.st_mtim.tv_sec) * 1'000'000'000 +
                     static_cast<uint64_t>(facts.st_mtim.tv_nsec);
  return changed <= start_unix_ns;
}

}  // namespace

void FunctionNames::Name(Value* value) {
  if (value->kind == Value::Kind::kFunctionPointer && value->text.empty()) {
    std::lock_guard<std::mutex> lock(mutex_);
    value->text = NameAt(value->number);
  }
  for (workspace::Field& field : value->fields) Name(&field.value);
}

const std::string& FunctionNames::NameAt(uint64_t address) {
  auto [known, inserted] = names_.try_emplace(address);
  if (inserted) known->second = FindName(address);
  return known->second;
}

std::string FunctionNames::FindName(uint64_t address) {
  const std::vector<LoadedObject>& objects = reader_.objects();
  auto around = std::find_if(objects.rbegin(), objects.rend(), [&](const LoadedObject& object) {
    return address >= object.first && address < object.end;
  });
  if (around == objects.rend()) return "";
  const SymbolTable* table = TableOf(*around);
  return table == nullptr ? "" : DemangledName(table->FunctionAt(address - around->base));
}

const SymbolTable* FunctionNames::TableOf(const LoadedObject& object) {
  std::filesystem::path path = std::filesystem::path(reader_.info().directory) / object.path;
  auto [known, inserted] = tables_.try_emplace(path.string());
  if (inserted && IsUnchanged(path.string(), object, reader_.info().start_unix_ns)) {
    absl::StatusOr<SymbolTable> table = SymbolTable::Read(path.string());
    if (table.ok()) known->second = *std::move(table);
  }
  return known->second.has_value() ? &*known->second : nullptr;
}

}  // namespace omnitrace::tools
