// What a Writer makes of the events of a reader: the same, for another reader.
#include "runtime/workspace/writer.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tests/support/workspace_copy.h"
#include "tests/unit/workspace/transcript.h"
#include "tests/unit/workspace/written_file.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::CopyWorkspace;
using ::omnitrace::testing::Encoded;
using ::omnitrace::testing::IsOk;
using ::omnitrace::testing::Joined;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::StatusIs;
using ::omnitrace::testing::Text;
using ::omnitrace::testing::Varint;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class WriterTest : public ::testing::Test {
 protected:
  void Changed(uint32_t function, const Encoded& values) {
    builder_.Other(main_, static_cast<uint64_t>(OtherRecord::kChanged),
                   Joined({Varint(function), values}).bytes);
  }
  void ThrownValue(uint32_t type, const Encoded& value) {
    builder_.Other(main_, static_cast<uint64_t>(OtherRecord::kThrown),
                   Joined({Varint(type), value}).bytes);
  }
  // Adds a function that changes its text.
  uint32_t AddEditor() {
    Function function;
    function.name = "edit";
    function.flags = kFunctionSizedArguments;
    function.parameters = {{"n", builder_.Int(), 0},
                           {"text", builder_.String(), kParameterMutable}};
    return builder_.AddFunction(std::move(function));
  }
  // Copies what the builder has; the copy must have the same events.
  std::unique_ptr<Reader> Copy() {
    std::unique_ptr<Reader> source = builder_.Open();
    EXPECT_THAT(CopyWorkspace(*source, file_.path()), IsOk());
    std::unique_ptr<Reader> copy = file_.Open();
    EXPECT_EQ(file_.Lines(), ReadAll(*source).lines);
    return copy;
  }

  WorkspaceBuilder builder_;
  uint32_t f_ = builder_.AddFunction("f", {{"n", builder_.Int()}}, builder_.Int());
  uint32_t g_ = builder_.AddFunction("g", {{"s", builder_.String()}}, builder_.String());
  uint32_t main_ = builder_.AddThread("main");
  WrittenFile file_;
};

TEST_F(WriterTest, EveryKindOfEvent) {
  uint32_t edit = AddEditor();
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.Enter(main_, g_, {Text("x")});
  builder_.Dropped(main_, DropReason::kDepth, 7);
  builder_.Leave(main_, Text("result"));
  builder_.Enter(main_, edit, {Signed(2), Text("before")});
  Changed(edit, Text("after"));
  builder_.Leave(main_);
  builder_.Enter(main_, g_, {Text("y")});
  builder_.Throw(main_, "std::runtime_error", "no");
  builder_.Enter(main_, g_, {Text("z")});
  builder_.Enter(main_, f_, {Signed(3)});
  builder_.Unwound(main_, 1);
  builder_.Leave(main_, Signed(-1));
  builder_.Enter(main_, g_, {Text("open")});
  std::unique_ptr<Reader> copy = Copy();
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->info().end, EndState::kExited);
  ASSERT_THAT(copy->info().drops, SizeIs(1));
  EXPECT_EQ(copy->info().drops[0].calls, 7);
}

TEST_F(WriterTest, WhatIsThrownWithItsValue) {
  uint32_t error = builder_.Struct("Error", {{"code", builder_.Int()}});
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.SplitBlock(main_);
  builder_.Enter(main_, f_, {Signed(2)});
  ThrownValue(error, testing::Record({Signed(42)}));
  builder_.Throw(main_, "Error", "");
  ThrownValue(error, testing::Record({Signed(43)}));
  builder_.Throw(main_, "Error", "");
  std::unique_ptr<Reader> copy = Copy();
  ASSERT_NE(copy, nullptr);
  std::vector<std::string> thrown;
  for (EventCursor cursor(*copy, main_); cursor.Next();) {
    if (cursor.event().kind != Event::Kind::kThrow) continue;
    ASSERT_OK_AND_ASSIGN(Value value, copy->DecodeThrown(cursor.event().thrown_value));
    thrown.push_back(Describe(value));
  }
  EXPECT_THAT(thrown, ElementsAre("{code: 42}", "{code: 43}"));
}

TEST_F(WriterTest, WhatTheProgramIs) {
  builder_.Property("command", "./app --fast");
  builder_.Property("frozen", "call");
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.At(5'000'000'000);
  builder_.Leave(main_, Signed(1));
  std::unique_ptr<Reader> source = builder_.Open();
  std::unique_ptr<Reader> copy = Copy();
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->properties(), source->properties());
  EXPECT_EQ(copy->info().pid, source->info().pid);
  EXPECT_EQ(copy->info().start_unix_ns, source->info().start_unix_ns);
  EXPECT_EQ(copy->info().start_mono_ns, source->info().start_mono_ns);
  EXPECT_EQ(copy->info().duration_ns, source->info().duration_ns);
  ASSERT_THAT(copy->threads(), SizeIs(1));
  EXPECT_EQ(copy->threads()[0].tid, source->threads()[0].tid);
  EXPECT_EQ(copy->threads()[0].name, "main");
  EXPECT_EQ(copy->ToNanoseconds(copy->threads()[0].start_ticks),
            source->ToNanoseconds(source->threads()[0].start_ticks));
}

