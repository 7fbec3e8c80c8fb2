// Errors of scripts, and scripts that take too much.
#include <sys/resource.h>
#include <sys/time.h>

#include <csignal>

#include "absl/strings/str_cat.h"
#include "tests/attach/script_test.h"

namespace omnitrace::attach {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Interrupts the script when it prints, as a signal would that comes then.
class InterruptingSink : public tools::Sink {
 public:
  void Write(absl::string_view) override { Script::Interrupt(); }
};

class FailureTest : public ScriptTest {
 protected:
  InterruptingSink interrupting_;
};

TEST_F(FailureTest, ASyntaxErrorHasItsPlace) {
  EXPECT_THAT(Load("let a = 1;\nlet b = (a;\n"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                StartsWith(options_.path + ":2:11: SyntaxError: ")));
  EXPECT_THAT(Load("}) {("), testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                               StartsWith(options_.path + ":1:2: SyntaxError: ")));
  WriteFile("part.js", "\n  let let = 1;");
  EXPECT_THAT(Load("require('./part');"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                StartsWith(options_.path.substr(0, options_.path.rfind('/')) +
                                           "/part.js:2:7: SyntaxError: ")));
}

TEST_F(FailureTest, WhatLoadingThrowsHasItsPlaceAndItsFrames) {
  absl::Status status = Load("function inner() {\n  undefinedName();\n}\n inner();");
  EXPECT_THAT(status, testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                        StartsWith(options_.path + ":2:3: ReferenceError: ")));
  EXPECT_THAT(std::string(status.message()), HasSubstr("at inner (" + options_.path + ":2:3)"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("at " + options_.path + ":4:2"));
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("omnitrace:")));
}

TEST_F(FailureTest, AMissingFileIsNamed) {
  options_.path = folder_.path() / "none.js";
  EXPECT_THAT(LoadFile(), testing::StatusIs(absl::StatusCode::kNotFound,
                                            options_.path + ": No such file or directory"));
  options_.path = "omnitrace:none";
  EXPECT_THAT(LoadFile(),
              testing::StatusIs(absl::StatusCode::kNotFound, HasSubstr("omnitrace:none")));
  options_.path = WriteFile("latin.js", "console.log('\xe4');");
  EXPECT_THAT(LoadFile(),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("UTF-8")));
}

TEST_F(FailureTest, ErrorsInHandlersDoNotEndTheSession) {
  EXPECT_EQ(Run(R"(
exports['request:start'] = function(trace) {
  if (trace.id === 2) check(trace);
  console.log(trace.id);
};
function check(trace) { throw new RangeError(`bad ${trace.path}`); })"),
            "1\n3\n4\n5\n6\n");
  std::string errors = TakeErrors();
  EXPECT_THAT(errors, StartsWith(options_.path + ":6:31: RangeError: bad /page/2\n    at check ("));
  EXPECT_THAT(errors, HasSubstr("request:start\"] (" + options_.path + ":3:28)"));
  EXPECT_THAT(errors, Not(HasSubstr("omnitrace:")));
}

TEST_F(FailureTest, TheSameErrorIsCounted) {
  Run("exports['request:*'] = function(trace) { throw new Error('id ' + trace.id); };");
  std::string errors = TakeErrors();
  EXPECT_THAT(errors, HasSubstr("Error: id 1\n"));
  EXPECT_THAT(errors, HasSubstr("Error: id 2\n"));
  EXPECT_THAT(errors, Not(HasSubstr("Error: id 4\n")));
  EXPECT_THAT(errors, HasSubstr(": 9 more of these\n"));
  EXPECT_EQ(script_->errors(), 12u);
}

TEST_F(FailureTest, AnythingMayBeThrown) {
  Run(R"(const all = ['text', 5, null, undefined, {a: 1}, Symbol('s')];
exports['request:start'] = t => { throw all[t.id - 1]; };)");
  EXPECT_THAT(TakeErrors(), HasSubstr(options_.path + ":2:35: uncaught exception: text\n"));
  EXPECT_EQ(script_->errors(), 6u);
}

