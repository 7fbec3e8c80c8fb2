#include "tools/model/call_stream.h"

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tools/model/contents.h"

namespace omnitrace::tools {
namespace {

using omnitrace::testing::IsOk;
using omnitrace::testing::Joined;
using omnitrace::testing::Signed;
using omnitrace::testing::Varint;
using omnitrace::testing::WorkspaceBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using Outcome = Call::Outcome;

CallFilter Filter(std::vector<std::string> arguments) {
  static const Usage kUsage = {"", "", {kFilterGroup}};
  return CallFilter(ParseCommandLine(kUsage, arguments).value());
}

WorkspaceSet SetOf(std::vector<std::unique_ptr<workspace::Reader>> readers) {
  return WorkspaceSet::FromReaders(std::move(readers)).value();
}
WorkspaceSet SetOf(const WorkspaceBuilder& builder) {
  std::vector<std::unique_ptr<workspace::Reader>> readers;
  readers.push_back(builder.Open());
  return SetOf(std::move(readers));
}

// "3<1 f +2": id, parent, name, children.
std::string Brief(const Call& call) {
  return absl::StrCat(call.id, "<", call.parent, " ", call.function->name,
                      call.children == 0 ? "" : absl::StrCat(" +", call.children));
}

std::vector<std::string> Briefs(const WorkspaceSet& set, const CallFilter& filter = {},
                                CallStream::Options options = {.count_children = true}) {
  std::vector<std::string> all;
  CallStream stream(set, filter, options);
  while (stream.Next()) all.push_back(Brief(stream.call()));
  EXPECT_THAT(stream.status(), IsOk());
  return all;
}

class CallStreamTest : public ::testing::Test {
 protected:
  uint32_t Function(const std::string& name) { return builder_.AddFunction(name); }

