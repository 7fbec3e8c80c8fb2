// The metadata of a workspace that is being written: what a Reader knows of the program, each thing
// once and by the id that it has there.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_DESCRIPTION_WRITER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_DESCRIPTION_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/block_writer.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/reader.h"
#include "runtime/workspace/slot_file.h"

namespace omnitrace::workspace {

class DescriptionWriter {
 public:
  // `file` must outlive the writer.
  explicit DescriptionWriter(SlotFile* file) : file_(file), block_(file) {}

  // What `source` knows and the file doesn't, or knows otherwise by now, is in the file afterwards:
  // calls that are written later find their functions there.
  absl::Status Add(const Reader& source);
  // The FunctionFlags of a function that was added, or null.
  const uint32_t* FindFunction(uint32_t id) const;
  absl::Status Seal();

 private:
  absl::Status AddProperties(const Reader& source);
  absl::Status AddTypes(const Reader& source);
  absl::Status AddFunctions(const Reader& source);
  absl::Status AddThreads(const Reader& source);
  absl::Status AddObjects(const Reader& source);
  absl::Status Append(MetadataRecord kind, absl::string_view fields);
  absl::Status StartNextBlock();

  SlotFile* const file_;
  BlockWriter block_;
  // What the file has.
  std::map<std::string, std::string> properties_;
  absl::flat_hash_set<uint32_t> types_;
  absl::flat_hash_map<uint32_t, uint32_t> functions_;  // flags by id
  std::map<uint32_t, std::string> threads_;            // names by index
  size_t objects_ = 0;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_DESCRIPTION_WRITER_H_
