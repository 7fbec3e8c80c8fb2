// Calls, their nesting, and how they end.
#include <setjmp.h>

#include <stdexcept>
#include <thread>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(CallsTest, NestAndReturnValues) {
  TracedFunction outer("foo::outer", {ByValue("n", Int())}, Int());
  TracedFunction inner("foo::inner", {ByValue("a", Int()), ByValue("b", Long())}, Long());
  TracedFunction nothing("foo::nothing");
  TracedProcess process;
  ASSERT_EQ(process.Run([&] {
    Call a(outer, {Word(-3)});
    {
      Call b(inner, {Word(1), Word(int64_t{1} << 60)});
      b.Return(int64_t{-5});
    }
    Call(nothing, {});
    a.Return(42);
  }),
            0);
  EXPECT_THAT(process.events(),
              ElementsAre("1 enter 0 #0 foo::outer(n: -3)",
                          "1 enter 1 #1 foo::inner(a: 1, b: 1152921504606846976)",
                          "1 leave 1 foo::inner = -5", "1 enter 1 #2 foo::nothing()",
                          "1 leave 1 foo::nothing = void", "1 leave 0 foo::outer = 42"));
  EXPECT_EQ(process.error_output(), "");
}

// Eight words go the short way; a ninth, or a larger value, sends the call the careful one.
TEST(CallsTest, ManyArguments) {
  std::vector<Parameter> eight = {
      ByValue("a", Int()),    ByValue("b", Long()), ByValue("c", Bool()), ByValue("d", Char()),
      ByValue("e", Double()), ByValue("f", Int()),  ByValue("g", Int()),  ByValue("h", Int())};
  std::vector<Parameter> nine = eight;
  nine.push_back(ByValue("i", Long()));
  TracedFunction few("foo::few", eight, Bool());
  TracedFunction more("foo::more", nine, Double());
  TracedProcess process;
  ASSERT_EQ(process.Run([&] {
    Call a(few, {Word(-1), Word(INT64_MIN), Word(true), Word('x'), Word(0.5), Word(6), Word(7),
                 Word(INT32_MIN)});
    Call b(more, {Word(1), Word(INT64_MAX), Word(false), Word('y'), Word(1e300), Word(6), Word(7),
                  Word(8), Word(int64_t{-9})});
    b.Return(2.5);
    a.Return(true);
  }),
            0);
  EXPECT_THAT(
      process.events(),
      ElementsAre(
          "1 enter 0 #0 foo::few(a: -1, b: -9223372036854775808, c: true, d: char 120, e: 0.5, "
          "f: 6, g: 7, h: -2147483648)",
          "1 enter 1 #1 foo::more(a: 1, b: 9223372036854775807, c: false, d: char 121, "
          "e: 1e+300, f: 6, g: 7, h: 8, i: -9)",
          "1 leave 1 foo::more = 2.5", "1 leave 0 foo::few = true"));
}

TEST(CallsTest, FunctionsAreDescribed) {
  TracedFunction function("foo::f", {ByValue("n", Int())}, Int(), kFunctionLambda);
  TracedProcess process;
  process.Run([&] { CallTimes(function, 1); });
  auto reader = process.Open();
  ASSERT_THAT(reader->functions(), SizeIs(1));
  const workspace::Function& described = reader->functions()[0];
  EXPECT_EQ(described.file, "program.cc");
  EXPECT_EQ(described.line, 7u);
  EXPECT_EQ(described.last_line, 9u);
  EXPECT_EQ(described.flags, kFunctionLambda);
  EXPECT_EQ(reader->info().pid, static_cast<uint64_t>(process.pid()));
  EXPECT_EQ(reader->info().end, EndState::kExited);
  EXPECT_THAT(reader->info().program, EndsWith("recording_test"));
  EXPECT_EQ(reader->info().directory, process.directory());
  EXPECT_THAT(reader->info().build_id, SizeIs(40));
}

// Ends a call by `value`, as a clean-up would: the unwinder's header lies in front of the object
// (the Itanium C++ ABI).
template <typename Value>
void ThrowThrough(TracedFunction& function, const Value& value) {
  try {
    throw value;
  } catch (const Value& caught) {
    Call call(function);
    call.Throw(const_cast<char*>(reinterpret_cast<const char*>(&caught)) - 32);
  }
}

struct OwnError : std::runtime_error {
  using std::runtime_error::runtime_error;
  const char* what() const noexcept override { return "code of the program"; }
};
struct InheritedError : std::logic_error {
  using std::logic_error::logic_error;
};

TEST(CallsTest, ExceptionsHaveTypeAndStandardText) {
  TracedFunction function("foo::f");
  TracedProcess process;
  ASSERT_EQ(process.Run([&] {
    ThrowThrough(function, std::runtime_error("no coin"));
    ThrowThrough(function, InheritedError("inherited"));
    ThrowThrough(function, OwnError("hidden"));
    ThrowThrough(function, 7);
    ThrowThrough(function, std::bad_alloc());
    Call(function).Throw(nullptr);
  }),
            0);
  std::vector<std::string> thrown;
  for (const std::string& line : process.events()) {
    if (line.find("throw") != std::string::npos) thrown.push_back(line);
  }
  EXPECT_THAT(thrown,
              ElementsAre("1 throw 0 foo::f St13runtime_error: no coin",
                          EndsWith("InheritedErrorE: inherited"), EndsWith("OwnErrorE: "),
                          "1 throw 0 foo::f i: ", "1 throw 0 foo::f St9bad_alloc: std::bad_alloc",
                          "1 throw 0 foo::f : "));
}