  WorkspaceBuilder builder_;
  const uint32_t main_ = builder_.AddThread("main");
};

TEST_F(CallStreamTest, NestsCallsAndKnowsTheirEndsAtOnce) {
  uint32_t f = builder_.AddFunction("f", {{"n", builder_.Int()}}, builder_.Int());
  uint32_t g = Function("g");
  builder_.At(100);
  builder_.Enter(main_, f, {Signed(7)});
  builder_.Enter(main_, g);
  builder_.Throw(main_, "i", "what");
  builder_.At(500);
  builder_.Leave(main_, Signed(8));
  WorkspaceSet set = SetOf(builder_);
  CallFilter filter;
  CallStream stream(set, filter, {});
  ASSERT_TRUE(stream.Next());
  EXPECT_EQ(stream.call().start, 100u);
  EXPECT_EQ(stream.call().end, 500u);
  EXPECT_EQ(stream.call().outcome, Outcome::kReturned);
  EXPECT_EQ(ArgumentsOf(stream.call())->at(0).value.as_signed(), 7);
  EXPECT_EQ(ResultOf(stream.call())->as_signed(), 8);
  ASSERT_TRUE(stream.Next());
  EXPECT_EQ(stream.call().parent, 1u);
  EXPECT_EQ(stream.call().depth, 1u);
  EXPECT_EQ(stream.call().outcome, Outcome::kThrew);
  EXPECT_EQ(stream.call().thrown_type, "i");
  EXPECT_EQ(stream.call().thrown_what, "what");
  EXPECT_FALSE(stream.Next());
  EXPECT_THAT(stream.status(), IsOk());
}

TEST_F(CallStreamTest, FindsEndsBehindBlocksThatWereLeftOut) {
  uint32_t f = builder_.AddFunction("f", {}, builder_.Int());
  uint32_t g = Function("g");
  builder_.Enter(main_, f);
  builder_.Enter(main_, g);
  builder_.SplitBlock(main_);
  builder_.Leave(main_);
  builder_.Enter(main_, g);
  builder_.LeaveOutBlock(main_);
  builder_.Leave(main_);
  builder_.Enter(main_, g);
  builder_.Leave(main_);
  builder_.At(9000);
  builder_.Leave(main_, Signed(3));
  WorkspaceSet set = SetOf(builder_);
  CallFilter filter;
  CallStream stream(set, filter, {});
  ASSERT_TRUE(stream.Next());
  EXPECT_EQ(stream.call().outcome, Outcome::kReturned);
  EXPECT_EQ(stream.call().end, 9000u);
  EXPECT_EQ(ResultOf(stream.call())->as_signed(), 3);
  ASSERT_TRUE(stream.Next());
  EXPECT_EQ(stream.call().outcome, Outcome::kUnwound);
  ASSERT_TRUE(stream.Next());
  // The one that was left out has no number.
  EXPECT_EQ(Brief(stream.call()), "3<1 g");
  EXPECT_FALSE(stream.Next());
  EXPECT_THAT(stream.status(), IsOk());
  EXPECT_EQ(ContentsOf(set.files()[0], filter).calls, 3u);
}

TEST_F(CallStreamTest, FindsEndsManyBlocksAway) {
  uint32_t f = builder_.AddFunction("f", {}, builder_.Int());
  uint32_t g = Function("g");
  builder_.Enter(main_, f);
  builder_.Enter(main_, g);
  for (int i = 0; i < 5; ++i) {
    builder_.SplitBlock(main_);
    builder_.Enter(main_, g);
    builder_.Leave(main_);
  }
  builder_.SplitBlock(main_);
  builder_.Throw(main_, "i", "far");
  builder_.SplitBlock(main_);
  builder_.At(9000);
  builder_.Leave(main_, Signed(3));
  WorkspaceSet set = SetOf(builder_);
  CallFilter filter;
  CallStream stream(set, filter, {.count_children = true});
  ASSERT_TRUE(stream.Next());
  EXPECT_EQ(stream.call().end, 9000u);
  EXPECT_EQ(ResultOf(stream.call())->as_signed(), 3);
  EXPECT_EQ(stream.call().children, 1u);
  ASSERT_TRUE(stream.Next());
  EXPECT_EQ(stream.call().outcome, Outcome::kThrew);
  EXPECT_EQ(stream.call().thrown_what, "far");
  EXPECT_EQ(stream.call().children, 5u);
}

TEST_F(CallStreamTest, KnowsTheFieldsOfWhatIsThrown) {
  uint32_t f = Function("f");
  auto throw_value = [&](uint32_t type, int64_t value) {
    auto kind = static_cast<uint64_t>(OtherRecord::kThrown);
    builder_.Other(main_, kind, Joined({Varint(type), Signed(value)}).bytes);
    builder_.Throw(main_, "3foo", "");
  };
  builder_.Enter(main_, f);
  builder_.Enter(main_, f);
  throw_value(builder_.Int(), 7);
  builder_.Enter(main_, f);
  builder_.Throw(main_, "i", "");  // without fields, and those of the call before are not its own
  builder_.SplitBlock(main_);
  throw_value(builder_.Int(), 8);
  builder_.Enter(main_, f);
  throw_value(99, 9);
  WorkspaceSet set = SetOf(builder_);
  CallFilter filter;
  CallStream stream(set, filter, {});
  auto next = [&] {
    EXPECT_TRUE(stream.Next());
    return ThrownFieldsOf(stream.call());
  };
  EXPECT_EQ(next()->at(0).value.as_signed(), 8);
  EXPECT_EQ(next()->at(0).value.as_signed(), 7);
  EXPECT_TRUE(next()->empty());
  EXPECT_THAT(next().status().ToString(), HasSubstr("exception of type 99, which is not defined"));
}

TEST_F(CallStreamTest, CallsThatNeverEndedAreOpenUntilTheEnd) {
  uint32_t f = Function("f");
  builder_.Enter(main_, f);
  builder_.SplitBlock(main_);
  builder_.Enter(main_, f);
  builder_.Leave(main_);
  builder_.Enter(main_, f);
  builder_.Kill();
  WorkspaceSet set = SetOf(builder_);
  CallFilter filter;
  CallStream stream(set, filter, {});
  std::vector<Outcome> outcomes;
  while (stream.Next()) {
    outcomes.push_back(stream.call().outcome);
    if (outcomes.back() == Outcome::kOpen) {
      EXPECT_EQ(stream.call().end, set.files()[0].reader->info().duration_ns);
    }
  }
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kOpen, Outcome::kReturned, Outcome::kOpen));
}