TEST_F(FailureTest, ErrorsInTimersDoNotEndTheSession) {
  ASSERT_THAT(Load(R"(setImmediate(() => { throw new Error('first'); });
setImmediate(() => console.log('second'));)"),
              testing::IsOk());
  script_->RunTimers();
  EXPECT_EQ(TakeOutput(), "second\n");
  EXPECT_THAT(TakeErrors(), StartsWith(options_.path + ":1:28: Error: first\n"));
}

TEST_F(FailureTest, AHandlerThatRunsAwayIsInterrupted) {
  options_.output = &interrupting_;
  ASSERT_THAT(Load("let cleaned = 0;\nexports['foo::outer'] = t => {\n  console.log('now');\n"
                   "  try { for (;;) {} } finally { console.error('never'); }\n};\n"
                   "exports['foo::bar::*'] = () => console.error('behind');\n"
                   "exports.cleanup = () => console.error('cleaned');"),
              testing::IsOk());
  Tell();
  EXPECT_TRUE(script_->interrupted());
  EXPECT_THAT(TakeErrors(), AllOf(StartsWith(options_.path + ":3:11: interrupted\n"),
                                  Not(HasSubstr("never")), Not(HasSubstr("behind"))));
  script_->Cleanup();
  EXPECT_EQ(TakeErrors(), "cleaned\n");
}

TEST_F(FailureTest, CallsBehindAnInterruptionAreCounted) {
  options_.output = &interrupting_;
  ASSERT_THAT(Load("let count = 0;\n"
                   "exports['*'] = t => {\n"
                   "  if (t.event !== 'enter' && t.event !== 'probe' || ++count < 3) return;\n"
                   "  console.log('now');\n"
                   "  for (;;) {}\n"
                   "};\n"
                   "exports.cleanup = () => console.error(count);"),
              testing::IsOk());
  uint64_t calls = 0;
  recording_.Tell([&](const tools::LiveEvent& event) { calls += BeginsCall(event) ? 1 : 0; },
                  false);
  Tell();
  TakeErrors();
  EXPECT_GT(calls, 3u);
  EXPECT_EQ(script_->TakeDropped(), calls - 3);
  EXPECT_EQ(script_->TakeDropped(), 0u);
  script_->Cleanup();
  EXPECT_EQ(TakeErrors(), "3\n");
}

TEST_F(FailureTest, ASignalInterrupts) {
  ASSERT_THAT(Load("exports['foo::outer'] = t => {\n  for (;;) {}\n};"), testing::IsOk());
  signal(SIGALRM, [](int) { Script::Interrupt(); });
  // Again and again: the first one may come before the handler runs.
  itimerval often = {{0, 10000}, {0, 10000}}, never = {};
  setitimer(ITIMER_REAL, &often, nullptr);
  Tell();
  setitimer(ITIMER_REAL, &never, nullptr);
  EXPECT_TRUE(script_->interrupted());
  EXPECT_THAT(TakeErrors(), HasSubstr("interrupted"));
}

TEST_F(FailureTest, ATimerThatRunsAwayIsInterrupted) {
  options_.output = &interrupting_;
  ASSERT_THAT(Load("setImmediate(() => { console.log('now'); for (;;) {} });"), testing::IsOk());
  script_->RunTimers();
  EXPECT_TRUE(script_->interrupted());
  EXPECT_THAT(TakeErrors(), StartsWith(options_.path + ":1:"));
}

TEST_F(FailureTest, NothingIsInterruptedWhenNothingRuns) {
  ASSERT_THAT(Load("exports['foo::outer'] = t => console.log(t.event);"), testing::IsOk());
  Script::Interrupt();
  Tell();
  EXPECT_EQ(TakeOutput(), "enter\nreturn\n");
  EXPECT_FALSE(script_->interrupted());
}

