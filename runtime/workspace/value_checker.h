// Whether the values of events decode.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_VALUE_CHECKER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_VALUE_CHECKER_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/reader.h"

namespace omnitrace::workspace {

class ValueChecker {
 public:
  // `reader` is that of the same file.
  ValueChecker(const Reader& reader, const Metadata& metadata, const RecordLayouts& layouts)
      : reader_(reader), metadata_(metadata), layouts_(layouts) {}

  // The error of decoding the values of an enter, leave, throw or changed event.
  absl::Status Check(const Event& event) const;

 private:
  // True only when the values decode.
  bool AreGood(const Event& event) const;
  bool AreGood(const Function& function, uint32_t parameter_flags, absl::string_view bytes) const;
  bool IsGood(uint32_t type, absl::string_view bytes) const;
  absl::Status Decode(const Event& event) const;

  const Reader& reader_;
  const Metadata& metadata_;
  const RecordLayouts& layouts_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_VALUE_CHECKER_H_
