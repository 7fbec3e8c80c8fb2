// Timers, promises, modules and process.
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/attach/script_test.h"

namespace omnitrace::attach {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class EnvironmentTest : public ScriptTest {
 protected:
  // Until there is none.
  void RunAllTimers() {
    for (; script_->NextTimer() != absl::InfiniteFuture() && !script_->exiting();) {
      absl::SleepFor(script_->NextTimer() - absl::Now());
      script_->RunTimers();
    }
  }
  std::string RunTimers(const std::string& source) {
    EXPECT_THAT(Load(source), testing::IsOk());
    RunAllTimers();
    return TakeOutput();
  }
};

TEST_F(EnvironmentTest, TimersRunInTheOrderInWhichTheyAreDue) {
  EXPECT_EQ(RunTimers(R"(
setImmediate((a, b) => console.log('now', a, b), 1, 2);
setTimeout(text => console.log(text), 200, 'late');
setTimeout(() => console.log('early'), 1);
clearTimeout(setTimeout(() => console.log('never'), 1));
let times = 0;
const repeated = setInterval(() => {
  console.log('again');
  if (++times === 2) clearInterval(repeated);
}, 201);
console.log('first');)"),
            "first\nnow 1 2\nearly\nlate\nagain\nagain\n");
  EXPECT_FALSE(script_->alive());
}

TEST_F(EnvironmentTest, ATimerThatSetsItselfAgainWaitsForTheNextRound) {
  ASSERT_THAT(Load("setImmediate(function f() { console.log('f'); setImmediate(f); });"),
              testing::IsOk());
  script_->RunTimers();
  EXPECT_EQ(TakeOutput(), "f\n");
  script_->RunTimers();
  EXPECT_EQ(TakeOutput(), "f\n");
  EXPECT_TRUE(script_->alive());
}

TEST_F(EnvironmentTest, WhatKeepsASessionAlive) {
  ASSERT_THAT(Load("console.log(1);"), testing::IsOk());
  EXPECT_FALSE(script_->alive());
  EXPECT_EQ(script_->NextTimer(), absl::InfiniteFuture());
  ASSERT_THAT(Load("setInterval(() => {}, 1000).unref();"), testing::IsOk());
  EXPECT_FALSE(script_->alive());
  EXPECT_LT(script_->NextTimer(), absl::Now() + absl::Seconds(1));
  ASSERT_THAT(Load("setTimeout(() => {}, 1000);"), testing::IsOk());
  EXPECT_TRUE(script_->alive());
  ASSERT_THAT(Load("exports.f = () => {};"), testing::IsOk());
  EXPECT_TRUE(script_->alive());
}

TEST_F(EnvironmentTest, PromisesSettleBetweenTimersAndBehindEvents) {
  EXPECT_EQ(RunTimers(R"(
setTimeout(() => { console.log(1); Promise.resolve().then(() => console.log(2)); }, 1);
setTimeout(() => console.log(3), 1);
queueMicrotask(() => console.log('micro'));
process.nextTick(text => console.log(text), 'tick');
(async () => { console.log('a'); await null; console.log('b'); })();
console.log('end');)"),
            "a\nend\nmicro\ntick\nb\n1\n2\n3\n");
  EXPECT_EQ(Run("exports['foo::outer'] = async t => { await null; console.log(t.event); };"),
            "enter\nreturn\n");
}

TEST_F(EnvironmentTest, ARejectionThatNobodyHandlesIsAnError) {
  ASSERT_THAT(Load(R"(Promise.reject(new Error('lost'));
Promise.reject(new Error('caught')).catch(() => {});
(async () => { throw new TypeError('async'); })();)"),
              testing::IsOk());
  std::string errors = TakeErrors();
  EXPECT_THAT(errors, HasSubstr("script.js:1:16: Error: lost\n"));
  EXPECT_THAT(errors, HasSubstr("script.js:3:22: TypeError: async\n"));
  EXPECT_THAT(errors, Not(HasSubstr("caught")));
}

TEST_F(EnvironmentTest, RequiresItsOwnFiles) {
  WriteFile("lib/shapes.js", R"(
exports.area = r => r * r;
exports.name = __filename.endsWith('/lib/shapes.js') && __dirname.endsWith('/lib');
exports.data = require('../data');)");
  WriteFile("data.json", R"({"list": [1, 2]})");
  WriteFile("folder/index.js", "console.log('once'); module.exports = class Folder {};");
  EXPECT_EQ(
      Run(R"(#!/usr/bin/env omnitrace
const {area, name, data} = require('./lib/shapes');
console.log(area(3), name, data, require('./data.json') === data);
console.log(require('./folder'), require('./folder/index.js') === require('./folder'));
console.log(typeof require, module.exports === exports, this === exports);
console.log(require.main === module);)"),
      "9 true { list: [ 1, 2 ] } true\nonce\n[class Folder] true\nfunction true true\ntrue\n");
}

TEST_F(EnvironmentTest, ModulesMayRequireEachOther) {
  WriteFile("a.js", "exports.early = 1; exports.b = require('./b'); exports.late = 2;");
  WriteFile("b.js", "const a = require('./a'); exports.seen = Object.keys(a).join();");
  EXPECT_EQ(Run("console.log(require('./a').b.seen, require('./a').late);"), "early 2\n");
}

TEST_F(EnvironmentTest, WhatIsMissingIsSaid) {
  EXPECT_THAT(
      Load("const a = 1;\n  require('./none');"),
      testing::StatusIs(absl::StatusCode::kInvalidArgument,
                        AllOf(HasSubstr("script.js:2:10: Error: Cannot find module './none'"))));
  EXPECT_THAT(Load("require('http').createServer();"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("in Node")));
  EXPECT_THAT(Load("require('node:fs');"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("in Node")));
  EXPECT_THAT(Load("require('lodash');"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("own files")));
  WriteFile("bad.json", "{");
  EXPECT_THAT(Load("require('./bad.json');"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("bad.json: JSON")));
  EXPECT_EQ(Run("try { require('./none'); } catch (e) { console.log(e.code); }"),
            "MODULE_NOT_FOUND\n");
}

TEST_F(EnvironmentTest, Process) {
  options_.arguments = {"one", "two é"};
  setenv("ATTACH_TEST", "value", 1);
  std::string output = Run(R"('use strict';
console.log(process.argv.slice(2), process.argv[1] === __filename, process.env.ATTACH_TEST);
try { process.env.ATTACH_TEST = 'other'; } catch (e) { console.log(e.name); }
process.stdout.write('no newline;'); process.stderr.write('to errors');
console.log(process.platform, process.stdout.isTTY, process.stdout.columns, process.uptime() >= 0);
console.log(typeof process.hrtime.bigint(), performance.now() >= 0, global === globalThis);)");
  EXPECT_EQ(output,
            "[ 'one', 'two é' ] true value\nTypeError\nno newline;linux false undefined true\n"
            "bigint true true\n");
  EXPECT_EQ(TakeErrors(), "to errors");
}

TEST_F(EnvironmentTest, ExitEndsEverything) {
  EXPECT_EQ(Run(R"(exports['foo::outer'] = t => {
                     console.log(t.event);
                     try { process.exit(3); } finally { console.log('never'); }
                   };
                   exports.cleanup = () => console.log('never');
                   setImmediate(() => console.log('never'));)"),
            "enter\n");
  script_->RunTimers();
  EXPECT_TRUE(script_->exiting());
  EXPECT_FALSE(script_->alive());
  EXPECT_EQ(script_->exit_status(), 3);
  EXPECT_EQ(TakeOutput() + TakeErrors(), "");
}