TEST_F(CallStreamTest, FramesThatVanishAreUnwoundNotReturned) {
  uint32_t f = Function("f");
  builder_.Enter(main_, f);
  builder_.Enter(main_, f);
  builder_.SplitBlock(main_);
  builder_.Enter(main_, f);
  builder_.Unwound(main_, 1);
  builder_.Enter(main_, f);
  builder_.Leave(main_);
  builder_.Leave(main_);
  WorkspaceSet set = SetOf(builder_);
  CallFilter filter;
  CallStream stream(set, filter, {});
  std::vector<Outcome> outcomes;
  std::vector<uint64_t> parents;
  while (stream.Next()) {
    outcomes.push_back(stream.call().outcome);
    parents.push_back(stream.call().parent);
  }
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kReturned, Outcome::kUnwound, Outcome::kUnwound,
                                    Outcome::kReturned));
  EXPECT_THAT(parents, ElementsAre(0, 1, 2, 1));
}

TEST_F(CallStreamTest, MergesThreadsByTimeOrDeliversThemOneByOne) {
  uint32_t f = Function("f"), g = Function("g");
  uint32_t worker = builder_.AddThread("worker");
  builder_.Enter(main_, f);
  builder_.Enter(worker, g);
  builder_.Enter(main_, f);
  builder_.Enter(worker, g);
  for (uint32_t thread : {main_, main_, worker, worker}) builder_.Leave(thread);
  WorkspaceSet set = SetOf(builder_);
  EXPECT_THAT(Briefs(set), ElementsAre("1<0 f +1", "2<0 g +1", "3<1 f", "4<2 g"));
  EXPECT_THAT(Briefs(set, {}, {.order = CallStream::Order::kThread, .count_children = true}),
              ElementsAre("1<0 f +1", "2<1 f", "3<0 g +1", "4<3 g"));
}

TEST_F(CallStreamTest, MergesFilesOnOneTimeLine) {
  auto file = [](const char* name, uint64_t start, uint64_t at) {
    WorkspaceBuilder builder;
    uint32_t function = builder.AddFunction(name);
    uint32_t thread = builder.AddThread("main");
    builder.header().start_unix_ns = start;
    builder.At(at);
    builder.Enter(thread, function);
    builder.Leave(thread);
    return builder.Open();
  };
  std::vector<std::unique_ptr<workspace::Reader>> readers;
  readers.push_back(file("second", 1000, 50));
  readers.push_back(file("first", 900, 20));
  WorkspaceSet set = SetOf(std::move(readers));
  CallFilter filter;
  CallStream stream(set, filter, {});
  ASSERT_TRUE(stream.Next());
  EXPECT_EQ(stream.call().function->name, "first");
  EXPECT_EQ(stream.call().start, 20u);
  ASSERT_TRUE(stream.Next());
  EXPECT_EQ(stream.call().function->name, "second");
  EXPECT_EQ(stream.call().start, 150u);
}

TEST_F(CallStreamTest, ChildrenOfHiddenCallsMoveUpAndIdsStay) {
  uint32_t f = Function("a::f"), g = Function("b::g"), h = Function("a::h");
  for (uint32_t function : {f, g, h}) {
    builder_.Enter(main_, function);
    builder_.SplitBlock(main_);
  }
  for (int i = 0; i < 3; ++i) builder_.Leave(main_);
  builder_.Enter(main_, h);
  builder_.Leave(main_);
  WorkspaceSet set = SetOf(builder_);
  EXPECT_THAT(Briefs(set, Filter({"--hide=b::g"})),
              ElementsAre("1<0 a::f +1", "3<1 a::h", "4<0 a::h"));
  EXPECT_THAT(Briefs(set, Filter({"--name=*h"})), ElementsAre("3<0 a::h", "4<0 a::h"));
  EXPECT_THAT(Briefs(set, Filter({"--ns=b"})), ElementsAre("2<0 b::g"));
}

