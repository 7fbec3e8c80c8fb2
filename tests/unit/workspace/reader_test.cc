// Round trips: what WorkspaceBuilder writes, a Reader gives back.
#include "runtime/workspace/reader.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tests/unit/workspace/transcript.h"

namespace omnitrace::workspace {
namespace {

using ::omnitrace::testing::IsOk;
using ::omnitrace::testing::Joined;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::StatusIs;
using ::omnitrace::testing::Text;
using ::omnitrace::testing::Varint;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Two functions and a thread, which most tests need.
class ReaderTest : public ::testing::Test {
 protected:
  // The transcript of the builder's file, which must be free of damage.
  std::vector<std::string> Lines() {
    std::unique_ptr<Reader> reader = builder_.Open();
    EXPECT_THAT(reader->damage(), IsEmpty());
    Transcript transcript = ReadAll(*reader);
    EXPECT_FALSE(transcript.damaged);
    return transcript.lines;
  }

  WorkspaceBuilder builder_;
  uint32_t f_ = builder_.AddFunction("foo::f", {{"n", builder_.Int()}}, builder_.Int());
  uint32_t g_ = builder_.AddFunction("foo::g", {{"name", builder_.String()}});
  uint32_t main_ = builder_.AddThread("main");
};

TEST_F(ReaderTest, GivesCallsWithValuesDepthAndTime) {
  builder_.Enter(main_, f_, {Signed(-1)});
  builder_.Enter(main_, g_, {Text("quarter")});
  builder_.Leave(main_);
  builder_.At(1000);
  builder_.Leave(main_, Signed(2));
  builder_.Enter(main_, f_, {Signed(7)});
  builder_.Throw(main_, "std::runtime_error", "no coins");
  EXPECT_THAT(Lines(), ElementsAre("1 @10 enter 0 #0 foo::f(n: -1)",
                                   "1 @20 enter 1 #1 foo::g(name: \"quarter\")",
                                   "1 @30 leave 1 foo::g = void",      //
                                   "1 @1000 leave 0 foo::f = 2",       //
                                   "1 @1010 enter 0 #2 foo::f(n: 7)",  //
                                   "1 @1020 throw 0 foo::f std::runtime_error: no coins"));
}

TEST_F(ReaderTest, GivesFunctionsThreadsAndProperties) {
  builder_.Property("build_id", "abcd");
  builder_.Property("host", "here");
  builder_.Property("version", "0.1.0");
  uint32_t worker = builder_.AddThread("worker");
  builder_.Enter(worker, g_, {Text("")});
  builder_.Dropped(worker, DropReason::kDepth, 12);
  std::unique_ptr<Reader> reader = builder_.Open("app.4242.omni");

  const Info& info = reader->info();
  EXPECT_EQ(info.path, "app.4242.omni");
  EXPECT_EQ(info.program, "app");
  EXPECT_EQ(info.build_id, "abcd");
  EXPECT_EQ(info.host, "here");
  EXPECT_EQ(info.writer_version, "0.1.0");
  EXPECT_EQ(info.pid, 4242u);
  EXPECT_EQ(info.end, EndState::kExited);
  EXPECT_EQ(info.blocks, 2u);
  ASSERT_THAT(info.drops, SizeIs(1));
  EXPECT_EQ(info.drops[0].reason, DropReason::kDepth);
  EXPECT_EQ(info.drops[0].calls, 12u);

  ASSERT_THAT(reader->threads(), SizeIs(2));
  EXPECT_EQ(reader->threads()[1].name, "worker");
  EXPECT_EQ(reader->threads()[1].tid, 4243u);
  ASSERT_THAT(reader->functions(), SizeIs(2));
  const Function& g = reader->function(g_);
  EXPECT_EQ(g.name, "foo::g");
  EXPECT_EQ(g.file, "app.cpp");
  EXPECT_EQ(g.line, 20u);
  EXPECT_THAT(g.parameters, SizeIs(1));
  EXPECT_EQ(reader->function(99).name, "?");
  EXPECT_EQ(reader->type(99), nullptr);
}

TEST_F(ReaderTest, EndsCallsOfEarlierBlocks) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.Enter(main_, f_, {Signed(2)});
  builder_.SplitBlock(main_);
  builder_.Enter(main_, f_, {Signed(3)});
  builder_.Leave(main_, Signed(30));
  builder_.Leave(main_, Signed(20));  // far
  builder_.SplitBlock(main_);
  builder_.Throw(main_, "E", "far");
  EXPECT_THAT(Lines(), ElementsAre("1 @10 enter 0 #0 foo::f(n: 1)", "1 @20 enter 1 #1 foo::f(n: 2)",
                                   "1 @30 enter 2 #2 foo::f(n: 3)", "1 @40 leave 2 foo::f = 30",
                                   "1 @50 leave 1 foo::f = 20", "1 @60 throw 0 foo::f E: far"));
}

TEST_F(ReaderTest, DescribesBlocks) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.Enter(main_, f_, {Signed(2)});
  builder_.SplitBlock(main_);
  builder_.Leave(main_, Signed(0));
  builder_.Enter(main_, f_, {Signed(3)});
  std::unique_ptr<Reader> reader = builder_.Open();
  const std::vector<Block>& blocks = reader->blocks(main_);
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_EQ(blocks[0].calls, 2u);
  EXPECT_EQ(blocks[1].sequence, 1u);
  EXPECT_EQ(blocks[1].first_call, 2u);
  EXPECT_EQ(blocks[1].start_depth, 2u);
  EXPECT_EQ(blocks[1].least_depth, 1u);
  EXPECT_EQ(blocks[1].start, 20u);
  EXPECT_TRUE(blocks[1].sealed);
  EXPECT_THAT(reader->blocks(0), IsEmpty());
  EXPECT_THAT(reader->blocks(77), IsEmpty());

