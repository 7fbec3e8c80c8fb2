// The environment: modes, patterns, limits, and what is said about bad values.
#include "runtime/recording/options.h"

#include <cstdlib>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/include/omnitrace/omnitrace.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class OptionsTest : public ::testing::Test {
 protected:
  void Load(bool standby = false) {
    static Site* sites[] = {outer_.site(), inner_.site()};
    omnitrace_load(kAbiVersion, sites, sites + 2, standby ? 1 : 0, nullptr, nullptr, nullptr,
                   nullptr, nullptr, nullptr, nullptr);
  }

  TracedFunction outer_{"foo::outer", {ByValue("n", Int())}, Int()};
  TracedFunction inner_{"bar::inner", {ByValue("n", Int())}, Int()};
  TracedProcess process_;
};

TEST_F(OptionsTest, BadValuesGiveOneLineAndAnUntracedProgram) {
  const std::pair<const char*, const char*> kBad[] = {
      {"OMNITRACE_MODE", "sometimes"},
      {"OMNITRACE_LIMITS", "depth"},
      {"OMNITRACE_LIMITS", "depth=0"},
      {"OMNITRACE_LIMITS", "depth=4x"},
      {"OMNITRACE_LIMITS", "size=99999999999999G"},
      {"OMNITRACE_LIMITS", "roots=10"},
      {"OMNITRACE_LIMITS", "keep=all"},
      {"OMNITRACE_LIMITS", "speed=9"},
      {"OMNITRACE_LIMITS", "rate=fast"},
      {"OMNITRACE_LIMITS", "min=5"},
      {"OMNITRACE_LIMITS", "min=0ms"},
      {"OMNITRACE_LIMITS", "min=99999999999999999s"},
      {"OMNITRACE_LIMITS", "freeze"},
      {"OMNITRACE_LIMITS", "freeze=throw:"},
      {"OMNITRACE_LIMITS", "freeze=over:foo::f"},
      {"OMNITRACE_LIMITS", "freeze=over::5ms"},
      {"OMNITRACE_LIMITS", "freeze=never"},
      {"OMNITRACE_OUT", "%q.omni"},
      {"OMNITRACE_CLOCK", "sundial"},
  };
  for (const auto& [variable, value] : kBad) {
    SCOPED_TRACE(value);
    TracedProcess process;
    process.Set(variable, value);
    EXPECT_EQ(process.Run([&] {
      Load();
      CallTimes(outer_, 10);
    }),
              0);
    EXPECT_THAT(process.workspaces(), IsEmpty());
    std::string line = process.error_output();
    EXPECT_THAT(line, ::testing::StartsWith(std::string("omnitrace: ") + variable));
    EXPECT_THAT(line, EndsWith("; the program runs untraced\n"));
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  }
}

TEST_F(OptionsTest, LimitsAreParsed) {
  recording::Options options;
  recording::Message error;
  ASSERT_TRUE(recording::ParseOptions(
      [](const char* name) -> const char* {
        return std::string_view(name) == "OMNITRACE_LIMITS"
                   ? "calls=5,depth=6,roots=1/7,value=2K,size=3MiB,keep=last,elements=8,"
                     "nesting=9,call-value=10K,call-elements=11,min=12us,freeze=throw:foo::Error,"
                     "freeze=over:foo::f:13ms,rate=14M"
                   : nullptr;
      },
      &options, &error));
  EXPECT_EQ(options.limits.calls, 5u);
  EXPECT_EQ(options.limits.depth, 6u);
  EXPECT_EQ(options.limits.roots, 7u);
  EXPECT_EQ(options.limits.value, 2048u);
  EXPECT_EQ(options.limits.size, 3u << 20);
  EXPECT_TRUE(options.limits.keep_last);
  EXPECT_EQ(options.limits.elements, 8u);
  EXPECT_EQ(options.limits.nesting, 9u);
  EXPECT_EQ(options.limits.record_bytes, 10240u);
  EXPECT_EQ(options.limits.record_elements, 11u);
  EXPECT_EQ(options.limits.min, 12'000u);
  EXPECT_EQ(options.limits.freeze_throw, "foo::Error");
  EXPECT_EQ(options.limits.freeze_over, "foo::f");
  EXPECT_EQ(options.limits.freeze_over_time, 13'000'000u);
  EXPECT_EQ(options.limits.rate, 14u << 20);
}

TEST_F(OptionsTest, OffIsInert) {
  process_.Set("OMNITRACE_MODE", "off");
  ASSERT_EQ(process_.Run([&] {
    Load();
    CallTimes(outer_, 10);
  }),
            0);
  EXPECT_THAT(process_.workspaces(), IsEmpty());
  EXPECT_EQ(process_.error_output(), "");
}

TEST_F(OptionsTest, StandbyRecordsWhatIsTurnedOn) {
  process_.Set("OMNITRACE_MODE", "standby");
  ASSERT_EQ(process_.Run([&] {
    Load();
    CallTimes(outer_, 1);
    omnitrace::trace("bar");
    CallTimes(outer_, 1);
    CallTimes(inner_, 1);
    omnitrace::untrace("*");
    CallTimes(inner_, 1);
    omnitrace::trace("foo::outer,bar");
    CallTimes(inner_, 1);
    CallTimes(outer_, 1);
  }),
            0);
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 bar::inner(n: 0)", "1 leave 0 bar::inner = 0",
                          "1 enter 0 #1 bar::inner(n: 0)", "1 leave 0 bar::inner = 0",
                          "1 enter 0 #2 foo::outer(n: 0)", "1 leave 0 foo::outer = 0"));
}

