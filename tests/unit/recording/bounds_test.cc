// What keeps a recording small on purpose: calls that are too short, and what freezes it.
#include <unistd.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/include/omnitrace/omnitrace.h"
#include "runtime/recording/drop_counts.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Far from the limits, which are far above what a busy machine makes a short call wait for.
constexpr std::chrono::milliseconds kLong{800};

class BoundsTest : public ::testing::Test {
 protected:
  BoundsTest() { process_.Set("OMNITRACE_LIMITS", "min=400ms"); }

  // As a program that is loaded does: what freezes turns its functions off.
  void Load() {
    static Site* sites[3];
    sites[0] = outer_.site();
    sites[1] = inner_.site();
    sites[2] = text_.site();
    omnitrace_load(kAbiVersion, sites, sites + 3, 0, nullptr, nullptr, nullptr, nullptr, nullptr,
                   nullptr, nullptr);
  }

  TracedFunction outer_{"foo::outer", {ByValue("n", Int())}, Int()};
  TracedFunction inner_{"foo::inner", {ByValue("n", Int())}};
  TracedFunction text_{"foo::text", {ByValue("s", CString())}, CString()};
  TracedProcess process_;
};

TEST_F(BoundsTest, ShortCallsAreTakenBackWithAllThatTheyCalled) {
  ASSERT_EQ(process_.Run([&] {
    for (int i = 0; i < 3; ++i) {
      Call outer(outer_, {Word(i)});
      CallTimes(inner_, 4);
      if (i == 1) Spend(kLong);
      outer.Return(i);
    }
  }),
            0);
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 foo::outer(n: 1)", "1 leave 0 foo::outer = 1"));
  EXPECT_EQ(Dropped(*process_.Open(), DropReason::kMinDuration), 14u);
  EXPECT_EQ(process_.error_output(), "");
}

TEST_F(BoundsTest, WhatALongCallIsInsideOfIsLong) {
  process_.Run([&] {
    Call outer(outer_, {Word(1)});
    CallTimes(inner_, 1);
    Call inner(inner_, {Word(2)});
    CallTimes(inner_, 1);
    Spend(kLong);
    inner.Return();
    CallTimes(inner_, 1);
    outer.Return(9);
  });
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 foo::outer(n: 1)", "1 enter 1 #1 foo::inner(n: 2)",
                          "1 leave 1 foo::inner = void", "1 leave 0 foo::outer = 9"));
  EXPECT_EQ(Dropped(*process_.Open(), DropReason::kMinDuration), 3u);
}

TEST(DropCountsTest, EachIsTakenOnceWhileTheThreadGoesOn) {
  recording::DropCounts counts = {};
  std::vector<uint64_t> taken;
  auto take = [&] {
    counts.Take([&](DropReason reason, uint64_t calls) {
      EXPECT_EQ(reason, DropReason::kDepth);
      taken.push_back(calls);
    });
  };
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(counts.Add(DropReason::kDepth));
  take();
  for (int i = 0; i < 2; ++i) EXPECT_FALSE(counts.Add(DropReason::kDepth));
  take();
  take();
  EXPECT_THAT(taken, ElementsAre(3u, 2u));
}

// Of calls over the end of a block the entry can't be taken back any more.
TEST_F(BoundsTest, MillionsOfShortCallsTakeNoSpace) {
  const std::string text(500, 'x');
  process_.Run([&] {
    Call outer(outer_, {Word(1)});
    for (int i = 0; i < 5000; ++i) {
      Call call(text_, {Word(text.c_str())});
      CallTimes(inner_, 20);
      const char* result = text.c_str();
      call.Return(result);
    }
    Spend(kLong);
    outer.Return(2);
  });
  EXPECT_THAT(process_.events(), SizeIs(2));
  EXPECT_EQ(Dropped(*process_.Open(), DropReason::kMinDuration), 105'000u);
  EXPECT_EQ(process_.Open()->blocks(1).size(), 1u);
}

TEST_F(BoundsTest, OpenCallsAreThereWhateverTheirTime) {
  process_.Run([&] {
    Call outer(outer_, {Word(1)});
    Call inner(inner_, {Word(2)});
    inner.Vanish();
    outer.Vanish();
    _exit(0);
  });
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 foo::outer(n: 1)", "1 enter 1 #1 foo::inner(n: 2)"));
}

TEST_F(BoundsTest, TheFirstCallThatTakesTooLongIsTheLast) {
  process_.Set("OMNITRACE_LIMITS", "freeze=over:foo::outer:400ms");
  process_.Run([&] {
    Load();
    for (int i = 0; i < 4; ++i) {
      Call outer(outer_, {Word(i)});
      if (i == 2) Spend(kLong);
      outer.Return(i);
    }
    Call(inner_, {Word(1)});
  });
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 foo::outer(n: 0)", "1 leave 0 foo::outer = 0",
                          "1 enter 0 #1 foo::outer(n: 1)", "1 leave 0 foo::outer = 1",
                          "1 enter 0 #2 foo::outer(n: 2)", "1 leave 0 foo::outer = 2"));
  EXPECT_EQ(process_.Open()->info().frozen_by, "over:foo::outer");
  EXPECT_THAT(process_.Open()->info().drops, IsEmpty());
}

TEST_F(BoundsTest, AnotherFunctionMayTakeLong) {
  process_.Set("OMNITRACE_LIMITS", "freeze=over:foo::inner:400ms");
  process_.Run([&] {
    for (int i = 0; i < 2; ++i) {
      Call outer(outer_, {Word(i)});
      Spend(kLong);
      outer.Return(i);
    }
  });
  EXPECT_THAT(process_.events(), SizeIs(4));
  EXPECT_EQ(process_.Open()->info().frozen_by, "");
}

template <typename Error>
void ThrowOutOf(TracedFunction& function) {
  try {
    throw Error("bad");
  } catch (const Error& caught) {
    Call call(function, {Word(1)});
    // The unwinder's header lies in front of the object (the Itanium C++ ABI).
    call.Throw(const_cast<char*>(reinterpret_cast<const char*>(&caught)) - 32);
  }
}

TEST_F(BoundsTest, AnExceptionOfTheNamedTypeIsTheLast) {
  for (const auto& [glob, events] :
       {std::pair{"std::logic_error", 4}, std::pair{"std::*", 2}, std::pair{"std::bad_alloc", 6}}) {
    TracedProcess process;
    process.Set("OMNITRACE_LIMITS", std::string("freeze=throw:") + glob);
    process.Run([&] {
      Load();
      ThrowOutOf<std::runtime_error>(inner_);
      ThrowOutOf<std::logic_error>(inner_);
      CallTimes(inner_, 1);
    });
    EXPECT_THAT(process.events(), SizeIs(events)) << glob;
    EXPECT_EQ(process.Open()->info().frozen_by, events == 6 ? "" : std::string("throw:") + glob);
  }
}

TEST_F(BoundsTest, TheProgramFreezesItself) {
  process_.Set("OMNITRACE_LIMITS", "keep=last");
  process_.Run([&] {
    Load();
    CallTimes(inner_, 2);
    freeze();
    CallTimes(inner_, 2);
  });
  EXPECT_THAT(process_.events(), SizeIs(4));
  EXPECT_EQ(process_.Open()->info().frozen_by, "call");
}

}  // namespace
}  // namespace omnitrace::testing