  EventCursor second(*reader, main_, 1, 1);
  ASSERT_TRUE(second.Next());
  EXPECT_EQ(second.block(), 1u);
  EXPECT_EQ(second.event().depth, 1u);
  EXPECT_EQ(second.depth(), 1u);
  ASSERT_TRUE(second.Next());
  EXPECT_EQ(second.event().ordinal, 2u);
  EXPECT_EQ(second.depth(), 2u);
  EXPECT_FALSE(second.Next());
  EXPECT_THAT(second.status(), IsOk());
}

TEST_F(ReaderTest, UnwindsBelowAndAboveTheBlock) {
  for (int n = 0; n < 3; ++n) builder_.Enter(main_, f_, {Signed(n)});
  builder_.SplitBlock(main_);
  builder_.Enter(main_, f_, {Signed(3)});
  builder_.Unwound(main_, 3);
  builder_.Enter(main_, f_, {Signed(4)});
  builder_.Unwound(main_, 1);
  builder_.Leave(main_, Signed(9));
  EXPECT_THAT(Lines(), ElementsAre("1 @10 enter 0 #0 foo::f(n: 0)", "1 @20 enter 1 #1 foo::f(n: 1)",
                                   "1 @30 enter 2 #2 foo::f(n: 2)", "1 @40 enter 3 #3 foo::f(n: 3)",
                                   "1 @50 unwound 3", "1 @60 enter 3 #4 foo::f(n: 4)",
                                   "1 @70 unwound 1", "1 @80 leave 0 foo::f = 9"));
}

TEST_F(ReaderTest, SkipsRecordsOfTheFuture) {
  builder_.RawMetadata(1000, "whatever");
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.Other(main_, 1000, "a record of version 2");
  builder_.Leave(main_, Signed(2));
  builder_.Dropped(main_, DropReason::kSize, 5);
  EXPECT_THAT(Lines(), ElementsAre("1 @10 enter 0 #0 foo::f(n: 1)", "1 @30 leave 0 foo::f = 2",
                                   "1 @40 dropped 0 1 x5"));
}

