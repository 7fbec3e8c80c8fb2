#include "tools/output/chrome_output.h"

#include "absl/strings/str_cat.h"
#include "tools/output/json_output.h"

namespace omnitrace::tools {
namespace {

// Microseconds, as the format wants them; a double is exact to a nanosecond for a hundred days.
double Microseconds(uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e3; }

}  // namespace

void ChromeOutput::Begin(const WorkspaceSet& set) {
  set_ = &set;
  sink_.Write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
  for (const WorkspaceFile& file : set.files()) {
    for (const workspace::Thread& thread : file.reader->threads()) {
      if (thread.name.empty()) continue;
      AddEvent(Json::object({{"ph", "M"},
                             {"name", "thread_name"},
                             {"pid", ShownPid(file, set, style_)},
                             {"tid", thread.index},
                             {"args", Json::object({{"name", TextToJson(thread.name)}})}}));
    }
  }
}

void ChromeOutput::Add(const Call& call) {
  Json whole = CallToJson(call, style_, *set_, &status_);
  Json args = Json::object();
  for (const char* part : {"args", "this", "return", "thrown", "open", "unwound", "file", "line"}) {
    if (whole.contains(part)) args[part] = whole[part];
  }
  AddEvent(Json::object({{"ph", "X"},
                         {"name", whole["name"]},
                         {"cat", "call"},
                         {"pid", whole["pid"]},
                         {"tid", whole["thread"]},
                         {"ts", style_.stable ? 0.0 : Microseconds(call.start)},
                         {"dur", style_.stable ? 0.0 : Microseconds(call.duration())},
                         {"args", std::move(args)}}));
}

void ChromeOutput::AddEvent(const Json& event) {
  sink_.Write(absl::StrCat(first_ ? "\n" : ",\n", Dump(event)));
  first_ = false;
}

void ChromeOutput::End() { sink_.Write("\n]}\n"); }

}  // namespace omnitrace::tools
