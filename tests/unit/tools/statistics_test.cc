#include "tools/model/statistics.h"

#include <memory>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::tools {
namespace {

using omnitrace::testing::Signed;
using omnitrace::testing::WorkspaceBuilder;

class StatisticsTest : public ::testing::Test {
 protected:
  void Enter(uint32_t function, uint64_t at) {
    builder_.At(at);
    builder_.Enter(main_, function);
  }
  void Leave(uint64_t at) {
    builder_.At(at);
    builder_.Leave(main_);
  }

  std::vector<FunctionStatistics> Count(std::vector<std::string> arguments = {}, size_t threads = 0,
                                        bool damaged = false) {
    std::vector<std::unique_ptr<workspace::Reader>> readers;
    readers.push_back(builder_.Open());
    sets_.push_back(
        std::make_unique<WorkspaceSet>(WorkspaceSet::FromReaders(std::move(readers)).value()));
    static const Usage kUsage = {"", "", {kFilterGroup}};
    CallFilter filter(ParseCommandLine(kUsage, arguments).value());
    Statistics statistics(*sets_.back(), filter, {}, threads);
    EXPECT_EQ(statistics.status().ok(), !damaged) << statistics.status();
    return statistics.functions();
  }

  WorkspaceBuilder builder_;
  const uint32_t main_ = builder_.AddThread("main");
  const uint32_t f_ = builder_.AddFunction("f");
  const uint32_t g_ = builder_.AddFunction("g");
  std::vector<std::unique_ptr<WorkspaceSet>> sets_;  // hold the functions of rows
};

TEST_F(StatisticsTest, SplitsTotalAndSelf) {
  Enter(f_, 100);
  Enter(g_, 200);
  builder_.SplitBlock(main_);
  Leave(500);
  Enter(g_, 600);
  Leave(700);
  Leave(1100);
  std::vector<FunctionStatistics> rows = Count();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].function->name, "f");
  EXPECT_EQ(rows[0].calls, 1u);
  EXPECT_EQ(rows[0].total, 1000u);
  EXPECT_EQ(rows[0].self, 600u);
  EXPECT_EQ(rows[1].calls, 2u);
  EXPECT_EQ(rows[1].total, 400u);
  EXPECT_EQ(rows[1].self, 400u);
  EXPECT_EQ(rows[1].durations.min(), 100u);
  EXPECT_EQ(rows[1].durations.max(), 300u);
}

TEST_F(StatisticsTest, RecursionIsNotCountedTwice) {
  Enter(f_, 0);
  Enter(f_, 100);
  Enter(f_, 200);
  for (uint64_t at : {300, 400, 500}) Leave(at);
  std::vector<FunctionStatistics> rows = Count();
  EXPECT_EQ(rows[0].calls, 3u);
  EXPECT_EQ(rows[0].total, 500u);
  EXPECT_EQ(rows[0].self, 500u);
}

TEST_F(StatisticsTest, ExceptionsAndOpenCalls) {
  Enter(f_, 100);
  Enter(g_, 200);
  builder_.Throw(main_, "i", "");
  Enter(g_, 300);
  builder_.Kill();
  std::vector<FunctionStatistics> rows = Count();
  EXPECT_EQ(rows[0].open, 1u);
  EXPECT_EQ(rows[1].calls, 2u);
  EXPECT_EQ(rows[1].exceptions, 1u);
  EXPECT_EQ(rows[1].open, 1u);
}

// Static functions and those of unnamed namespaces, such as a test framework makes by the dozen.
TEST_F(StatisticsTest, FunctionsOfOneFileAloneAreNotThoseOfAnother) {
  for (std::string file : {"a.cc", "b.cc"}) {
    for (uint32_t flags : {0u, static_cast<uint32_t>(kFunctionInternal)}) {
      workspace::Function function;
      function.name = function.signature = flags ? "(anonymous namespace)::test" : "shared";
      function.file = file;
      function.flags = flags;
      uint32_t id = builder_.AddFunction(function);
      Enter(id, 100 * id);
      Leave(100 * id + 50);
    }
  }
  std::vector<FunctionStatistics> rows = Count();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].function->name, "shared");
  EXPECT_EQ(rows[0].calls, 2u);
  EXPECT_EQ(rows[1].function->file, "a.cc");
  EXPECT_EQ(rows[1].calls, 1u);
  EXPECT_EQ(rows[2].function->file, "b.cc");
}

