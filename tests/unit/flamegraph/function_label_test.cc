#include "tools/flamegraph/function_label.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace omnitrace::flamegraph {
namespace {

TEST(ShortName, IsTheLastPartWithoutTemplateArguments) {
  EXPECT_EQ(ShortName("main"), "main");
  EXPECT_EQ(ShortName("foo::Bar::run"), "run");
  EXPECT_EQ(ShortName("foo::Bar<std::pair<a::B, c::D>>::run<e::F>"), "run");
  EXPECT_EQ(ShortName("foo::Shift<(1>2)>::go"), "go");
  EXPECT_EQ(ShortName("foo::Bar::~Bar"), "~Bar");
  EXPECT_EQ(ShortName("foo::(anonymous namespace)::helper"), "helper");
  EXPECT_EQ(ShortName(""), "");
}

TEST(ShortName, KeepsTheClassWhereTheLastPartSaysNothing) {
  EXPECT_EQ(ShortName("foo::Bar::operator<"), "Bar::operator<");
  EXPECT_EQ(ShortName("foo::Bar::operator()"), "Bar::operator()");
  EXPECT_EQ(ShortName("foo::Bar::operator std::string"), "Bar::operator std::string");
  EXPECT_EQ(ShortName("foo::lam::(lambda 12:9)"), "lam::(lambda 12:9)");
  EXPECT_EQ(ShortName("foo::operators"), "operators");
}

TEST(SplitName, DividesAtTheLastColons) {
  EXPECT_EQ(SplitName("foo::Bar<a::B>::run").scope, "foo::Bar<a::B>");
  EXPECT_EQ(SplitName("foo::Bar::operator std::string").scope, "foo::Bar");
  EXPECT_EQ(SplitName("main").scope, "");
}

TEST(PlainName, LeavesTemplateArgumentsOut) {
  EXPECT_EQ(PlainName("main"), "main");
  EXPECT_EQ(PlainName("foo::Bar<a::B, C<int>>::run<(1 > 2)>::go"), "foo::Bar::run::go");
  EXPECT_EQ(PlainName("foo::Bar<int>::operator<<"), "foo::Bar::operator<<");
  EXPECT_EQ(PlainName("foo::Bar<int>::operator()"), "foo::Bar::operator()");
  EXPECT_EQ(PlainName("foo<"), "foo");
}

TEST(ColourOf, IsStableAndNeverRed) {
  EXPECT_EQ(ColourOf("foo::run").hue, ColourOf("foo::run").hue);
  for (char c = 'a'; c <= 'z'; ++c) {
    Colour colour = ColourOf(std::string("foo::") + c + "::run");
    EXPECT_GE(colour.hue, 55);
    EXPECT_LE(colour.hue, 335);
    EXPECT_LE(std::abs(colour.tone), 1);
  }
}

}  // namespace
}  // namespace omnitrace::flamegraph
