#include "tests/unit/where/recorded_call.h"

#include "gtest/gtest.h"
#include "tools/where/parser.h"

namespace omnitrace::where {

using workspace::Event;

RecordedCall::RecordedCall(const testing::WorkspaceBuilder& builder)
    : reader_(builder.Open()), cursor_(std::make_unique<workspace::EventCursor>(*reader_, 1)) {
  subject_.reader = reader_.get();
  subject_.thread = &reader_->threads()[0];
  while (cursor_->Next()) {
    const Event& event = cursor_->event();
    if (event.depth != 0) continue;
    if (event.kind == Event::Kind::kEnter) {
      subject_.open = true;
      subject_.function = &reader_->function(event.function);
      subject_.start = event.time;
      subject_.arguments = event.bytes;
      continue;
    }
    subject_.open = false;
    subject_.threw = event.kind == Event::Kind::kThrow;
    subject_.unwound = event.kind == Event::Kind::kUnwound;
    subject_.end = event.time;
    subject_.result = event.bytes;
    subject_.thrown_type = event.thrown_type;
    subject_.thrown_what = event.thrown_what;
  }
}

bool RecordedCall::Meets(absl::string_view expression) const {
  absl::StatusOr<Expression> parsed = Parse(expression);
  EXPECT_TRUE(parsed.ok()) << parsed.status();
  return parsed.ok() && parsed->Holds(subject_, &damage_);
}

}  // namespace omnitrace::where
