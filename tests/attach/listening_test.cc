// Which handlers get which events.
#include "tests/attach/script_test.h"

namespace omnitrace::attach {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

class ListeningTest : public ScriptTest {};

// The seed's own script, word for word.
constexpr char kDurations[] = R"(var m = {};

exports['request:start'] = function(trace){
  m[trace.id] = trace.timestamp;
};

exports['request:end'] = function(trace){
  var d = Date.now() - m[trace.id];
  console.log('%s -> %sms', trace.id, d);
};
)";

TEST_F(ListeningTest, TheFirstScriptEverRunsUnmodified) {
  EXPECT_THAT(Run(kDurations), MatchesRegex("1 -> -?[0-9]+ms\n2 -> -?[0-9]+ms\n3 -> -?[0-9]+ms\n"
                                            "4 -> -?[0-9]+ms\n5 -> -?[0-9]+ms\n6 -> -?[0-9]+ms\n"));
  EXPECT_THAT(script_->patterns(), ElementsAre("request:start", "request:end"));
  EXPECT_THAT(TakeErrors(), IsEmpty());
}

TEST_F(ListeningTest, AHistogramByStatus) {
  EXPECT_EQ(Run(R"(
exports.local = function(traces) {
  var counts = {};
  traces.on('request:end', function(trace) {
    counts[trace.status] = (counts[trace.status] || 0) + 1;
  });
  traces.on('cleanup', function() {
    var rows = Object.keys(counts).map(function(status) { return [status, counts[status]]; });
    rows.sort(function(a, b) { return b[1] - a[1]; });
    rows.forEach(function(row) {
      console.log('  %s | %s | %d', row[0], Array(row[1] * 4 + 1).join('#').padEnd(12), row[1]);
    });
  });
};
)"),
            "  404 | ############ | 3\n  200 | ########     | 2\n  500 | ####         | 1\n");
}

TEST_F(ListeningTest, AStarStandsForAnythingAndANameForItself) {
  auto heard = [this](const std::string& pattern) {
    return Run("const seen = new Set(); exports['" + pattern +
               "'] = t => seen.add(t.name);"
               "exports.cleanup = () => console.log([...seen].sort().join(' '));");
  };
  EXPECT_EQ(heard("foo*"), "foo::bar::inner foo::outer\n");
  EXPECT_EQ(heard("foo"), "\n");
  EXPECT_EQ(heard("foo::outer"), "foo::outer\n");
  EXPECT_EQ(heard("::foo::bar*"), "foo::bar::inner\n");
  EXPECT_EQ(heard("*:start"), "request:start\n");
  EXPECT_EQ(heard("request:*"), "request:end request:start\n");
  EXPECT_EQ(heard("f*o*r"), "foo::bar::inner foo::outer\n");
  EXPECT_EQ(heard("Foo*"), "\n");
}

TEST_F(ListeningTest, HandlersRunInTheOrderOfRegistration) {
  EXPECT_EQ(Run(R"(
exports.local = traces => {
  traces.on('foo::*', t => console.log(1, t.mark ??= 'mine'))
        .on('bare', t => console.log('bare'))
        .on('foo::outer', t => console.log(2, t.mark))
        .on('*outer', t => console.log(3, t.mark));
};)"),
            "1 mine\n2 mine\n3 mine\n1 mine\n2 mine\n3 mine\n1 mine\n1 mine\nbare\n");
  EXPECT_THAT(script_->patterns(), ElementsAre("foo::*", "bare", "foo::outer", "*outer"));
  EXPECT_TRUE(script_->ListensTo("foo::bar"));
  EXPECT_FALSE(script_->ListensTo("shop::stock"));
}

TEST_F(ListeningTest, PatternsMayComeLater) {
  EXPECT_EQ(Run(R"(
exports.local = traces => {
  traces.on('foo::outer', t => {
    if (t.event === 'enter') traces.on('request:end', t => console.log(t.status));
  });
};)"),
            "");
  EXPECT_THAT(script_->patterns(), ElementsAre("foo::outer", "request:end"));
  Tell();
  EXPECT_THAT(TakeOutput(), HasSubstr("404\n404\n200\n500\n404\n200\n"));
}

TEST_F(ListeningTest, OthersRunWhenOneThrows) {
  EXPECT_EQ(Run(R"(
exports.local = traces => {
  traces.on('foo::*', t => { t.seen = 1; });
  traces.on('foo::*', t => { throw new Error('no'); });
  traces.on('foo::*', t => console.log(t.name, t.seen));
};)"),
            "foo::outer 1\nfoo::outer 1\nfoo::bar::inner 1\nfoo::bar::inner 1\n");
  EXPECT_EQ(script_->errors(), 4u);
}

TEST_F(ListeningTest, CleanupRunsOnceAndAllOfIt) {
  ASSERT_THAT(Load(R"(
exports.local = traces => {
  traces.on('cleanup', () => console.log('first'));
  traces.on('cleanup', () => { throw new Error('second'); });
  traces.on('cleanup', () => { Promise.resolve().then(() => console.log('third')); });
};)"),
              testing::IsOk());
  EXPECT_THAT(script_->patterns(), IsEmpty());
  script_->Cleanup();
  script_->Cleanup();
  EXPECT_EQ(TakeOutput(), "first\nthird\n");
  EXPECT_THAT(TakeErrors(), HasSubstr("Error: second"));
}

TEST_F(ListeningTest, CodeForTheProcessIsRefused) {
  EXPECT_THAT(
      Load("exports.remote = function(traces) {};"),
      testing::StatusIs(absl::StatusCode::kInvalidArgument,
                        AllOf(HasSubstr("exports.remote"), HasSubstr("C++ process"),
                              HasSubstr("--where"), HasSubstr("--sample"), HasSubstr("--rate"))));
}

TEST_F(ListeningTest, WhatIsNoHandlerIsSaid) {
  EXPECT_THAT(Load("exports.local = traces => traces.on('foo::*');"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument,
                                HasSubstr("the handler of 'foo::*' is not a function")));
  EXPECT_THAT(Load("exports.local = 3;"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("exports.local")));
}

TEST_F(ListeningTest, TheWholeOfTheExportsMayBeReplaced) {
  EXPECT_EQ(Run("module.exports = {'foo::outer': t => console.log(t.event)};"), "enter\nreturn\n");
}

}  // namespace
}  // namespace omnitrace::attach
