// Whatever the text of an expression, it is understood or refused with a caret. The seed is in the
// test's name.
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/where/recorded_call.h"
#include "tools/where/parser.h"

namespace omnitrace::where {
namespace {

using omnitrace::testing::Signed;
using omnitrace::testing::Text;
using omnitrace::testing::WorkspaceBuilder;
using ::testing::EndsWith;

constexpr int kTexts = 20'000;

const std::string kPieces[] = {"args",
                               ".",
                               "n",
                               "[",
                               "]",
                               "0",
                               "\"k\"",
                               "'",
                               "\"",
                               "\\",
                               "\\x4",
                               "this",
                               "size",
                               "(",
                               ")",
                               "return",
                               "thrown",
                               "type",
                               "changed",
                               "name",
                               "depth",
                               "&&",
                               "||",
                               "!",
                               "==",
                               "!=",
                               "<",
                               "<=",
                               ">",
                               ">=",
                               "~",
                               "-",
                               "1e",
                               "9999999999999999999999",
                               "0x",
                               "1.5ms",
                               "null",
                               "true",
                               "Coin::q",
                               "::",
                               "\xff",
                               "é",
                               " ",
                               "\n",
                               "args.s",
                               "args.n == 1",
                               "args.s ~ 'a*'",
                               "size(args.s)",
                               "'\\u12",
                               "=",
                               "&"};

class RandomText {
 public:
  explicit RandomText(uint32_t seed) : random_(seed) {}

  std::string Next() {
    std::string text;
    for (size_t pieces = Below(24); pieces > 0; --pieces) {
      text += kPieces[Below(std::size(kPieces))];
      if (Below(2) == 0) text += ' ';
    }
    for (size_t changes = Below(3); changes > 0 && !text.empty(); --changes) {
      text[Below(text.size())] = static_cast<char>(Below(256));
    }
    return text;
  }

 private:
  size_t Below(size_t limit) { return random_() % limit; }

  std::mt19937_64 random_;
};

class RandomTextTest : public ::testing::TestWithParam<uint32_t> {};

TEST_P(RandomTextTest, IsUnderstoodOrRefused) {
  WorkspaceBuilder builder;
  uint32_t f = builder.AddFunction("f", {{"n", builder.Int()}, {"s", builder.String()}});
  builder.Enter(builder.AddThread("main"), f, {Signed(1), Text("abc", 9)});
  builder.Throw(1, "i", "what");
  RecordedCall call(builder);
  RandomText texts(GetParam());
  int understood = 0;
  for (int i = 0; i < kTexts; ++i) {
    std::string text = texts.Next();
    SCOPED_TRACE(text);
    absl::StatusOr<Expression> parsed = Parse(text);
    if (parsed.ok()) {
      ++understood;
      call.Meets(text);
    } else {
      EXPECT_THAT(std::string(parsed.status().message()), EndsWith("^"));
    }
  }
  EXPECT_GT(understood, kTexts / 1000);
  EXPECT_TRUE(call.damage().ok()) << call.damage();
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomTextTest, ::testing::Range(1u, 6u));

}  // namespace
}  // namespace omnitrace::where
