// Which probes are on, and that what they record are calls like others.
#include <unistd.h>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/include/omnitrace/omnitrace.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A probe with one value, as <omnitrace/probe.h> makes it.
class HandmadeProbe {
 public:
  explicit HandmadeProbe(const char* name) {
    probe_.site.enabled = &probe_.on;
    probe_.site.scope = "";
    probe_.site.name = name;
    probe_.site.file = "probes.cc";
    probe_.site.flags = kFunctionProbe;
    probe_.site.parameter_count = 1;
    probe_.site.parameters = &parameter_;
  }

  void Load() { omnitrace_load_probe(kAbiVersion, &probe_); }
  void Unload() { omnitrace_unload_probe(&probe_); }
  bool IsOn() const { return *probe_.site.enabled != 0; }
  void Reach(int value) {
    uint64_t block[] = {Word(value)};
    if (IsOn()) omnitrace_fire_probe(&probe_, block);
  }
  Probe* get() { return &probe_; }

 private:
  Probe probe_ = {};
  Parameter parameter_ = ByValue("value", Int());
};

class ProbesTest : public ::testing::Test {
 protected:
  // An object of the program, with one function.
  void LoadObject(bool standby) {
    static Site* sites[1];
    sites[0] = function_.site();
    omnitrace_load(kAbiVersion, sites, sites + 1, standby, nullptr, nullptr, nullptr, nullptr,
                   nullptr, nullptr, nullptr);
  }
  void Load() {
    start_.Load();
    end_.Load();
  }
  void ReachAll(int value) {
    start_.Reach(value);
    end_.Reach(value);
  }

  HandmadeProbe start_{"request:start"}, end_{"request:end"};
  TracedFunction function_{"foo::f"};
  TracedProcess process_;
};

TEST_F(ProbesTest, AreOffInAProgramThatNobodyBuiltToRecord) {
  EXPECT_EQ(process_.Run([&] {
    ReachAll(1);
    Load();
    ReachAll(2);
    LoadObject(true);
    ReachAll(3);
  }),
            0);
  EXPECT_THAT(process_.workspaces(), IsEmpty());
}

TEST_F(ProbesTest, AreOnFromTheStartWhereTheEnvironmentSaysSo) {
  process_.Set("OMNITRACE_MODE", "record").Set("OMNITRACE_ONLY", "request:s*").Run([&] {
    ReachAll(1);
    Load();
    ReachAll(2);
  });
  EXPECT_THAT(process_.events(), ElementsAre("1 enter 0 #0 request:start(value: 2)",
                                             "1 leave 0 request:start = void"));
}

TEST_F(ProbesTest, AreOnWithAnObjectThatRecordsInEitherOrder) {
  process_.Run([&] {
    start_.Load();
    start_.Reach(1);
    LoadObject(false);
    end_.Load();
    ReachAll(2);
  });
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 request:start(value: 2)", "1 leave 0 request:start = void",
                          "1 enter 0 #1 request:end(value: 2)", "1 leave 0 request:end = void"));
}

TEST_F(ProbesTest, ASecondObjectThatRecordsTurnsNoneOnAgain) {
  process_.Run([&] {
    LoadObject(false);
    Load();
    untrace("request:*");
    LoadObject(false);
    ReachAll(1);
  });
  EXPECT_THAT(process_.events(), IsEmpty());
}

TEST_F(ProbesTest, TheProgramSwitchesThemByTheirNames) {
  process_.Run([&] {
    Load();
    trace("request:*");
    untrace("request:end");
    ReachAll(1);
    untrace("*");
    ReachAll(2);
  });
  EXPECT_THAT(process_.events(), ElementsAre("1 enter 0 #0 request:start(value: 1)",
                                             "1 leave 0 request:start = void"));
}

TEST_F(ProbesTest, NothingTurnsThemOnInModeOff) {
  process_.Set("OMNITRACE_MODE", "off").Run([&] {
    LoadObject(false);
    Load();
    trace("*");
    ReachAll(1);
    start_.Unload();
  });
  EXPECT_THAT(process_.workspaces(), IsEmpty());
}

TEST_F(ProbesTest, OnesOfAnotherInterfaceStayOff) {
  process_.Set("OMNITRACE_MODE", "record").Run([&] {
    omnitrace_load_probe(kAbiVersion + 1, start_.get());
    omnitrace_unload_probe(start_.get());
    trace("*");
    ReachAll(1);
  });
  EXPECT_THAT(process_.workspaces(), IsEmpty());
  EXPECT_THAT(process_.error_output(), HasSubstr("interface version"));
}

TEST_F(ProbesTest, UnloadedOnesAreSwitchedNoMore) {
  process_.Run([&] {
    Load();
    end_.Unload();
    trace("*");
    ReachAll(1);
    end_.Load();
    start_.Unload();
    trace("*");
    untrace("request:start");
    ReachAll(2);
  });
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 request:start(value: 1)", "1 leave 0 request:start = void",
                          "1 enter 0 #1 request:start(value: 2)", "1 leave 0 request:start = void",
                          "1 enter 0 #2 request:end(value: 2)", "1 leave 0 request:end = void"));
}

TEST_F(ProbesTest, ObjectsThatShareOneLoadItTogether) {
  process_.Run([&] {
    start_.Load();
    start_.Load();
    start_.Unload();
    trace("*");
    start_.Reach(1);
    start_.Unload();
    untrace("*");
    start_.Reach(2);
  });
  EXPECT_THAT(
      process_.events(),
      ElementsAre("1 enter 0 #0 request:start(value: 1)", "1 leave 0 request:start = void",
                  "1 enter 0 #1 request:start(value: 2)", "1 leave 0 request:start = void"));
}

TEST_F(ProbesTest, AreLeavesInsideOfCalls) {
  process_.Run([&] {
    LoadObject(false);
    Load();
    Call call(function_);
    ReachAll(1);
  });
  EXPECT_THAT(process_.events(),
              ElementsAre("1 enter 0 #0 foo::f()", "1 enter 1 #1 request:start(value: 1)",
                          "1 leave 1 request:start = void", "1 enter 1 #2 request:end(value: 1)",
                          "1 leave 1 request:end = void", "1 leave 0 foo::f = void"));
}

TEST_F(ProbesTest, GoOnInANewWorkspace) {
  process_.Set("OMNITRACE_MODE", "record").Run([&] {
    Load();
    start_.Reach(1);
    reset_workspace();
    start_.Reach(2);
  });
  std::vector<std::string> workspaces = process_.workspaces();
  ASSERT_EQ(workspaces.size(), 2u);
  EXPECT_THAT(process_.events(workspaces[0]), ElementsAre("1 enter 0 #0 request:start(value: 1)",
                                                          "1 leave 0 request:start = void"));
  EXPECT_THAT(process_.events(workspaces[1]), ElementsAre("1 enter 0 #0 request:start(value: 2)",
                                                          "1 leave 0 request:start = void"));
}

}  // namespace
}  // namespace omnitrace::testing