TEST_F(OptionsTest, SwitchBytesFollowTheMode) {
  for (const auto& [mode, expected] :
       {std::pair{"record", 1}, std::pair{"standby", 0}, std::pair{"off", 0}, std::pair{"", 0}}) {
    TracedProcess process;
    process.Set("OMNITRACE_MODE", mode);
    int wanted = expected;
    uint8_t enabled = wanted == 0 ? kSwitchOn : 0;
    outer_.site()->enabled = &enabled;
    EXPECT_EQ(process.Run([&] {
      Load(/*standby=*/true);
      if (enabled != wanted) abort();
    }),
              0)
        << mode;
  }
}

TEST_F(OptionsTest, AnotherPluginsObjectRunsUntraced) {
  ASSERT_EQ(process_.Run([&] {
    Site* sites[] = {outer_.site()};
    omnitrace_load(kAbiVersion + 1, sites, sites + 1, 0, nullptr, nullptr, nullptr, nullptr,
                   nullptr, nullptr, nullptr);
    CallTimes(outer_, 1);
  }),
            0);
  EXPECT_THAT(process_.error_output(), HasSubstr("rebuild it"));
  EXPECT_THAT(process_.workspaces(), IsEmpty());
}

TEST_F(OptionsTest, OnlySelectsFunctions) {
  process_.Set("OMNITRACE_ONLY", "bar,baz::*");
  process_.Run([&] {
    Load();
    Call call(outer_, {Word(1)});
    CallTimes(inner_, 1);
  });
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 bar::inner(n: 0)", "1 leave 0 bar::inner = 0"));
}

TEST_F(OptionsTest, DepthLeavesOutWhatIsDeeper) {
  process_.Set("OMNITRACE_LIMITS", "depth=2");
  process_.Run([&] {
    Call a(outer_, {Word(1)});
    Call b(outer_, {Word(2)});
    Call c(inner_, {Word(3)});
    Call d(inner_, {Word(4)});
  });
  EXPECT_THAT(process_.events(), SizeIs(4));
  EXPECT_EQ(Dropped(*process_.Open(), DropReason::kDepth), 2u);
}

TEST_F(OptionsTest, RootsSampleWholeTrees) {
  process_.Set("OMNITRACE_LIMITS", "roots=1/3");
  process_.Run([&] {
    for (int i = 0; i < 9; ++i) {
      Call call(outer_, {Word(i)});
      CallTimes(inner_, 1);
    }
  });
  std::vector<std::string> events = process_.events();
  ASSERT_THAT(events, SizeIs(12));
  EXPECT_EQ(events[4], "1 enter 0 #2 foo::outer(n: 3)");
  EXPECT_EQ(Dropped(*process_.Open(), DropReason::kSampled), 12u);
}

