// Calls for people: as an indented tree, or one flat line each.
#ifndef OMNITRACE_TOOLS_OUTPUT_TEXT_OUTPUT_H_
#define OMNITRACE_TOOLS_OUTPUT_TEXT_OUTPUT_H_

#include <cstdint>
#include <string>

#include "tools/output/call_text.h"
#include "tools/output/output.h"
#include "tools/support/sink.h"

namespace omnitrace::tools {

// Expects the calls of one thread after those of the other.
class TreeOutput : public Output {
 public:
  // Calls with `levels` or more shown callers are left out.
  TreeOutput(Sink& sink, const TextStyle& style, uint64_t levels)
      : sink_(sink), style_(style), levels_(levels) {}

  void Begin(const WorkspaceSet& set) override { set_ = &set; }
  void Add(const Call& call) override;
  // Says how many calls the recording lacks.
  void End() override;

 private:
  void StartThread(const Call& call);
  void Indent(const Call& call);

  Sink& sink_;
  const TextStyle style_;
  const uint64_t levels_;
  const WorkspaceSet* set_ = nullptr;
  const workspace::Thread* thread_ = nullptr;
  std::string line_;
};

class LineOutput : public Output {
 public:
  LineOutput(Sink& sink, const TextStyle& style) : sink_(sink), style_(style) {}

  void Add(const Call& call) override;

 private:
  Sink& sink_;
  const TextStyle style_;
  std::string line_;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_TEXT_OUTPUT_H_