TEST_F(ReaderTest, IgnoresFieldsOfTheFuture) {
  // A function with one more field behind its parameters.
  std::string bytes = Joined({Varint(3),
                              Varint(0),
                              Varint(1),
                              {"h"},
                              Varint(0),
                              Varint(0),
                              Varint(1),
                              Varint(1),
                              Varint(0),
                              Varint(0),
                              Varint(12345)})
                          .bytes;
  builder_.RawMetadata(static_cast<uint64_t>(MetadataRecord::kFunction), bytes);
  EXPECT_EQ(builder_.Open()->function(3).name, "h");
}

TEST_F(ReaderTest, ReadsWindowsOfAKilledProcess) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.SplitBlock(main_);
  builder_.Enter(main_, g_, {Text("open")});
  builder_.Kill();
  std::unique_ptr<Reader> reader = builder_.Open();
  EXPECT_EQ(reader->info().end, EndState::kRunning);
  EXPECT_TRUE(reader->blocks(main_)[1].window);
  EXPECT_FALSE(reader->blocks(main_)[1].sealed);
  EXPECT_THAT(Lines(), ElementsAre("1 @10 enter 0 #0 foo::f(n: 1)",
                                   "1 @20 enter 1 #1 foo::g(name: \"open\")"));
}

TEST_F(ReaderTest, PrefersTheWindowToItsHalfWrittenCopy) {
  builder_.Enter(main_, f_, {Signed(1)});
  builder_.Enter(main_, f_, {Signed(2)});
  builder_.Kill();
  builder_.AddHole();
  builder_.AddHalfWrittenCopy(main_);
  EXPECT_THAT(Lines(),
              ElementsAre("1 @10 enter 0 #0 foo::f(n: 1)", "1 @20 enter 1 #1 foo::f(n: 2)"));
  EXPECT_THAT(builder_.Open()->blocks(main_), SizeIs(1));
}

TEST_F(ReaderTest, NamesTheVersionsItCannotRead) {
  builder_.header().version = 7;
  absl::Status status = Reader::Open(MemorySource(builder_.Build(), "new.omni")).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("new.omni: workspace format version 7")));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("reads versions 1 to 2")));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("; use the")));
}

TEST(ReaderOpen, RefusesWhatIsNoWorkspace) {
  EXPECT_THAT(Reader::Open("/no/such/file.omni"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/no/such/file.omni")));
  EXPECT_THAT(Reader::Open("/tmp"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("/tmp: not a regular file")));
  EXPECT_THAT(Reader::Open(MemorySource("#!/bin/sh\n", "script")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("script: not an omnitrace")));
  EXPECT_THAT(Reader::Open(MemorySource("", "empty")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty: not an omnitrace")));
}

TEST(ReaderFile, ReadsBlocksBySplittingWhenFull) {
  WorkspaceBuilder builder;
  uint32_t f = builder.AddFunction("f", {{"s", builder.String()}}, builder.Long());
  uint32_t main = builder.AddThread("main");
  constexpr int kCalls = 20'000;
  for (int i = 0; i < kCalls; ++i) {
    builder.Enter(main, f, {Text(std::to_string(i))});
    builder.Leave(main, Signed(i));
  }
  std::unique_ptr<Reader> reader = builder.Open();
  EXPECT_GT(reader->blocks(main).size(), 3u);
  EventCursor cursor(*reader, main);
  for (int i = 0; i < kCalls; ++i) {
    ASSERT_TRUE(cursor.Next());
    EXPECT_EQ(cursor.event().ordinal, static_cast<uint64_t>(i));
    auto arguments = reader->DecodeArguments(reader->function(f), cursor.event().bytes);
    ASSERT_THAT(arguments, IsOk());
    EXPECT_EQ(arguments->front().value.text, std::to_string(i));
    ASSERT_TRUE(cursor.Next());
  }
  EXPECT_FALSE(cursor.Next());
  EXPECT_THAT(cursor.status(), IsOk());
  EXPECT_EQ(reader->info().duration_ns, builder.now());
}

}  // namespace
}  // namespace omnitrace::workspace
