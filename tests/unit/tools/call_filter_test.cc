#include "tools/model/call_filter.h"

#include "gtest/gtest.h"
#include "runtime/workspace/format.h"

namespace omnitrace::tools {
namespace {

CallFilter Filter(std::vector<std::string> arguments) {
  static const Usage kUsage = {"", "", {kFilterGroup}};
  return CallFilter(ParseCommandLine(kUsage, arguments).value());
}

workspace::Function Function(std::string name, uint32_t flags = 0) {
  workspace::Function function;
  function.name = std::move(name);
  function.flags = flags;
  return function;
}

TEST(CallFilterTest, ShowsEverythingByItself) {
  for (const CallFilter& filter : {CallFilter(), Filter({})}) {
    EXPECT_TRUE(filter.ShowsFunction(Function("foo::f", kFunctionTrivial)));
    EXPECT_TRUE(filter.ShowsThread({3, 33, "worker"}));
    EXPECT_TRUE(filter.ShowsCall(1 << 20, 0, 0));
    EXPECT_FALSE(filter.hides_callers());
  }
}

TEST(CallFilterTest, ConditionsOnFunctionsAllHold) {
  CallFilter filter = Filter({"--ns=foo,bar", "--name=*get*", "--hide=foo::Bad"});
  EXPECT_TRUE(filter.ShowsFunction(Function("foo::get")));
  EXPECT_TRUE(filter.ShowsFunction(Function("bar::in::get_all")));
  EXPECT_FALSE(filter.ShowsFunction(Function("foo::set")));
  EXPECT_FALSE(filter.ShowsFunction(Function("food::get")));
  EXPECT_FALSE(filter.ShowsFunction(Function("foo::Bad::get")));
  EXPECT_TRUE(filter.hides_callers());
}

TEST(CallFilterTest, FoldsTrivialFunctions) {
  CallFilter filter = Filter({"--fold-trivial"});
  EXPECT_FALSE(filter.ShowsFunction(Function("foo::set", kFunctionTrivial)));
  EXPECT_TRUE(filter.ShowsFunction(Function("foo::set")));
}

TEST(CallFilterTest, ThreadsAreNumbersOrNames) {
  CallFilter filter = Filter({"--thread=2,pool*"});
  EXPECT_TRUE(filter.ShowsThread({2, 10, "main"}));
  EXPECT_TRUE(filter.ShowsThread({7, 11, "pool-1"}));
  EXPECT_FALSE(filter.ShowsThread({22, 12, "main"}));
}

TEST(CallFilterTest, TimesAreThoseOfCallsThatReachIntoThem) {
  CallFilter filter = Filter({"--since=1us", "--until=2us", "--min-duration=100", "--depth=2"});
  EXPECT_TRUE(filter.ShowsCall(1, 500, 1000));
  EXPECT_TRUE(filter.ShowsCall(0, 1999, 9000));
  EXPECT_FALSE(filter.ShowsCall(0, 500, 999));    // ends before
  EXPECT_FALSE(filter.ShowsCall(0, 2000, 9000));  // starts after
  EXPECT_FALSE(filter.ShowsCall(0, 1500, 1599));  // too short
  EXPECT_FALSE(filter.ShowsCall(2, 1500, 1700));  // too deep
}

TEST(CallFilterTest, ConditionsMayHideCallersOfShownCalls) {
  EXPECT_FALSE(Filter({"--depth=3"}).has_conditions());
  CallFilter filter = Filter({"--where=depth == 2", "--where=thread == 'a'"});
  EXPECT_TRUE(filter.has_conditions());
  EXPECT_TRUE(filter.hides_callers());
  EXPECT_FALSE(filter.shows_everything());
  workspace::Thread thread{1, 11, "a"};
  where::Subject call;
  call.thread = &thread;
  call.depth = 2;
  absl::Status damage;
  EXPECT_TRUE(filter.ShowsValues(call, &damage));
  thread.name = "b";
  EXPECT_FALSE(filter.ShowsValues(call, &damage));
}

}  // namespace
}  // namespace omnitrace::tools