TEST_F(CallStreamTest, FiltersByDepthTimeAndThread) {
  uint32_t f = Function("f"), g = Function("g");
  uint32_t worker = builder_.AddThread("worker");
  builder_.At(100);
  builder_.Enter(main_, f);  // 100 to 1000
  builder_.At(200);
  builder_.Enter(main_, g);  // 200 to 210
  builder_.Leave(main_);
  builder_.At(500);
  builder_.Enter(worker, g);  // 500 to 600
  builder_.At(600);
  builder_.Leave(worker);
  builder_.At(1000);
  builder_.Leave(main_);
  WorkspaceSet set = SetOf(builder_);
  EXPECT_THAT(Briefs(set, Filter({"--depth=1"})), ElementsAre("1<0 f", "3<0 g"));
  EXPECT_THAT(Briefs(set, Filter({"--since=211"})), ElementsAre("1<0 f", "3<0 g"));
  EXPECT_THAT(Briefs(set, Filter({"--until=500"})), ElementsAre("1<0 f +1", "2<1 g"));
  EXPECT_THAT(Briefs(set, Filter({"--min-duration=50ns"})), ElementsAre("1<0 f", "3<0 g"));
  EXPECT_THAT(Briefs(set, Filter({"--thread=2"})), ElementsAre("3<0 g"));
  EXPECT_THAT(Briefs(set, Filter({"--thread=main"})), ElementsAre("1<0 f +1", "2<1 g"));
}

TEST_F(CallStreamTest, FiltersByValuesThatAreKnownAtTheEndOnly) {
  uint32_t f = builder_.AddFunction("f", {{"n", builder_.Int()}}, builder_.Int());
  for (int n : {1, 2, 3}) {
    builder_.Enter(main_, f, {Signed(n)});
    builder_.SplitBlock(main_);
  }
  for (int n : {3, 2, 1}) builder_.Leave(main_, Signed(10 * n));
  builder_.Enter(main_, f, {Signed(4)});
  builder_.Throw(main_, "i", "what");
  WorkspaceSet set = SetOf(builder_);
  EXPECT_THAT(Briefs(set, Filter({"--where=args.n != 2"})),
              ElementsAre("1<0 f +1", "3<1 f", "4<0 f"));
  EXPECT_THAT(Briefs(set, Filter({"--where=return >= 20"})), ElementsAre("2<0 f +1", "3<2 f"));
  EXPECT_THAT(Briefs(set, Filter({"--where=thrown"})), ElementsAre("4<0 f"));
  EXPECT_THAT(Briefs(set, Filter({"--where=depth > 0"})), ElementsAre("2<0 f +1", "3<2 f"));
  EXPECT_THAT(Briefs(set, Filter({"--where=args.n > 1", "--where=return < 30"})),
              ElementsAre("2<0 f"));
  EXPECT_THAT(Briefs(set, Filter({"--where=args.n > 1", "--depth=2"})),
              ElementsAre("2<0 f", "4<0 f"));
}

TEST_F(CallStreamTest, ReportsValuesThatAConditionCannotRead) {
  uint32_t f = builder_.AddFunction("f", {{"v", builder_.Vector(builder_.Int())}});
  builder_.Enter(main_, f, {Signed(-5)});  // a length, and nothing behind it
  builder_.Leave(main_);
  WorkspaceSet set = SetOf(builder_);
  CallFilter filter = Filter({"--where=size(args.v) > 0"});
  CallStream stream(set, filter, {});
  EXPECT_FALSE(stream.Next());
  EXPECT_THAT(stream.status().message(), HasSubstr("test.omni: offset "));
  EXPECT_THAT(stream.status().message(), HasSubstr("argument v of f"));
}

TEST_F(CallStreamTest, NumbersFromWhereTheRecordingBegins) {
  uint32_t f = Function("f");
  for (int block = 0; block < 3; ++block) {
    builder_.Enter(main_, f);
    builder_.Leave(main_);
    builder_.SplitBlock(main_);
  }
  WorkspaceSet set = SetOf(builder_);
  EXPECT_THAT(Briefs(set, {}, {.order = CallStream::Order::kThread}),
              ElementsAre("1<0 f", "2<0 f", "3<0 f"));
}

