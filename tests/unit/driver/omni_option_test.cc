#include "tools/driver/omni_option.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace omnitrace::driver {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Translated(absl::string_view argument) {
  absl::StatusOr<std::string> result = ToPluginArgument(argument);
  return result.ok() ? *result : "";
}

std::string Error(absl::string_view argument) {
  return std::string(ToPluginArgument(argument).status().message());
}

TEST(OmniOption, RecognisesOursOnly) {
  EXPECT_TRUE(IsOmniOption("-fomni-ns=foo"));
  EXPECT_TRUE(IsOmniOption("-fomni"));
  EXPECT_FALSE(IsOmniOption("-fomit-frame-pointer"));
  EXPECT_FALSE(IsOmniOption("fomni-ns=foo"));
}

TEST(OmniOption, TranslatesEveryOption) {
  EXPECT_EQ(Translated("-fomni-ns=foo,::main,b*::c"), "-fplugin-arg-omnitrace-ns=foo,::main,b*::c");
  EXPECT_EQ(Translated("-fomni-exclude=*::detail"), "-fplugin-arg-omnitrace-exclude=*::detail");
  EXPECT_EQ(Translated("-fomni-min-lines=3"), "-fplugin-arg-omnitrace-min-lines=3");
  EXPECT_EQ(Translated("-fomni-explain"), "-fplugin-arg-omnitrace-explain");
  EXPECT_EQ(Translated("-fomni-start=standby"), "-fplugin-arg-omnitrace-start=standby");
}

TEST(OmniOption, SuggestsTheNearestName) {
  EXPECT_THAT(Error("-fomni-nz=foo"), HasSubstr("did you mean '-fomni-ns'?"));
  EXPECT_THAT(Error("-fomni-exlude=foo"), HasSubstr("did you mean '-fomni-exclude'?"));
  EXPECT_THAT(Error("-fomni-minlines=3"), HasSubstr("did you mean '-fomni-min-lines'?"));
}

TEST(OmniOption, NamesTheHelpWhenNothingIsNear) {
  EXPECT_THAT(Error("-fomni-frobnicate"),
              AllOf(HasSubstr("unknown option '-fomni-frobnicate'"), HasSubstr("-fomni-help"),
                    Not(HasSubstr("did you mean"))));
  EXPECT_THAT(Error("-fomni"), HasSubstr("-fomni-help"));
}

TEST(OmniOption, RefusesMissingAndSurplusValues) {
  EXPECT_THAT(Error("-fomni-ns="), HasSubstr("expected -fomni-ns=LIST"));
  EXPECT_THAT(Error("-fomni-ns"), HasSubstr("expected -fomni-ns=LIST"));
  EXPECT_THAT(Error("-fomni-explain=yes"), HasSubstr("takes no value"));
}

TEST(OmniOption, RefusesMalformedValues) {
  EXPECT_THAT(Error("-fomni-min-lines=few"), HasSubstr("a number of lines"));
  EXPECT_THAT(Error("-fomni-min-lines=-1"), HasSubstr("a number of lines"));
  EXPECT_THAT(Error("-fomni-start=now"), HasSubstr("record or standby"));
  EXPECT_THAT(Error("-fomni-inner=f"), HasSubstr("not yet available"));
}

class MalformedGlob : public testing::TestWithParam<const char*> {};

TEST_P(MalformedGlob, IsRefused) {
  EXPECT_THAT(Error(std::string("-fomni-ns=") + GetParam()), HasSubstr("malformed glob"));
}

INSTANTIATE_TEST_SUITE_P(OmniOption, MalformedGlob,
                         testing::Values("foo:bar", "foo:::bar", "foo::", "a,,b", ",a", "a,",
                                         "foo bar", "f()", "a:b:c"));

TEST(OmniOption, HelpNamesEveryOption) {
  for (const char* name : {"-fomni-ns=LIST", "-fomni-exclude=LIST", "-fomni-min-lines=N",
                           "-fomni-explain", "-fomni-start=record|standby", "-fomni-help"}) {
    EXPECT_THAT(OmniHelp(), HasSubstr(name));
  }
}

}  // namespace
}  // namespace omnitrace::driver