TEST_F(FailureTest, LoadingIsInterrupted) {
  options_.output = &interrupting_;
  EXPECT_THAT(Load("console.log('now');\nfor (;;) {}"),
              testing::StatusIs(absl::StatusCode::kCancelled,
                                StartsWith(options_.path + ":1:9: interrupted")));
}

TEST_F(FailureTest, PromisesThatNeverEndAreInterrupted) {
  options_.output = &interrupting_;
  ASSERT_THAT(Load("let times = 0;\nexports['foo::outer'] = () => (function again() {\n"
                   "  Promise.resolve().then(again);\n  if (++times === 1000) console.log('now');\n"
                   "})();"),
              testing::IsOk());
  Tell();
  EXPECT_TRUE(script_->interrupted());
}

TEST_F(FailureTest, TooDeepRecursionIsAnErrorOfTheScript) {
  Run(R"(function deep(n) { return deep(n + 1) + 1; }
exports['foo::outer'] = () => deep(0);
exports['foo::bar::inner'] = () => { const a = []; let b = a; for (let i = 0; i < 1e5; ++i) b = [b];
                                     console.log(JSON.stringify(b).length); };
exports['bare'] = () => console.log('on');)");
  EXPECT_THAT(TakeErrors(), HasSubstr("InternalError: too much recursion"));
  EXPECT_EQ(script_->errors(), 4u);
}

TEST_F(FailureTest, TheHeapIsBounded) {
  options_.heap_bytes = size_t{64} << 20;
  const char* const greedy[] = {
      "kept.push({i: kept.length})",                       // objects
      "kept.push('x'.repeat(100000) + kept.length)",       // ropes
      "kept.push(new Uint8Array(1000000).fill(1))",        // buffers
      "kept.push(Array.from({length: 10000}, () => 1.5))"  // elements
  };
  for (const char* more : greedy) {
    rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    ASSERT_THAT(
        Load(absl::StrCat(
            "let kept = [];\nexports['foo::outer'] = t => {\n  for (; t.event === 'enter';) ", more,
            ";\n};\nexports.bare = () => { kept = []; console.log('on'); };")),
        testing::IsOk());
    Tell();
    getrusage(RUSAGE_SELF, &after);
    EXPECT_THAT(TakeErrors(), HasSubstr("out of memory")) << more;
    EXPECT_EQ(TakeOutput(), "on\n") << more;
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 300 * 1024) << more;
  }
}

TEST_F(FailureTest, AScriptThatGoesOnToHoldMoreEnds) {
  options_.heap_bytes = size_t{32} << 20;
  ASSERT_THAT(Load("const kept = [];\nexports['*'] = t => {\n  for (;;) kept.push([t]);\n};\n"
                   "exports.cleanup = () => console.log('never');"),
              testing::IsOk());
  for (int i = 0; i < 10; ++i) Tell();
  script_->Cleanup();
  EXPECT_TRUE(script_->exiting());
  EXPECT_EQ(script_->exit_status(), 1);
  EXPECT_EQ(TakeOutput(), "");
  EXPECT_THAT(TakeErrors(), HasSubstr("MiB, of 32 MiB that it may\n"));
}

// It starts, or says why not.
TEST_F(FailureTest, ASmallHeapIsNoCrash) {
  for (size_t bytes : {size_t{0}, size_t{1} << 10, size_t{1} << 20, size_t{4} << 20}) {
    options_.heap_bytes = bytes;
    absl::Status loaded = Load("exports['*'] = t => console.log(t.name);");
    if (loaded.ok()) {
      Tell();
      script_->Cleanup();
    } else {
      EXPECT_THAT(std::string(loaded.message()), Not(::testing::IsEmpty()));
    }
  }
}

TEST_F(FailureTest, ThereIsOneScriptAtATime) {
  ASSERT_THAT(Load(""), testing::IsOk());
  EXPECT_THAT(
      Script::Load(options_).status(),
      testing::StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another script")));
}

}  // namespace
}  // namespace omnitrace::attach