TEST_F(CallStreamTest, DeliversWhatIsGoodAroundADamagedBlock) {
  uint32_t f = Function("f"), g = Function("g");
  builder_.Enter(main_, f);
  builder_.SplitBlock(main_);
  builder_.Enter(main_, g);
  builder_.Leave(main_);
  builder_.Leave(main_);
  builder_.SplitBlock(main_);
  builder_.Enter(main_, g);
  builder_.Leave(main_);
  std::string bytes = builder_.Build();
  // The second block of calls follows the metadata and the first one.
  std::unique_ptr<workspace::Reader> whole = builder_.Open();
  bytes[whole->blocks(main_)[1].offset + sizeof(BlockHeader)] ^= 1;
  std::vector<std::unique_ptr<workspace::Reader>> readers;
  readers.push_back(
      workspace::Reader::Open(workspace::MemorySource(bytes, "damaged.omni")).value());
  WorkspaceSet set = SetOf(std::move(readers));
  CallFilter filter;
  CallStream stream(set, filter, {});
  std::vector<std::string> names;
  std::vector<Outcome> outcomes;
  while (stream.Next()) {
    names.push_back(stream.call().function->name);
    outcomes.push_back(stream.call().outcome);
    EXPECT_EQ(stream.call().parent, 0u);
  }
  EXPECT_THAT(names, ElementsAre("f", "g"));
  EXPECT_THAT(outcomes, ElementsAre(Outcome::kUnwound, Outcome::kReturned));
  EXPECT_THAT(stream.status(), Not(IsOk()));
  EXPECT_THAT(stream.status().message(), HasSubstr("damaged.omni: offset"));
}

// Random programs, and what the stream must say of them.
struct Expected {
  uint64_t id = 0, parent = 0, start = 0, end = 0, children = 0;
  uint32_t depth = 0, thread = 0;
  Outcome outcome = Outcome::kOpen;
  int64_t number = 0, result = 0;
};

class RandomProgram {
 public:
  RandomProgram(uint32_t seed, int steps) : random_(seed) {
    function_ = builder_.AddFunction("f", {{"n", builder_.Long()}}, builder_.Long());
    for (int i = 0; i < 3; ++i) threads_[builder_.AddThread(absl::StrCat("t", i))];
    for (int i = 0; i < steps; ++i) Step();
    if (seed % 2 == 0) builder_.Kill();
  }

  const WorkspaceBuilder& builder() const { return builder_; }
  const std::vector<Expected>& calls() const { return calls_; }

 private:
  uint32_t Below(uint32_t limit) { return static_cast<uint32_t>(random_() % limit); }

  void Step() {
    uint32_t thread = 1 + Below(3);
    std::vector<size_t>& open = threads_[thread];
    uint32_t choice = Below(100);
    if (choice < 7) {
      builder_.SplitBlock(thread);
    } else if (choice < 9 && open.size() > 2) {
      uint32_t left = Below(static_cast<uint32_t>(open.size()));
      End(open, left, Outcome::kUnwound, 0);
      builder_.Unwound(thread, left);
    } else if (choice < 56 || open.empty()) {
      Enter(thread, open);
    } else if (choice < 60) {
      End(open, open.size() - 1, Outcome::kThrew, 0);
      builder_.Throw(thread, "i", "what");
    } else {
      int64_t result = static_cast<int64_t>(random_());
      End(open, open.size() - 1, Outcome::kReturned, result);
      builder_.Leave(thread, Signed(result));
    }
  }

  void Enter(uint32_t thread, std::vector<size_t>& open) {
    Expected call;
    call.id = calls_.size() + 1;
    call.start = builder_.now();
    call.thread = thread;
    call.depth = static_cast<uint32_t>(open.size());
    call.number = static_cast<int64_t>(random_());
    if (!open.empty()) {
      call.parent = calls_[open.back()].id;
      ++calls_[open.back()].children;
    }
    open.push_back(calls_.size());
    calls_.push_back(call);
    builder_.Enter(thread, function_, {Signed(call.number)});
  }

  void End(std::vector<size_t>& open, size_t left, Outcome outcome, int64_t result) {
    for (; open.size() > left; open.pop_back()) {
      Expected& call = calls_[open.back()];
      call.end = builder_.now();
      call.outcome = outcome;
      call.result = result;
    }
  }

