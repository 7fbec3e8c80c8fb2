#include "tools/output/speedscope_output.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tools/output/call_text.h"

namespace omnitrace::tools {

void SpeedscopeOutput::Begin(const WorkspaceSet&) {
  sink_.Write(
      "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\","
      "\"exporter\":\"omnitrace\",\"profiles\":[");
}

void SpeedscopeOutput::Add(const Call& call) {
  if (call.thread != thread_) StartProfile(call);
  CloseTo(call.depth);
  size_t frame = FrameOf(*call.function);
  AddEvent("O", frame, call.start);
  open_.push_back({frame, call.end});
}

void SpeedscopeOutput::StartProfile(const Call& call) {
  if (thread_ != nullptr) {
    EndProfile();
    sink_.Write(",");
  }
  thread_ = call.thread;
  std::string name =
      absl::StrCat("process ", call.file->reader->info().pid, ", ", ThreadTitle(*call.thread));
  sink_.Write(absl::StrCat("\n{\"type\":\"evented\",\"unit\":\"nanoseconds\",\"name\":",
                           Dump(Json(name)), ",\"startValue\":", call.start, ",\"events\":["));
  last_ = call.start;
  first_event_ = true;
}

void SpeedscopeOutput::EndProfile() {
  CloseTo(0);
  sink_.Write(absl::StrCat("],\"endValue\":", last_, "}"));
}

void SpeedscopeOutput::CloseTo(uint32_t depth) {
  for (; open_.size() > depth; open_.pop_back()) {
    AddEvent("C", open_.back().frame, open_.back().end);
  }
}

// The format wants times that never decrease.
void SpeedscopeOutput::AddEvent(absl::string_view type, size_t frame, uint64_t at) {
  last_ = std::max(last_, at);
  sink_.Write(absl::StrCat(first_event_ ? "" : ",", "{\"type\":\"", type, "\",\"frame\":", frame,
                           ",\"at\":", last_, "}"));
  first_event_ = false;
}

size_t SpeedscopeOutput::FrameOf(const workspace::Function& function) {
  auto [known, is_new] = frame_numbers_.try_emplace(&function, frames_.size());
  if (is_new) {
    frames_.push_back(Json::object({{"name", TextToJson(function.name)},
                                    {"file", TextToJson(function.file)},
                                    {"line", function.line}}));
  }
  return known->second;
}

void SpeedscopeOutput::End() {
  if (thread_ != nullptr) EndProfile();
  sink_.Write(absl::StrCat("\n],\"shared\":{\"frames\":", Dump(Json(frames_)), "}}\n"));
}

}  // namespace omnitrace::tools
