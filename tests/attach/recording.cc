#include "tests/attach/recording.h"

#include <cstdlib>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "runtime/workspace/format.h"

namespace omnitrace::testing {
namespace {

using tools::LiveEvent;
using workspace::Event;

// Of one thread.
class Teller {
 public:
  Teller(const workspace::Reader& reader, const tools::LiveOrigin& origin, bool lost_entries)
      : reader_(reader), origin_(origin), lost_entries_(lost_entries) {}

  bool Translate(const Event& from, LiveEvent* to) {
    *to = {};
    to->origin = &origin_;
    to->reader = &reader_;
    to->thread = from.thread;
    to->time = from.time;
    switch (from.kind) {
      case Event::Kind::kEnter:
        open_.push_back({from.function, from.time, std::string(from.bytes)});
        SetCall(open_.back(), to);
        to->kind = IsProbe(*to) ? LiveEvent::Kind::kProbe : LiveEvent::Kind::kEnter;
        return true;
      case Event::Kind::kLeave:
        End(LiveEvent::Kind::kReturn, from, to);
        to->result = from.bytes;
        return !IsProbe(*to);
      case Event::Kind::kThrow:
        End(LiveEvent::Kind::kThrow, from, to);
        to->thrown_type = from.thrown_type;
        to->thrown_what = from.thrown_what;
        to->thrown_value = from.thrown_value;
        return true;
      default:
        return false;
    }
  }

 private:
  struct OpenCall {
    uint32_t function;
    uint64_t start;
    std::string arguments;
  };

  static bool IsProbe(const LiveEvent& event) {
    return (event.function->flags & kFunctionProbe) != 0;
  }

  void SetCall(const OpenCall& call, LiveEvent* to) {
    to->function = &reader_.function(call.function);
    to->arguments = call.arguments;
    to->has_arguments = !lost_entries_;
  }

  void End(LiveEvent::Kind kind, const Event& from, LiveEvent* to) {
    ended_ = std::move(open_.back());
    open_.pop_back();
    SetCall(ended_, to);
    to->kind = kind;
    to->duration = lost_entries_ ? 0 : from.time - ended_.start;
  }

  const workspace::Reader& reader_;
  const tools::LiveOrigin& origin_;
  const bool lost_entries_;
  std::vector<OpenCall> open_;
  OpenCall ended_;
};

std::unique_ptr<workspace::Reader> Record() {
  TemporaryFolder folder;
  std::string file = folder.path() / "program.omni";
  EXPECT_EQ(system(absl::StrCat("OMNITRACE_OUT=", file, " ", ATTACH_PROGRAM).c_str()), 0);
  auto reader = workspace::Reader::Open(file);
  EXPECT_TRUE(reader.ok()) << reader.status();
  return *std::move(reader);
}

}  // namespace

const Recording& Recording::OfProgram() {
  static const auto* const recording = new Recording(Record());
  return *recording;
}

Recording::Recording(std::unique_ptr<workspace::Reader> reader) : reader_(std::move(reader)) {
  const workspace::Info& info = reader_->info();
  origin_ = {info.pid, "shop", "test-host", info.start_unix_ns};
}

void Recording::Tell(const std::function<void(const tools::LiveEvent&)>& take,
                     bool lost_entries) const {
  for (const workspace::Thread& thread : reader_->threads()) {
    Teller teller(*reader_, origin_, lost_entries);
    workspace::EventCursor cursor(*reader_, thread.index);
    LiveEvent event;
    while (cursor.Next()) {
      if (teller.Translate(cursor.event(), &event)) take(event);
    }
    EXPECT_TRUE(cursor.status().ok()) << cursor.status();
  }
}

}  // namespace omnitrace::testing