TEST_F(WriterTest, TimesOfAnotherClock) {
  FileHeader& header = builder_.header();
  header.clock = ClockKind::kTsc;
  header.start_ticks_per_second = 2'596'000'000;
  header.last_ticks = header.start_ticks + 700'000'000'000'000;
  header.last_mono_ns = header.start_mono_ns + 269'645'608'628'659;
  for (uint64_t ticks = 1; ticks < 600'000'000'000'000; ticks = ticks * 3 + 1) {
    builder_.At(ticks);
    builder_.Enter(main_, f_, {Signed(1)});
    builder_.Leave(main_, Signed(1));
  }
  std::unique_ptr<Reader> copy = Copy();
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->info().clock, ClockKind::kMonotonic);
}

TEST_F(WriterTest, CallsOverSeveralBlocks) {
  for (int depth = 0; depth < 3; ++depth) builder_.Enter(main_, g_, {Text("outer")});
  for (int i = 0; i < 30'000; ++i) {
    if (i % 7'000 == 3) builder_.Throw(main_, "E", "what");
    builder_.Enter(main_, f_, {Signed(i)});
    builder_.Leave(main_, Signed(-i));
    if (i % 7'000 == 9) builder_.Enter(main_, g_, {Text("again")});
  }
  builder_.Unwound(main_, 1);
  builder_.Leave(main_, Text("end"));
  std::unique_ptr<Reader> copy = Copy();
  ASSERT_NE(copy, nullptr);
  EXPECT_GT(copy->blocks(main_).size(), 3);
}

TEST_F(WriterTest, ChangesAreInTheBlockOfTheirEnd) {
  uint32_t edit = AddEditor();
  const std::string text(500, 'x');
  for (int i = 0; i < 10'000; ++i) {
    builder_.Enter(main_, edit, {Signed(i), Text("")});
    Changed(edit, Text(text.substr(0, static_cast<size_t>(i) % 500)));
    builder_.Leave(main_);
  }
  std::unique_ptr<Reader> copy = Copy();
  ASSERT_NE(copy, nullptr);
  size_t blocks = copy->blocks(main_).size();
  EXPECT_GT(blocks, 30);
  for (size_t block = 0; block < blocks; ++block) {
    Event::Kind last = Event::Kind::kEnter;
    for (EventCursor cursor(*copy, main_, block, 1); cursor.Next();) last = cursor.event().kind;
    EXPECT_NE(last, Event::Kind::kChanged) << "block " << block;
  }
}

TEST_F(WriterTest, DeepRecursion) {
  constexpr int kDepth = 100'000;
  for (int i = 0; i < kDepth; ++i) builder_.Enter(main_, f_, {Signed(i)});
  for (int i = 0; i < kDepth; ++i) builder_.Leave(main_, Signed(i));
  Copy();
}

TEST_F(WriterTest, LongestRecords) {
  const std::string longest(kMaxRecordSize - 16, 'x');
  for (int i = 0; i < 20; ++i) builder_.Enter(main_, g_, {Text(longest)});
  for (int i = 0; i < 20; ++i) builder_.Leave(main_, Text(longest));
  Copy();
}

TEST_F(WriterTest, AThousandThreads) {
  std::vector<uint32_t> threads;
  for (int i = 0; i < 1'000; ++i) threads.push_back(builder_.AddThread(absl::StrCat("t", i)));
  for (int i = 0; i < 20; ++i) {
    for (uint32_t thread : threads) {
      builder_.Enter(thread, f_, {Signed(i)});
      if (i % 3 != 0) builder_.Leave(thread, Signed(i));
    }
  }
  std::unique_ptr<Reader> copy = Copy();
  ASSERT_NE(copy, nullptr);
  EXPECT_THAT(copy->threads(), SizeIs(1'001));
}

TEST_F(WriterTest, ChosenFunctionsAlone) {
  builder_.Enter(main_, g_, {Text("hidden")});
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.Enter(main_, g_, {Text("hidden")});
  builder_.Enter(main_, f_, {Signed(2)});
  builder_.Enter(main_, f_, {Signed(3)});
  builder_.Unwound(main_, 2);
  builder_.Leave(main_, Signed(4));
  builder_.Throw(main_, "E", "hidden");
  std::unique_ptr<Reader> source = builder_.Open();
  ASSERT_THAT(CopyWorkspace(*source, file_.path(),
                            [](const Function& function) { return function.name == "f"; }),
              IsOk());
  EXPECT_THAT(file_.Lines(),
              ElementsAre("1 @20 enter 0 #0 f(n: 1)", "1 @40 enter 1 #1 f(n: 2)",
                          "1 @50 enter 2 #2 f(n: 3)", "1 @60 unwound 1", "1 @70 leave 0 f = 4"));
}

TEST_F(WriterTest, DescribesWhatItLearnsLater) {
  builder_.Enter(main_, f_, {Signed(1)});
  std::unique_ptr<Reader> early = builder_.Open();
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Writer> writer, Writer::Create(file_.path(), *early));
  // Over several blocks of metadata.
  const std::string name(1'000, 'x');
  uint32_t last = 0;
  for (int i = 0; i < 200; ++i) {
    last = builder_.AddFunction(absl::StrCat(name, i), {{"s", builder_.String()}});
  }
  builder_.Enter(main_, last, {Text("new")});
  std::unique_ptr<Reader> late = builder_.Open();

  EventCursor cursor(*late, main_);
  ASSERT_TRUE(cursor.Next());
  EXPECT_THAT(writer->Write(cursor.event()), IsOk());
  ASSERT_TRUE(cursor.Next());
  EXPECT_THAT(writer->Write(cursor.event()),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr(file_.path()), HasSubstr("not described"))));
  EXPECT_THAT(writer->AddDescriptions(*late), IsOk());
  EXPECT_THAT(writer->AddDescriptions(*late), IsOk());
  EXPECT_THAT(writer->Write(cursor.event()), IsOk());
  EXPECT_THAT(writer->Close(), IsOk());
  std::unique_ptr<Reader> copy = file_.Open();
  ASSERT_NE(copy, nullptr);
  EXPECT_THAT(copy->functions(), SizeIs(late->functions().size()));
  EXPECT_EQ(copy->function(last).name, absl::StrCat(name, 199));
  EXPECT_EQ(ReadAll(*copy).lines, ReadAll(*late).lines);
}

TEST_F(WriterTest, DescribesNothingTwice) {
  std::unique_ptr<Reader> source = builder_.Open();
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Writer> writer, Writer::Create(file_.path(), *source));
  uint64_t bytes = file_.Open()->info().bytes;
  EXPECT_THAT(writer->AddDescriptions(*source), IsOk());
  EXPECT_EQ(file_.Open()->info().bytes, bytes);
  builder_.Property("title", "late");
  EXPECT_THAT(writer->AddDescriptions(*builder_.Open()), IsOk());
  EXPECT_EQ(file_.Open()->properties().at("title"), "late");
}

TEST_F(WriterTest, EventsThatDoNotNest) {
  std::unique_ptr<Reader> source = builder_.Open();
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Writer> writer, Writer::Create(file_.path(), *source));
  auto refused = [&](const std::string& what) {
    return StatusIs(absl::StatusCode::kInvalidArgument,
                    AllOf(HasSubstr(file_.path()), HasSubstr(what)));
  };
  Event event = {};
  event.kind = Event::Kind::kLeave;
  event.thread = main_;
  event.function = f_;
  EXPECT_THAT(writer->Write(event), refused("no call is open"));
  event.kind = Event::Kind::kEnter;
  const std::string number = Signed(5).bytes;
  event.bytes = number;
  EXPECT_THAT(writer->Write(event), IsOk());
  event.kind = Event::Kind::kLeave;
  event.function = g_;
  EXPECT_THAT(writer->Write(event), refused("end of function 2, expected of function 1"));
  event.kind = Event::Kind::kChanged;
  EXPECT_THAT(writer->Write(event), refused("expected of function 1"));
  event.kind = Event::Kind::kUnwound;
  event.depth = 2;
  EXPECT_THAT(writer->Write(event), refused("unwound to depth 2"));
  event.kind = Event::Kind::kDropped;
  event.reason = static_cast<DropReason>(kDropReasons);
  EXPECT_THAT(writer->Write(event), refused("drop reason 16"));
  event.kind = Event::Kind::kEnter;
  event.function = 99;
  EXPECT_THAT(writer->Write(event), refused("function 99"));
  event.function = f_;
  const std::string too_long(kMaxRecordSize + 1, 'x');
  event.bytes = too_long;
  EXPECT_THAT(writer->Write(event), refused("expected at most 16384"));
  event.thread = 0;
  EXPECT_THAT(writer->Write(event), refused("thread 0"));
  EXPECT_THAT(writer->Close(), IsOk());
  EXPECT_THAT(file_.Lines(), ElementsAre("1 @0 enter 0 #0 f(n: 5)"));
}

}  // namespace
}  // namespace omnitrace::workspace
