// From workspaces to boxes, through the real reader.
#include "tools/flamegraph/flamegraph.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tests/unit/flamegraph/boxes.h"

namespace omnitrace::flamegraph {
namespace {

using ::omnitrace::testing::Encoded;
using ::omnitrace::testing::IsOk;
using ::omnitrace::testing::Joined;
using ::omnitrace::testing::Record;
using ::omnitrace::testing::Signed;
using ::omnitrace::testing::Text;
using ::omnitrace::testing::Varint;
using ::omnitrace::testing::WorkspaceBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

Flamegraph Make(const WorkspaceBuilder& builder, const Request& request = {}) {
  std::vector<std::unique_ptr<workspace::Reader>> readers;
  readers.push_back(builder.Open());
  absl::StatusOr<tools::WorkspaceSet> set = tools::WorkspaceSet::FromReaders(std::move(readers));
  EXPECT_THAT(set, IsOk());
  absl::Status damage;
  Flamegraph graph = MakeFlamegraph(*set, request, damage);
  EXPECT_THAT(damage, IsOk());
  EXPECT_EQ(graph.details.size(), graph.boxes.size());
  return graph;
}

tools::CallFilter Filter(const std::vector<std::string>& arguments) {
  tools::Usage usage = {"[FILE...]", "", {tools::kFilterGroup}};
  absl::StatusOr<tools::CommandLine> line = tools::ParseCommandLine(usage, arguments);
  EXPECT_THAT(line, IsOk());
  return tools::CallFilter(*line);
}

std::vector<std::string> Names(const Flamegraph& graph) {
  std::vector<std::string> names;
  for (const Box& box : graph.boxes) {
    names.push_back(std::string(2 * box.depth, ' ') + graph.functions[box.function].name);
  }
  return names;
}

TEST(Flamegraph, StableDoesNotDependOnTimes) {
  auto run = [](uint64_t step) {
    WorkspaceBuilder builder;
    uint32_t outer = builder.AddFunction("foo::outer", {}, builder.Int());
    uint32_t inner = builder.AddFunction("foo::inner");
    uint32_t thread = builder.AddThread("main");
    builder.At(step);
    builder.Enter(thread, outer);
    for (int i = 1; i <= 2; ++i) {
      builder.At(builder.now() + i * step);
      builder.Enter(thread, inner);
      builder.At(builder.now() + 7 * step);
      builder.Leave(thread);
    }
    builder.Leave(thread, Signed(1));
    Request request;
    request.stable = true;
    return Make(builder, request);
  };
  Flamegraph slow = run(1000), fast = run(3);
  ASSERT_THAT(slow.boxes, SizeIs(3));
  for (size_t i = 0; i < slow.boxes.size(); ++i) {
    EXPECT_EQ(slow.boxes[i].start, fast.boxes[i].start);
    EXPECT_EQ(slow.boxes[i].end, fast.boxes[i].end);
  }
  EXPECT_EQ(slow.boxes[0].width(), 5u);  // from the first of six events to the last
  EXPECT_EQ(slow.subtitle, fast.subtitle);
  EXPECT_THAT(slow.subtitle, HasSubstr("one event is 1 ns"));
}

TEST(Flamegraph, ASleepingCallIsWiderThanAThousandShortOnes) {
  WorkspaceBuilder builder;
  uint32_t sleep = builder.AddFunction("foo::sleep");
  uint32_t work = builder.AddFunction("foo::work");
  uint32_t thread = builder.AddThread("main");
  builder.At(1000);
  builder.Enter(thread, sleep);
  builder.At(1000000);
  builder.Leave(thread);
  for (int i = 0; i < 1000; ++i) {
    builder.Enter(thread, work);
    builder.Leave(thread);
  }
  Flamegraph graph = Make(builder);
  ASSERT_THAT(graph.boxes, SizeIs(1001));
  uint64_t short_ones = 0;
  for (size_t i = 1; i < graph.boxes.size(); ++i) short_ones += graph.boxes[i].width();
  EXPECT_GT(graph.boxes[0].width(), short_ones);
}

TEST(Flamegraph, TwoThreadsAreTwoLanes) {
  WorkspaceBuilder builder;
  uint32_t run = builder.AddFunction("foo::run");
  uint32_t one = builder.AddThread("one"), two = builder.AddThread("two");
  builder.AddThread("idle");
  builder.Enter(one, run);
  builder.Enter(two, run);
  builder.Leave(one);
  builder.Leave(two);
  Flamegraph graph = Make(builder);
  ASSERT_THAT(graph.lanes, SizeIs(2));
  EXPECT_THAT(graph.lanes[0].name, HasSubstr("one"));
  EXPECT_THAT(graph.lanes[1].name, HasSubstr("two"));
  ASSERT_THAT(graph.boxes, SizeIs(2));
  EXPECT_EQ(graph.boxes[1].lane, 1u);
  EXPECT_LT(graph.boxes[1].start, graph.boxes[0].end);
}

TEST(Flamegraph, OpenCallsRunToTheEnd) {
  WorkspaceBuilder builder;
  uint32_t run = builder.AddFunction("foo::run");
  uint32_t one = builder.AddThread("one"), two = builder.AddThread("two");
  builder.Enter(one, run);
  builder.Enter(one, run);
  builder.At(5000);
  builder.Enter(two, run);
  builder.Leave(two);
  builder.Kill();
  Flamegraph graph = Make(builder);
  ASSERT_THAT(graph.boxes, SizeIs(3));
  EXPECT_EQ(graph.boxes[0].outcome, Outcome::kOpen);
  EXPECT_EQ(graph.boxes[1].outcome, Outcome::kOpen);
  EXPECT_EQ(graph.boxes[1].end, graph.end);
  EXPECT_GE(graph.boxes[1].end, 5000u);
  EXPECT_EQ(graph.boxes[2].outcome, Outcome::kReturned);
}

TEST(Flamegraph, SaysWhatACallWasGivenAndGave) {
  WorkspaceBuilder builder;
  uint32_t add =
      builder.AddFunction("foo::add", {{"a", builder.Int()}, {"b", builder.Int()}}, builder.Int());
  uint32_t fail = builder.AddFunction("foo::fail");
  uint32_t thread = builder.AddThread("main");
  builder.Enter(thread, fail);
  builder.SplitBlock(thread);
  builder.Enter(thread, add, {Signed(1), Signed(-2)});
  builder.Leave(thread, Signed(-1));
  builder.SplitBlock(thread);
  builder.Throw(thread, "St13runtime_error", "no change left");
  Flamegraph graph = Make(builder);
  ASSERT_THAT(Names(graph), ElementsAre("foo::fail", "  foo::add"));
  EXPECT_EQ(graph.boxes[0].outcome, Outcome::kThrew);
  EXPECT_EQ(graph.details[0].arguments, "");
  EXPECT_EQ(graph.details[0].result, "std::runtime_error(\"no change left\")");
  EXPECT_EQ(graph.details[1].arguments, "a = 1\nb = -2");
  EXPECT_EQ(graph.details[1].result, "-1");
}

// A function of one mutable `int`.
uint32_t AddCounter(WorkspaceBuilder& builder, const char* name) {
  workspace::Function counter;
  counter.name = counter.signature = name;
  counter.flags = kFunctionSizedArguments;
  counter.parameters.push_back({"n", builder.Reference(builder.Int()), kParameterMutable});
  return builder.AddFunction(counter);
}

void Other(WorkspaceBuilder& builder, uint32_t thread, OtherRecord kind, uint64_t id,
           const Encoded& value) {
  builder.Other(thread, static_cast<uint64_t>(kind), Joined({Varint(id), value}).bytes);
}

TEST(Flamegraph, SaysWhatACallChanged) {
  WorkspaceBuilder builder;
  uint32_t far = AddCounter(builder, "foo::far"), near = AddCounter(builder, "foo::near");
  uint32_t thread = builder.AddThread("main");
  builder.Enter(thread, far, {Signed(1)});
  builder.SplitBlock(thread);
  for (int after : {5, 2}) {
    builder.Enter(thread, near, {Signed(2)});
    Other(builder, thread, OtherRecord::kChanged, near, Signed(after));
    builder.Leave(thread);
  }
  builder.Enter(thread, near, {Signed(3)});
  builder.Leave(thread);
  builder.SplitBlock(thread);
  Other(builder, thread, OtherRecord::kChanged, far, Signed(7));
  builder.Throw(thread, "i", "");
  Flamegraph graph = Make(builder);
  ASSERT_THAT(graph.details, SizeIs(4));
  EXPECT_EQ(graph.details[0].arguments, "n = 1");
  EXPECT_EQ(graph.details[0].result, "int");
  EXPECT_EQ(graph.details[0].changed, "n = 7");
  EXPECT_EQ(graph.details[1].changed, "n = 5");
  EXPECT_EQ(graph.details[2].changed, "");  // looked at again, and the same
  EXPECT_EQ(graph.details[3].changed, "");
}

TEST(Flamegraph, SaysWhatWasThrownByItsFields) {
  WorkspaceBuilder builder;
  uint32_t refused = builder.Struct("shop::Refused", {{"missing", builder.Int()}});
  uint32_t wordy = builder.Struct("shop::Wordy", {{"text", builder.String()}});
  uint32_t pay = builder.AddFunction("shop::pay");
  uint32_t thread = builder.AddThread("main");
  for (const char* what : {"no money", ""}) {
    builder.Enter(thread, pay);
    Other(builder, thread, OtherRecord::kThrown, refused, Record({Signed(2)}));
    builder.Throw(thread, "N4shop7RefusedE", what);
  }
  builder.Enter(thread, pay);
  Other(builder, thread, OtherRecord::kThrown, wordy, Record({Text(std::string(1000, 'x'))}));
  builder.Throw(thread, "N4shop5WordyE", "");
  builder.Enter(thread, pay);
  Other(builder, thread, OtherRecord::kThrown, 99, Signed(1));
  builder.Throw(thread, "N4shop7RefusedE", "");
  Flamegraph graph = Make(builder);
  ASSERT_THAT(graph.details, SizeIs(4));
  EXPECT_EQ(graph.details[0].result, "shop::Refused(\"no money\") {missing: 2}");
  EXPECT_EQ(graph.details[1].result, "shop::Refused{missing: 2}");
  EXPECT_THAT(graph.details[2].result, HasSubstr("shop::Wordy{text: \"xxx"));
  EXPECT_THAT(graph.details[2].result, SizeIs(Le(400u)));
  EXPECT_EQ(graph.details[3].result, "shop::Refused cannot be read: the record is damaged");
}

TEST(Flamegraph, LongjmpLeavesWithoutAReturn) {
  WorkspaceBuilder builder;
  uint32_t outer = builder.AddFunction("foo::outer"), inner = builder.AddFunction("foo::inner");
  uint32_t thread = builder.AddThread("main");
  builder.Enter(thread, outer);
  builder.Enter(thread, inner);
  builder.Enter(thread, inner);
  builder.Unwound(thread, 1);
  builder.Leave(thread);
  Flamegraph graph = Make(builder);
  ASSERT_THAT(Names(graph), ElementsAre("foo::outer", "  foo::inner", "    foo::inner"));
  EXPECT_EQ(graph.boxes[0].outcome, Outcome::kReturned);
  EXPECT_EQ(graph.boxes[1].outcome, Outcome::kVanished);
  EXPECT_EQ(graph.boxes[2].outcome, Outcome::kVanished);
}

// A loop of three calls inside each other, and the recursion of the last.
WorkspaceBuilder Nested() {
  WorkspaceBuilder builder;
  uint32_t loop = builder.AddFunction("foo::loop"), step = builder.AddFunction("foo::step");
  uint32_t down = builder.AddFunction("bar::down");
  uint32_t thread = builder.AddThread("main");
  builder.Enter(thread, loop);
  for (int i = 0; i < 300; ++i) {
    builder.Enter(thread, step);
    for (int level = 0; level < 1 + i % 7; ++level) builder.Enter(thread, down);
    builder.At(builder.now() + static_cast<uint64_t>(i) * 13 % 500);
    for (int level = 0; level < 1 + i % 7; ++level) builder.Leave(thread);
    builder.Leave(thread);
  }
  builder.Leave(thread);
  return builder;
}

class FlamegraphBudget : public ::testing::TestWithParam<size_t> {};

TEST_P(FlamegraphBudget, EveryCallIsCounted) {
  WorkspaceBuilder builder = Nested();
  for (bool merged : {false, true}) {
    Request request;
    request.max_boxes = GetParam();
    request.merged = merged;
    Flamegraph graph = Make(builder, request);
    EXPECT_THAT(graph.boxes, SizeIs(Le(GetParam())));
    EXPECT_EQ(CallsOf(graph.boxes), CallsOf(Make(builder).boxes));
    EXPECT_TRUE(IsNested(graph.boxes));
  }
}

INSTANTIATE_TEST_SUITE_P(Budgets, FlamegraphBudget, ::testing::Values(1, 10, 100, 1000));

TEST(Flamegraph, ABudgetBelowTheThreadsFoldsThem) {
  WorkspaceBuilder builder;
  uint32_t run = builder.AddFunction("foo::run");
  for (int i = 0; i < 6; ++i) {
    uint32_t thread = builder.AddThread("worker");
    for (int call = 0; call <= i; ++call) {
      builder.Enter(thread, run);
      builder.Leave(thread);
    }
  }
  Request request;
  request.max_boxes = 3;
  Flamegraph graph = Make(builder, request);
  ASSERT_THAT(graph.boxes, SizeIs(3));
  EXPECT_EQ(CallsOf(graph.boxes), 21u);
  ASSERT_THAT(graph.lanes, SizeIs(3));
  EXPECT_EQ(graph.lanes[2].name, "4 threads more");
  EXPECT_EQ(graph.boxes[2].calls, 10u);
}

TEST(Flamegraph, MergedHasOneBoxPerStack) {
  Request request;
  request.merged = true;
  Flamegraph graph = Make(Nested(), request);
  EXPECT_THAT(Names(graph),
              ElementsAre("foo::loop", "  foo::step", "    bar::down", "      bar::down",
                          "        bar::down", "          bar::down", "            bar::down",
                          "              bar::down", "                bar::down"));
  EXPECT_THAT(graph.lanes, SizeIs(1));
  EXPECT_EQ(graph.boxes[1].calls, 300u);
}

TEST(Flamegraph, FocusShowsOnlyWhatIsInside) {
  Request request;
  request.merged = true;
  request.focus = "foo::step";
  Flamegraph graph = Make(Nested(), request);
  EXPECT_EQ(Names(graph)[0], "foo::step");
  EXPECT_EQ(Names(graph)[1], "  bar::down");
  request.merged = false;
  request.focus = "nothing";
  EXPECT_THAT(Make(Nested(), request).boxes, IsEmpty());
}

TEST(Flamegraph, HiddenCallsLeaveTheirChildren) {
  Request request;
  request.merged = true;
  request.filter = Filter({"--hide=foo::step", "--depth=3"});
  EXPECT_THAT(Names(Make(Nested(), request)), ElementsAre("foo::loop", "  bar::down"));
}

TEST(Flamegraph, LeavesProbesOut) {
  WorkspaceBuilder builder;
  uint32_t loop = builder.AddFunction("foo::loop");
  workspace::Function described;
  described.name = "request:start";
  described.flags = kFunctionProbe;
  uint32_t probe = builder.AddFunction(described);
  uint32_t thread = builder.AddThread("main");
  builder.Enter(thread, loop);
  builder.Enter(thread, probe);
  builder.Leave(thread);
  builder.Leave(thread);
  for (bool merged : {false, true}) {
    Request request;
    request.merged = merged;
    EXPECT_THAT(Names(Make(builder, request)), ElementsAre("foo::loop"));
  }
}

TEST(Flamegraph, KnowsTheHottestFunctions) {
  WorkspaceBuilder builder;
  uint32_t outer = builder.AddFunction("foo::outer"), inner = builder.AddFunction("foo::inner");
  uint32_t thread = builder.AddThread("main");
  builder.At(1000);
  builder.Enter(thread, outer);
  for (uint64_t at : {1100, 2100}) {
    builder.At(at);
    builder.Enter(thread, inner);
    builder.At(at + 700);
    builder.Leave(thread);
  }
  builder.At(3000);
  builder.Leave(thread);
  Flamegraph graph = Make(builder);
  ASSERT_THAT(graph.hottest, SizeIs(2));
  EXPECT_EQ(graph.functions[graph.hottest[0].function].name, "foo::inner");
  EXPECT_EQ(graph.hottest[0].self, 1400u);
  EXPECT_EQ(graph.hottest[0].calls, 2u);
  EXPECT_EQ(graph.hottest[1].self, 600u);

  // A hidden call's time is its caller's.
  Request request;
  request.filter = Filter({"--hide=foo::inner"});
  EXPECT_EQ(Make(builder, request).hottest[0].self, 2000u);
}

TEST(Flamegraph, FiltersByTime) {
  WorkspaceBuilder builder;
  uint32_t slow = builder.AddFunction("foo::slow"), quick = builder.AddFunction("foo::quick");
  uint32_t thread = builder.AddThread("main");
  for (uint64_t at : {1000, 2000, 3000}) {
    builder.At(at);
    builder.Enter(thread, slow);
    builder.Enter(thread, quick);
    builder.Leave(thread);
    builder.At(at + 500);
    builder.Leave(thread);
  }
  Request request;
  request.filter = Filter({"--min-duration=100"});
  EXPECT_THAT(Names(Make(builder, request)), ElementsAre("foo::slow", "foo::slow", "foo::slow"));
  request.filter = Filter({"--since=1800", "--until=2600"});
  Flamegraph graph = Make(builder, request);
  EXPECT_THAT(Names(graph), ElementsAre("foo::slow", "  foo::quick"));
  EXPECT_EQ(graph.start, 2000u);
  EXPECT_THAT(graph.subtitle, HasSubstr("2 calls in 1 thread"));
}

TEST(Flamegraph, ConditionsOnValuesLiftCallees) {
  WorkspaceBuilder builder;
  uint32_t f = builder.AddFunction("foo::f", {{"n", builder.Int()}}, builder.Int());
  uint32_t thread = builder.AddThread("main");
  for (int n : {1, 2, 3}) {
    builder.Enter(thread, f, {Signed(n)});
    builder.SplitBlock(thread);
  }
  for (int n : {3, 2, 1}) builder.Leave(thread, Signed(-n));
  Request request;
  request.filter = Filter({"--where=return != -2"});
  EXPECT_THAT(Names(Make(builder, request)), ElementsAre("foo::f", "  foo::f"));
  request.filter = Filter({"--where=args.n == 3"});
  EXPECT_THAT(Names(Make(builder, request)), ElementsAre("foo::f"));
  request.merged = true;
  request.filter = Filter({"--where=args.n > 1", "--min-duration=25"});
  EXPECT_THAT(Names(Make(builder, request)), ElementsAre("foo::f"));
}

TEST(Flamegraph, OneThread) {
  WorkspaceBuilder builder;
  uint32_t run = builder.AddFunction("foo::run");
  for (const char* name : {"one", "two"}) {
    uint32_t thread = builder.AddThread(name);
    builder.Enter(thread, run);
    builder.Leave(thread);
  }
  Request request;
  request.filter = Filter({"--thread=2"});
  Flamegraph graph = Make(builder, request);
  ASSERT_THAT(graph.lanes, SizeIs(1));
  EXPECT_THAT(graph.lanes[0].name, HasSubstr("two"));
}

TEST(Flamegraph, ADamagedBlockLeavesTheRest) {
  WorkspaceBuilder builder;
  uint32_t run = builder.AddFunction("foo::run");
  uint32_t thread = builder.AddThread("main");
  for (int i = 0; i < 3; ++i) {
    builder.Enter(thread, run);
    builder.Leave(thread);
    builder.SplitBlock(thread);
  }
  std::string bytes = builder.Build();
  bytes[builder.Open()->blocks(thread)[1].offset + sizeof(BlockHeader)] ^= 0x7f;
  absl::StatusOr<std::unique_ptr<workspace::Reader>> reader =
      workspace::Reader::Open(workspace::MemorySource(bytes, "damaged.omni"));
  ASSERT_THAT(reader, IsOk());
  std::vector<std::unique_ptr<workspace::Reader>> readers;
  readers.push_back(*std::move(reader));
  absl::StatusOr<tools::WorkspaceSet> set = tools::WorkspaceSet::FromReaders(std::move(readers));
  ASSERT_THAT(set, IsOk());
  absl::Status damage;
  Flamegraph graph = MakeFlamegraph(*set, {}, damage);
  EXPECT_FALSE(damage.ok());
  EXPECT_THAT(graph.boxes, SizeIs(2));
}

TEST(Flamegraph, NoCallsAreNoBoxes) {
  WorkspaceBuilder builder;
  builder.AddThread("main");
  Flamegraph graph = Make(builder);
  EXPECT_THAT(graph.boxes, IsEmpty());
  EXPECT_THAT(graph.lanes, IsEmpty());
}

}  // namespace
}  // namespace omnitrace::flamegraph
