// What a workspace says about the program: its functions, types, threads and properties.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_METADATA_H_
#define OMNITRACE_RUNTIME_WORKSPACE_METADATA_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "runtime/workspace/byte_parser.h"
#include "runtime/workspace/plain_cost.h"
#include "runtime/workspace/reader.h"

namespace omnitrace::workspace {

// Filled block by block, then indexed once. Ids are dense in a good file; in one that lost a block
// of metadata they have gaps, so they're searched for, never used as sizes.
class Metadata {
 public:
  // Adds one record. Returns what is wrong with it, "" if nothing; unknown kinds are ignored.
  std::string AddRecord(uint64_t kind, absl::string_view bytes);
  void AddThread(Thread thread) {
    threads_[thread.index] = std::move(thread);
    ++additions_;
  }
  void ForgetThread(uint32_t index) { threads_.erase(index); }
  // Call after the last AddRecord, before any lookup.
  void BuildIndex();

  const TypeInfo* FindType(uint32_t id) const;
  // Of one of types().
  PlainCost CostOf(const TypeInfo& type) const {
    return plain_costs_[static_cast<size_t>(&type - types_.data())];
  }
  // The position of a function in functions(), or -1.
  int64_t FindFunction(uint32_t id) const;
  const std::vector<Function>& functions() const { return functions_; }
  const std::vector<TypeInfo>& types() const { return types_; }
  const std::map<uint32_t, Thread>& threads() const { return threads_; }
  // How many descriptions there have been; those of threads that were forgotten, too.
  uint64_t additions() const { return additions_; }
  const std::vector<LoadedObject>& objects() const { return objects_; }
  const std::map<std::string, std::string>& properties() const { return properties_; }
  std::string Property(const std::string& key) const;  // "" when there is none

 private:
  void AddProperty(ByteParser* in);
  void AddType(ByteParser* in);
  void AddFunction(ByteParser* in);
  void AddThread(ByteParser* in);
  void AddObject(ByteParser* in);

  std::vector<Function> functions_;
  std::vector<TypeInfo> types_;
  std::vector<PlainCost> plain_costs_;  // by position in types_
  std::map<uint32_t, Thread> threads_;
  uint64_t additions_ = 0;
  std::vector<LoadedObject> objects_;
  std::map<std::string, std::string> properties_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_METADATA_H_
