// The trace event format of Chrome, which Perfetto and others read too.
#ifndef OMNITRACE_TOOLS_OUTPUT_CHROME_OUTPUT_H_
#define OMNITRACE_TOOLS_OUTPUT_CHROME_OUTPUT_H_

#include "tools/output/output.h"
#include "tools/output/value_json.h"

namespace omnitrace::tools {

class ChromeOutput : public Output {
 public:
  ChromeOutput(Sink& sink, const ValueStyle& style) : sink_(sink), style_(style) {}

  void Begin(const WorkspaceSet& set) override;
  void Add(const Call& call) override;
  void End() override;

 private:
  void AddEvent(const Json& event);

  Sink& sink_;
  const ValueStyle style_;
  const WorkspaceSet* set_ = nullptr;
  bool first_ = true;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_CHROME_OUTPUT_H_