TEST_F(EnvironmentTest, ExitWhileLoadingIsNoError) {
  ASSERT_THAT(Load("console.log('bye'); process.exit(); console.log('never');"), testing::IsOk());
  EXPECT_TRUE(script_->exiting());
  EXPECT_EQ(script_->exit_status(), 0);
  EXPECT_EQ(TakeOutput(), "bye\n");
  ASSERT_THAT(Load("process.exitCode = 4;"), testing::IsOk());
  EXPECT_FALSE(script_->exiting());
  EXPECT_EQ(script_->exit_status(), 4);
}

TEST_F(EnvironmentTest, ModernLanguage) {
  EXPECT_EQ(Run(R"(
class Counter {
  #count = 0;
  static { this.made = 1; }
  add(n = 1) { this.#count += n; return this; }
  get value() { return this.#count; }
}
const {a, ...rest} = {a: 1, b: 2, c: 3};
console.log(new Counter().add().add(2).value, a, rest, [...'ab'], null ?? 5, ({}).x?.y, 2n ** 64n);
console.log([1, [2, [3]]].flat(Infinity).at(-1), Object.fromEntries([['k', 1]]),
            /(?<year>\d+)/.exec('in 1999').groups.year);
console.log(JSON.stringify({id: 2n ** 63n}));)"),
            "3 1 { b: 2, c: 3 } [ 'a', 'b' ] 5 undefined 18446744073709551616n\n"
            "3 { k: 1 } 1999\n{\"id\":\"9223372036854775808\"}\n");
}

TEST_F(EnvironmentTest, AScriptFromStandardInput) {
  std::string path = WriteFile("input.js", "console.log(__filename.endsWith('[stdin]'));\nnull.x;");
  ASSERT_NE(freopen(path.c_str(), "r", stdin), nullptr);
  options_.path = "-";
  EXPECT_THAT(LoadFile(), testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                            HasSubstr("[stdin]:2:1: TypeError")));
  EXPECT_EQ(TakeOutput(), "true\n");
}

}  // namespace
}  // namespace omnitrace::attach
