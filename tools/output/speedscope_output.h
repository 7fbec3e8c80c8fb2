// The file format of https://www.speedscope.app: a profile of openings and closings per thread.
#ifndef OMNITRACE_TOOLS_OUTPUT_SPEEDSCOPE_OUTPUT_H_
#define OMNITRACE_TOOLS_OUTPUT_SPEEDSCOPE_OUTPUT_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "tools/output/output.h"
#include "tools/output/value_json.h"

namespace omnitrace::tools {

// Expects the calls of one thread after those of the other.
class SpeedscopeOutput : public Output {
 public:
  explicit SpeedscopeOutput(Sink& sink) : sink_(sink) {}

  void Begin(const WorkspaceSet&) override;
  void Add(const Call& call) override;
  void End() override;

 private:
  struct Open {
    size_t frame;
    uint64_t end;
  };

  void StartProfile(const Call& call);
  void EndProfile();
  void CloseTo(uint32_t depth);
  void AddEvent(absl::string_view type, size_t frame, uint64_t at);
  size_t FrameOf(const workspace::Function& function);

  Sink& sink_;
  std::vector<Json> frames_;
  absl::flat_hash_map<const workspace::Function*, size_t> frame_numbers_;
  const workspace::Thread* thread_ = nullptr;
  std::vector<Open> open_;
  uint64_t last_ = 0;  // time of the profile's last event
  bool first_event_ = true;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_SPEEDSCOPE_OUTPUT_H_