TEST_F(OptionsTest, CallsCountForEachCaller) {
  process_.Set("OMNITRACE_LIMITS", "calls=2");
  process_.Run([&] {
    CallTimes(inner_, 5);
    Call call(outer_, {Word(1)});
    for (int i = 0; i < 5; ++i) {
      Call middle(inner_, {Word(i)});
      CallTimes(inner_, 1);
    }
  });
  // Two from outside, outer, two from outer, two from inner.
  EXPECT_THAT(process_.events(), SizeIs(14));
  EXPECT_EQ(Dropped(*process_.Open(), DropReason::kCallSite), 9u);
}

TEST_F(OptionsTest, ALeftOutTreeEndsWithALongjmpOverIt) {
  process_.Set("OMNITRACE_LIMITS", "calls=1");
  process_.Run([&] {
    Call a(outer_, {Word(1)});
    CallTimes(inner_, 1);
    Call skipped(inner_, {Word(2)});
    skipped.Vanish();
    a.Return(1);
    Call(inner_, {Word(3)}).Return(3);
  });
  EXPECT_THAT(process_.events(), SizeIs(6));
}

TEST_F(OptionsTest, SizeStopsRecordingButKeepsReturns) {
  process_.Set("OMNITRACE_LIMITS", "size=512K");
  process_.Run([&] {
    Call call(outer_, {Word(1)});
    CallTimes(inner_, 100'000);
    call.Return(4);
  });
  std::vector<std::string> events = process_.events();
  EXPECT_EQ(events.back(), "1 leave 0 foo::outer = 4");
  auto reader = process_.Open();
  EXPECT_LE(reader->info().bytes, 512u * 1024);
  EXPECT_EQ(reader->info().end, EndState::kStopped);
  EXPECT_EQ(Dropped(*process_.Open(), DropReason::kSize) + (events.size() - 2) / 2, 100'000u);
  EXPECT_THAT(process_.error_output(), HasSubstr("OMNITRACE_LIMITS=size=BYTES"));
}

TEST_F(OptionsTest, FilesAreNamedByPatternAndNeverOverwritten) {
  process_.Set("OMNITRACE_OUT", "%n-%p-100%%");
  process_.Run([&] { CallTimes(inner_, 1); });
  EXPECT_THAT(process_.workspaces(), ElementsAre(process_.directory() + "/recording_test-" +
                                                 std::to_string(process_.pid()) + "-100%"));

  TracedProcess again;
  again.Set("OMNITRACE_OUT", "trace");
  again.Run([&] {
    std::ofstream("trace") << "precious";
    CallTimes(inner_, 1);
  });
  EXPECT_THAT(again.workspaces(),
              ElementsAre(again.directory() + "/trace", again.directory() + "/trace.1"));
  std::string content;
  std::ifstream(again.directory() + "/trace") >> content;
  EXPECT_EQ(content, "precious");
  EXPECT_THAT(again.events(again.directory() + "/trace.1"), SizeIs(2));
}

TEST_F(OptionsTest, ResetBeginsANewFile) {
  process_.Set("OMNITRACE_OUT", "trace");
  ASSERT_EQ(process_.Run([&] {
    Load();
    CallTimes(inner_, 2);
    Call open(outer_, {Word(1)});
    omnitrace::set_title("first");
    omnitrace::reset_workspace();
    CallTimes(inner_, 1);
    open.Return(5);
    CallTimes(outer_, 1);
    omnitrace::flush();
  }),
            0);
  EXPECT_THAT(process_.events(process_.directory() + "/trace"), SizeIs(5));
  EXPECT_THAT(process_.events(process_.directory() + "/trace.1"),
              ElementsAre("1 enter 0 #0 bar::inner(n: 0)", "1 leave 0 bar::inner = 0",
                          "1 enter 0 #1 foo::outer(n: 0)", "1 leave 0 foo::outer = 0"));
}

TEST_F(OptionsTest, FreezeKeepsWhatIsThere) {
  process_.Run([&] {
    Load();
    Call open(outer_, {Word(1)});
    CallTimes(inner_, 1);
    omnitrace::freeze();
    CallTimes(inner_, 10);
    open.Return(5);
    CallTimes(inner_, 10);
  });
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 foo::outer(n: 1)", "1 enter 1 #1 bar::inner(n: 0)",
                          "1 leave 1 bar::inner = 0", "1 leave 0 foo::outer = 5"));
  EXPECT_EQ(process_.error_output(), "");
}

}  // namespace
}  // namespace omnitrace::testing
