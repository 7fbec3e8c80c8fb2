#include "tools/support/utf8.h"

#include "gtest/gtest.h"

namespace omnitrace::tools {
namespace {

TEST(Utf8Test, TellsTextFromBytes) {
  for (const char* good : {"", "plain", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"}) {
    EXPECT_TRUE(IsUtf8(good)) << Escaped(good);
  }
  for (const char* bad : {"\xff", "\x80", "a\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                          "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82"}) {
    EXPECT_FALSE(IsUtf8(bad)) << Escaped(bad);
  }
}

TEST(Utf8Test, DropsOnlyTheCharacterThatACutDivided) {
  EXPECT_EQ(WithoutCutCharacter("a\xe2\x82"), "a");
  EXPECT_EQ(WithoutCutCharacter("a\xf0\x9f\x98"), "a");
  EXPECT_EQ(WithoutCutCharacter("a\xe2\x82\xac"), "a\xe2\x82\xac");
  EXPECT_EQ(WithoutCutCharacter("abc"), "abc");
  EXPECT_EQ(WithoutCutCharacter("a\xff"), "a\xff");
  EXPECT_EQ(WithoutCutCharacter(""), "");
}

TEST(Utf8Test, EncodesWhatUnicodeHas) {
  std::string text;
  for (uint32_t code : {0x41u, 0xe9u, 0x20acu, 0x1f600u}) EXPECT_TRUE(AppendUtf8(code, &text));
  EXPECT_EQ(text, "A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80");
  EXPECT_FALSE(AppendUtf8(0xd800, &text));
  EXPECT_FALSE(AppendUtf8(0x110000, &text));
}

TEST(Utf8Test, EscapesWhatCouldHarmATerminal) {
  EXPECT_EQ(Escaped("a\n\t\x1b[31m\x7f"), "a\\n\\t\\x1b[31m\\x7f");
  EXPECT_EQ(Escaped(absl::string_view("\0", 1)), "\\0");
  EXPECT_EQ(Escaped("\xc2\x9b"), "\\u009b");      // a control sequence in one character
  EXPECT_EQ(Escaped("\xe2\x80\xae"), "\\u202e");  // right to left from here
  EXPECT_EQ(Escaped("\xff\xc3\xa9"), "\\xff\xc3\xa9");
  EXPECT_EQ(Escaped("say \"a\\b\"", "\\\""), "say \\\"a\\\\b\\\"");
}

}  // namespace
}  // namespace omnitrace::tools
