// What calls change behind their references, pointers and `this`.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<std::string> EventsOf(const std::function<void()>& body) {
  TracedProcess process;
  EXPECT_EQ(process.Run(body), 0);
  EXPECT_EQ(process.error_output(), "");
  return process.events();
}

struct Point {
  int x, y;
};
Type* PointType() {
  static Type* const type = MakeType(
      TypeKind::kClass, "Point", sizeof(Point),
      std::vector<Member>{Field("x", Int(), 0), Field("y", Int(), 4)}, kTypePlain);
  return type;
}

TEST(ChangedTest, MutableArgumentsAreRecordedAgainWhenTheyChanged) {
  TracedFunction function(
      "f", {ByValue("n", Int()), Mutable(ByValue("out", ReferenceTo(Int()))),
            Mutable(ByValue("p", PointerTo(Int())))});
  int out = 1, target = 2;
  auto events = EventsOf([&] {
    Call call(function, {Word(7), At(out), Word(&target)});
    out = 5;
    call.ReturnChanged({Word(7), At(out), Word(&target)});
  });
  ASSERT_EQ(events.size(), 3u);
  EXPECT_THAT(events[1], StartsWith("1 changed 0 f(out: 5, p: "));
  EXPECT_EQ(events[2], "1 leave 0 f = void");
}

TEST(ChangedTest, NothingIsRecordedWhenNothingChanged) {
  TracedFunction function("f", {Mutable(ByValue("out", ReferenceTo(StringType())))});
  std::string text(100, 'x');
  EXPECT_THAT(EventsOf([&] {
                Call call(function, {At(text)});
                call.ReturnChanged({At(text)});
              }),
              ElementsAre(StartsWith("1 enter"), "1 leave 0 f = void"));
}

TEST(ChangedTest, WhatIsBehindAnObjectCounts) {
  TracedFunction function("sort", {Mutable(ByValue("v", ReferenceTo(VectorOf(Int()))))}, nullptr,
                          kFunctionKeeps);
  std::vector<int> numbers = {3, 1};
  EXPECT_THAT(EventsOf([&] {
                Call call(function, {At(numbers)});
                std::swap(numbers[0], numbers[1]);
                call.ReturnChanged({At(numbers)});
              }),
              ElementsAre("1 enter 0 #0 sort(v: [3, 1])", "1 changed 0 sort(v: [1, 3])",
                          "1 leave 0 sort = void"));
}

// At the entry of a constructor there is no object; at its end there is, unless it threw.
TEST(ChangedTest, ConstructorsShowWhatTheyMade) {
  TracedFunction function("P::P", {Mutable(This(PointType(), kParameterUntrusted))}, nullptr,
                          kFunctionConstructor | kFunctionMethod);
  Point point = {1, 2};
  auto events = EventsOf([&] {
    Call made(function, {Word(&point)});
    made.ReturnChanged({Word(&point)});
    Call failed(function, {Word(&point)});
    failed.Throw(nullptr, {Word(&point)});
  });
  ASSERT_EQ(events.size(), 5u);
  EXPECT_THAT(events[1], HasSubstr("{x: 1, y: 2}"));
  EXPECT_THAT(events[4], StartsWith("1 throw"));
}

TEST(ChangedTest, CallsThatThrowHaveChangedThings) {
  TracedFunction function("f", {Mutable(ByValue("out", ReferenceTo(Int())))});
  int out = 1;
  EXPECT_THAT(EventsOf([&] {
                Call call(function, {At(out)});
                out = 2;
                call.Throw(nullptr, {At(out)});
              }),
              ElementsAre("1 enter 0 #0 f(out: 1)", "1 changed 0 f(out: 2)", StartsWith("1 throw")));
}

// `delete this`, of an object that had a mapping of its own: the kernel says no.
TEST(ChangedTest, WhatIsGoneAtTheEndIsLeftOut) {
  TracedFunction function("P::kill", {Mutable(ByValue("p", ReferenceTo(PointType())))});
  size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  void* memory =
      mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  EXPECT_THAT(EventsOf([&] {
                Call call(function, {Word(memory)});
                munmap(memory, page);
                call.ReturnChanged({Word(memory)});
              }),
              ElementsAre("1 enter 0 #0 P::kill(p: {x: 0, y: 0})", "1 leave 0 P::kill = void"));
}

// Wherever a block ends: between entry and change, between change and end.
TEST(ChangedTest, ChangesAndEndsStayTogetherInAnyBlock) {
  TracedFunction outer("outer", {Mutable(ByValue("n", ReferenceTo(Int())))});
  TracedFunction inner("inner", {Mutable(ByValue("text", ReferenceTo(StringType())))});
  int number = 0;
  std::string text(200, 'a');
  auto events = EventsOf([&] {
    Call call(outer, {At(number)});
    for (int i = 0; i < 2000; ++i) {
      Call changes(inner, {At(text)});
      text[0] = static_cast<char>('a' + (i + 1) % 26);
      changes.ReturnChanged({At(text)});
    }
    number = 1;
    call.ReturnChanged({At(number)});
  });
  // A block that ends between the two has the change as well.
  events.erase(std::unique(events.begin(), events.end()), events.end());
  ASSERT_EQ(events.size(), 3 * 2001u);
  for (size_t i = 1; i + 2 < events.size(); i += 3) {
    ASSERT_THAT(events[i + 1], StartsWith("1 changed 1 inner")) << i;
    ASSERT_EQ(events[i + 2], "1 leave 1 inner = void") << i;
  }
  EXPECT_EQ(events[events.size() - 2], "1 changed 0 outer(n: 1)");
}

// The numbers of the calls, of 600, of which a change was recorded.
std::vector<int> CallsLookedAt(const char* limits, uint32_t flags) {
  TracedFunction function("f", {Mutable(ByValue("n", ReferenceTo(Int())))}, nullptr, flags);
  int number = 0;
  TracedProcess process;
  process.Set("OMNITRACE_LIMITS", limits);
  EXPECT_EQ(process.Run([&] {
    for (int i = 0; i < 600; ++i) {
      Call call(function, {At(number)});
      ++number;
      call.ReturnChanged({At(number)});
    }
  }),
            0);
  std::vector<int> looked_at;
  int calls = 0;
  for (const std::string& event : process.events()) {
    calls += event.find(" enter ") != std::string::npos;
    if (event.find(" changed ") != std::string::npos) looked_at.push_back(calls - 1);
  }
  EXPECT_EQ(calls, 600);
  return looked_at;
}

TEST(ChangedTest, FunctionsThatMayFreeAreLookedAtNowAndThen) {
  EXPECT_THAT(CallsLookedAt("changed=3", 0), ElementsAre(0, 1, 2, 256, 512));
  EXPECT_EQ(CallsLookedAt("", 0).size(), 600u);
  EXPECT_EQ(CallsLookedAt("changed=3", kFunctionKeeps).size(), 600u);
}

TEST(ChangedTest, NothingIsLookedAtOnRequest) {
  EXPECT_THAT(CallsLookedAt("changed=0", kFunctionKeeps), ElementsAre());
  EXPECT_THAT(CallsLookedAt("changed=0", 0), ElementsAre());
}

}  // namespace
}  // namespace omnitrace::testing
