#include "runtime/workspace/scoped_name.h"

#include <gtest/gtest.h>

#include <string>

#include "runtime/workspace/glob.h"

namespace omnitrace {
namespace {

std::string Whole(const ScopedName& name) {
  std::string text;
  name.PutTo([&text](std::string_view piece) { text += piece; });
  return text;
}

TEST(ScopedNameTest, IsItsPiecesWithColonsBetweenThem) {
  EXPECT_EQ(Whole({"foo::Box<int>", "put"}), "foo::Box<int>::put");
  EXPECT_EQ(Whole({"", "main"}), "main");
}

TEST(ScopedNameTest, HasTheCharactersOfTheWhole) {
  for (ScopedName name : {ScopedName("foo::Box<int>", "put"), ScopedName("", "main")}) {
    std::string text = Whole(name), characters;
    ASSERT_EQ(name.size(), text.size());
    for (size_t i = 0; i < name.size(); ++i) characters += name[i];
    EXPECT_EQ(characters, text);
  }
}

TEST(ScopedNameTest, IsMatchedByGlobsAsTheWholeIs) {
  std::string text = "foo::Box<int>::put";
  const ScopedName names[] = {{"foo::Box<int>", "put"}, {"foo", "Box<int>::put"}};
  for (const char* glob : {"foo", "::foo", "foo::Box", "foo::Box<int>::put", "*put", "foo::*::p*t",
                           "fo", "foo::", "foo:", "foo::Bo", "foo::Box<int>::puts", "put", "*Box"}) {
    for (const ScopedName& name : names)
      EXPECT_EQ(OneGlobMatches(glob, name), OneGlobMatches(glob, text)) << glob;
  }
  EXPECT_TRUE(GlobMatches("bar,foo::Box", names[0]));
  EXPECT_FALSE(GlobMatches("bar,foo::Bo", names[0]));
}

}  // namespace
}  // namespace omnitrace
