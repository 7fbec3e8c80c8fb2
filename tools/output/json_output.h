// Calls for programs: one JSON object per line.
#ifndef OMNITRACE_TOOLS_OUTPUT_JSON_OUTPUT_H_
#define OMNITRACE_TOOLS_OUTPUT_JSON_OUTPUT_H_

#include <cstdint>
#include <functional>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "tools/output/output.h"
#include "tools/output/value_json.h"
#include "tools/support/sink.h"

namespace omnitrace::tools {

// The ids of the calls that each call made, by its id.
using ChildIds = absl::flat_hash_map<uint64_t, std::vector<uint64_t>>;

// The process id, or the file's place in the set when that must not differ between runs.
uint64_t ShownPid(const WorkspaceFile& file, const WorkspaceSet& set, const ValueStyle& style);

// `set` tells the processes apart when their pids must not show. The first value that cannot be
// decoded goes to `status`.
Json CallToJson(const Call& call, const ValueStyle& style, const WorkspaceSet& set,
                absl::Status* status);

class JsonOutput : public Output {
 public:
  // `children` are listed in place of their number, unless null.
  JsonOutput(Sink& sink, const ValueStyle& style, const ChildIds* children)
      : sink_(sink), style_(style), children_(children) {}

  void Begin(const WorkspaceSet& set) override { set_ = &set; }
  void Add(const Call& call) override;

 private:
  Sink& sink_;
  const ValueStyle style_;
  const ChildIds* const children_;
  const WorkspaceSet* set_ = nullptr;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_JSON_OUTPUT_H_
