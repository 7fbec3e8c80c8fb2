// The modules that the tool brings, and the scripts that commands run.
#include "tests/attach/script_test.h"
#include "tools/attach/embedded.h"

namespace omnitrace::attach {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class OwnModulesTest : public ScriptTest {};

TEST_F(OwnModulesTest, WhatSurroundsScriptsIsNoModule) {
  EXPECT_THAT(Load("require('omnitrace:environment/boot');"),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("Cannot find")));
  options_.path = "omnitrace:environment/boot";
  EXPECT_THAT(LoadFile(), testing::StatusIs(absl::StatusCode::kNotFound, HasSubstr("no such")));
}

TEST_F(OwnModulesTest, ScriptsMayUseTheReducers) {
  ASSERT_TRUE(EmbeddedSource("omnitrace.js").has_value());
  EXPECT_EQ(Run(R"(
const {Counts} = require('omnitrace');
const statuses = new Counts();
exports['request:end'] = trace => statuses.add(trace.status);
exports.cleanup = () => console.log(statuses.count, require('omnitrace').Counts === Counts);)"),
            "6 true\n");
}

TEST_F(OwnModulesTest, TheUsualScriptsRun) {
  ASSERT_TRUE(EmbeddedSource("omnitrace.js").has_value());
  for (const char* name : {"top", "hist", "rate", "latency"}) {
    options_.path = std::string("omnitrace:") + name;
    options_.arguments = {"shop::*"};
    ASSERT_THAT(LoadFile(), testing::IsOk()) << name;
    EXPECT_THAT(script_->patterns(), ::testing::ElementsAre("shop::*"));
    Tell();
    script_->Cleanup();
    EXPECT_THAT(TakeOutput(), Not(IsEmpty())) << name;
    EXPECT_THAT(TakeErrors(), IsEmpty()) << name;
  }
}

}  // namespace
}  // namespace omnitrace::attach