TEST(CallsTest, LongjmpLeavesUnwoundCallsBehind) {
  TracedFunction outer("foo::outer");
  TracedFunction middle("foo::middle");
  TracedFunction inner("foo::inner");
  TracedProcess process;
  process.Run([&] {
    Call a(outer);
    Call b(middle);
    Call c(inner);
    b.Vanish();
    c.Vanish();
    a.Return();
    Call(inner).Return();
  });
  EXPECT_THAT(process.events(),
              ElementsAre("1 enter 0 #0 foo::outer()", "1 enter 1 #1 foo::middle()",
                          "1 enter 2 #2 foo::inner()", "1 unwound 1", "1 leave 0 foo::outer = void",
                          "1 enter 0 #3 foo::inner()", "1 leave 0 foo::inner = void"));
}

TEST(CallsTest, ManyBlocksKeepNestingAndOrder) {
  constexpr int kCalls = 40'000;
  TracedFunction outer("foo::outer", {ByValue("n", Int())}, Int());
  TracedFunction inner("foo::inner", {ByValue("n", Int())}, Int());
  TracedProcess process;
  ASSERT_EQ(process.Run([&] {
    Call a(outer, {Word(1)});
    Call b(outer, {Word(2)});
    CallTimes(inner, kCalls);
    b.Return(20);
    CallTimes(inner, kCalls);
    a.Return(10);
  }),
            0);
  std::vector<std::string> events = process.events();
  ASSERT_THAT(events, SizeIs(2 * (2 * kCalls + 2)));
  EXPECT_EQ(events[2 + 2 * kCalls], "1 leave 1 foo::outer = 20");
  EXPECT_EQ(events[2 + 2 * kCalls - 1], "1 leave 2 foo::inner = 39999");
  EXPECT_EQ(events.back(), "1 leave 0 foo::outer = 10");
  auto reader = process.Open();
  EXPECT_GT(reader->blocks(1).size(), 5u);
  EXPECT_EQ(reader->blocks(1).back().least_depth, 0u);
  EXPECT_EQ(reader->blocks(1)[1].least_depth, 2u);
}

TEST(CallsTest, TimesNeverDecreaseAndCoverASleep) {
  TracedFunction function("foo::sleeper");
  for (const char* clock : {"tsc", "monotonic"}) {
    TracedProcess process;
    process.Set("OMNITRACE_CLOCK", clock);
    process.Run([&] {
      Call call(function);
      Spend(std::chrono::milliseconds(20));
    });
    auto reader = process.Open();
    workspace::EventCursor cursor(*reader, 1);
    ASSERT_TRUE(cursor.Next());
    uint64_t start = cursor.event().time;
    ASSERT_TRUE(cursor.Next());
    uint64_t elapsed = cursor.event().time - start;
    EXPECT_GE(elapsed, 19'900'000u) << clock;
    EXPECT_LT(elapsed, 2'000'000'000u) << clock;
    EXPECT_EQ(reader->info().clock == ClockKind::kMonotonic, std::string(clock) == "monotonic");
  }
}

// A stamp that is put in front of values when they stand has room for 0.1 to 0.3 s.
TEST(CallsTest, ALongPauseMovesTheValuesBehindIt) {
  TracedFunction function("foo::f", {ByValue("n", Int()), InMemory("s", StringType())});
  for (const char* clock : {"tsc", "monotonic"}) {
    TracedProcess process;
    process.Set("OMNITRACE_CLOCK", clock);
    process.Run([&] {
      std::string before = "before", after = "after a long pause, and longer than it";
      Call(function, {Word(1), At(before)}).Return();
      Spend(std::chrono::milliseconds(400));
      Call(function, {Word(2), At(after)}).Return();
      Call(function, {Word(3), At(before)}).Return();
    });
    EXPECT_THAT(
        process.events(),
        ElementsAre("1 enter 0 #0 foo::f(n: 1, s: \"before\")", "1 leave 0 foo::f = void",
                    "1 enter 0 #1 foo::f(n: 2, s: \"after a long pause, and longer than it\")",
                    "1 leave 0 foo::f = void", "1 enter 0 #2 foo::f(n: 3, s: \"before\")",
                    "1 leave 0 foo::f = void"));
    auto reader = process.Open();
    workspace::EventCursor cursor(*reader, 1);
    ASSERT_TRUE(cursor.Next() && cursor.Next());
    uint64_t paused = cursor.event().time;
    ASSERT_TRUE(cursor.Next());
    EXPECT_GE(cursor.event().time - paused, 399'000'000u) << clock;
    ASSERT_TRUE(cursor.Next() && cursor.Next());
    EXPECT_LT(cursor.event().time - paused, 60'000'000'000u) << clock;
  }
}

}  // namespace
}  // namespace omnitrace::testing
