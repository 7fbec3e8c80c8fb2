// Something wrong with a workspace, at a place in its file.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_PROBLEM_H_
#define OMNITRACE_RUNTIME_WORKSPACE_PROBLEM_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace omnitrace::workspace {

struct Problem {
  uint64_t offset = 0;
  std::string what;        // what stands there and what was expected
  bool transient = false;  // a live writer got in the way: reading again helps
};

inline absl::Status ToStatus(const Problem& problem, absl::string_view file) {
  return absl::Status(
      problem.transient ? absl::StatusCode::kUnavailable : absl::StatusCode::kDataLoss,
      absl::StrCat(file, ": offset ", problem.offset, ": ", problem.what));
}

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_PROBLEM_H_