  std::mt19937_64 random_;
  WorkspaceBuilder builder_;
  uint32_t function_;
  std::map<uint32_t, std::vector<size_t>> threads_;
  std::vector<Expected> calls_;
};

class RandomProgramTest : public ::testing::TestWithParam<uint32_t> {};

void ExpectSame(const Call& call, const Expected& expected) {
  EXPECT_EQ(call.parent, expected.parent);
  EXPECT_EQ(call.start, expected.start);
  EXPECT_EQ(call.depth, expected.depth);
  EXPECT_EQ(call.thread->index, expected.thread);
  EXPECT_EQ(call.children, expected.children);
  ASSERT_EQ(call.outcome, expected.outcome);
  EXPECT_EQ(ArgumentsOf(call)->at(0).value.as_signed(), expected.number);
  if (expected.outcome != Outcome::kOpen) {
    EXPECT_EQ(call.end, expected.end);
  }
  if (expected.outcome == Outcome::kReturned) {
    EXPECT_EQ(ResultOf(call)->as_signed(), expected.result);
  }
  if (expected.outcome == Outcome::kThrew) {
    EXPECT_EQ(call.thrown_what, "what");
  }
}

TEST_P(RandomProgramTest, EveryCallIsAsItWasMade) {
  RandomProgram program(GetParam(), 2000);
  WorkspaceSet set = SetOf(program.builder());
  CallFilter filter;
  CallStream stream(set, filter, {.count_children = true});
  for (const Expected& expected : program.calls()) {
    SCOPED_TRACE(expected.id);
    ASSERT_TRUE(stream.Next());
    ASSERT_EQ(stream.call().id, expected.id);
    ExpectSame(stream.call(), expected);
  }
  EXPECT_FALSE(stream.Next());
  EXPECT_THAT(stream.status(), IsOk());
}

TEST_P(RandomProgramTest, DeepBlocksCanBeSkipped) {
  RandomProgram program(GetParam(), 2000);
  WorkspaceSet set = SetOf(program.builder());
  CallFilter filter;
  filter.LimitDepth(2);
  CallStream stream(set, filter, {.order = CallStream::Order::kThread, .count_children = true});
  for (uint32_t thread = 1; thread <= 3; ++thread) {
    for (const Expected& expected : program.calls()) {
      if (expected.thread != thread || expected.depth >= 2) continue;
      SCOPED_TRACE(expected.id);
      ASSERT_TRUE(stream.Next());
      EXPECT_EQ(stream.call().start, expected.start);
      EXPECT_EQ(stream.call().outcome, expected.outcome);
      EXPECT_EQ(stream.call().children, expected.depth == 1 ? 0 : expected.children);
    }
  }
  EXPECT_FALSE(stream.Next());
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomProgramTest, ::testing::Range(1u, 13u));

TEST_F(CallStreamTest, AFileOfManyBlocksIsReadInOnePass) {
  uint32_t f = builder_.AddFunction("f", {{"n", builder_.Int()}});
  constexpr uint64_t kCalls = 200'000;
  builder_.Enter(main_, f, {Signed(0)});
  for (uint64_t i = 1; i < kCalls; ++i) {
    builder_.Enter(main_, f, {Signed(static_cast<int64_t>(i))});
    builder_.Leave(main_);
  }
  builder_.Leave(main_);
  WorkspaceSet set = SetOf(builder_);
  ASSERT_GT(set.files()[0].reader->info().blocks, 10u);
  CallFilter filter;
  CallStream stream(set, filter, {});
  uint64_t calls = 0;
  for (; stream.Next(); ++calls) {
    ASSERT_EQ(stream.call().id, calls + 1);
    ASSERT_EQ(stream.call().parent, calls == 0 ? 0u : 1u);
    ASSERT_EQ(stream.call().outcome, Outcome::kReturned);
  }
  EXPECT_EQ(calls, kCalls);
  EXPECT_EQ(stream.blocks_read(), stream.blocks());
}

}  // namespace
}  // namespace omnitrace::tools
