// A call in a workspace, for conditions to be asked about.
#ifndef OMNITRACE_TESTS_UNIT_WHERE_RECORDED_CALL_H_
#define OMNITRACE_TESTS_UNIT_WHERE_RECORDED_CALL_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "runtime/workspace/reader.h"
#include "tests/support/workspace_builder.h"
#include "tools/where/call_values.h"

namespace omnitrace::where {

// The last call of the first thread that no other one made, and how it ended.
class RecordedCall {
 public:
  explicit RecordedCall(const testing::WorkspaceBuilder& builder);

  // The expression must be good.
  bool Meets(absl::string_view expression) const;

  const Subject& subject() const { return subject_; }
  // Of all values that were asked for.
  const absl::Status& damage() const { return damage_; }

 private:
  std::unique_ptr<workspace::Reader> reader_;
  std::unique_ptr<workspace::EventCursor> cursor_;
  Subject subject_;
  mutable absl::Status damage_;
};

}  // namespace omnitrace::where

#endif  // OMNITRACE_TESTS_UNIT_WHERE_RECORDED_CALL_H_