// Only the end of the outer call tells whether it is counted, but the inner ones end before.
TEST_F(StatisticsTest, ConditionsChooseAmongRecursiveCalls) {
  uint32_t h = builder_.AddFunction("h", {{"n", builder_.Int()}}, builder_.Int());
  for (int n : {1, 2, 3}) {
    builder_.At(100 * n);
    builder_.Enter(main_, h, {Signed(n)});
    if (n == 2) builder_.SplitBlock(main_);
  }
  for (int n : {3, 2, 1}) {
    builder_.At(1000 - 100 * n);
    builder_.Leave(main_, Signed(-n));
  }
  std::vector<FunctionStatistics> inner = Count({"--where=return < -1"});
  ASSERT_EQ(inner.size(), 1u);
  EXPECT_EQ(inner[0].calls, 2u);
  EXPECT_EQ(inner[0].total, 600u);
  EXPECT_EQ(inner[0].self, 600u);
  std::vector<FunctionStatistics> ends = Count({"--where=args.n != 2"});
  EXPECT_EQ(ends[0].calls, 2u);
  EXPECT_EQ(ends[0].total, 800u);
  EXPECT_EQ(ends[0].durations.min(), 400u);
  EXPECT_EQ(Count({"--where=args.n == 2", "--min-duration=601"})[0].calls, 0u);
  EXPECT_EQ(Count({"--where=args.n > 5"})[0].calls, 0u);
}

TEST_F(StatisticsTest, HiddenCallsTimeIsTheirCallersOwn) {
  uint32_t h = builder_.AddFunction("h");
  Enter(f_, 0);
  Enter(g_, 100);
  Enter(h, 200);
  Leave(300);
  Leave(400);
  Leave(500);
  std::vector<FunctionStatistics> rows = Count({"--hide=g"});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].self, 400u);
  EXPECT_EQ(rows[1].function->name, "h");
  EXPECT_EQ(rows[1].self, 100u);
  EXPECT_EQ(Count({"--min-duration=200"})[2].calls, 0u);
}

// Recursion, exceptions and vanished calls in many blocks, over whose ends calls stay open.
class StatisticsOfRanges : public StatisticsTest {
 protected:
  void Record(int blocks, int damaged_block) {
    for (int block = 0; block < blocks; ++block) {
      for (int i = 0; i < 5 + block % 3; ++i) builder_.Enter(main_, i % 2 == 0 ? f_ : g_);
      if (block % 4 == 1) builder_.Throw(main_, "E", "what");
      if (block == damaged_block) builder_.RawRecord(main_, "\x03\x03");
      builder_.SplitBlock(main_);
      for (int i = 0; i < 2 + block % 3; ++i) builder_.Leave(main_);
      if (block % 17 == 3) builder_.Unwound(main_, 2);
    }
  }
  // One pass over everything is what conditions on values need.
  void ExpectRangesCountAsOnePass(std::vector<std::string> arguments, bool damaged) {
    std::vector<std::string> one_pass = arguments;
    one_pass.push_back("--where=duration >= 0");
    std::vector<FunctionStatistics> expected = Count(one_pass, 1, damaged);
    for (size_t threads : {1, 2, 5}) {
      std::vector<FunctionStatistics> rows = Count(arguments, threads, damaged);
      ASSERT_EQ(rows.size(), expected.size());
      for (size_t i = 0; i < rows.size(); ++i) ExpectSame(rows[i], expected[i]);
    }
  }
  static void ExpectSame(const FunctionStatistics& row, const FunctionStatistics& expected) {
    EXPECT_EQ(row.function->name, expected.function->name);
    EXPECT_EQ(row.calls, expected.calls);
    EXPECT_EQ(row.exceptions, expected.exceptions);
    EXPECT_EQ(row.open, expected.open);
    EXPECT_EQ(row.total, expected.total);
    EXPECT_EQ(row.self, expected.self);
    EXPECT_EQ(row.durations.min(), expected.durations.min());
    EXPECT_EQ(row.durations.max(), expected.durations.max());
    EXPECT_EQ(row.durations.Quantile(0.5), expected.durations.Quantile(0.5));
  }
};

TEST_F(StatisticsOfRanges, CountAsOnePass) {
  Record(100, -1);
  ExpectRangesCountAsOnePass({}, false);
  ExpectRangesCountAsOnePass({"--hide=g"}, false);
  ExpectRangesCountAsOnePass({"--depth=4", "--min-duration=100ns"}, false);
}

TEST_F(StatisticsOfRanges, CountAsOnePassWhatDamageLeaves) {
  Record(100, 42);
  ExpectRangesCountAsOnePass({}, true);
}

}  // namespace
}  // namespace omnitrace::tools
