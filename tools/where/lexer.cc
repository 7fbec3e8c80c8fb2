#include "tools/where/lexer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "runtime/workspace/status_macros.h"
#include "tools/support/command_line.h"
#include "tools/support/utf8.h"
#include "tools/where/diagnostic.h"

namespace omnitrace::where {
namespace {

using Kind = Token::Kind;

// The first that fits is taken.
constexpr std::pair<absl::string_view, Kind> kSigns[] = {
    {"&&", Kind::kAnd},      {"||", Kind::kOr},          {"==", Kind::kEqual},
    {"!=", Kind::kNotEqual}, {"<=", Kind::kLessOrEqual}, {">=", Kind::kGreaterOrEqual},
    {"!", Kind::kNot},       {"<", Kind::kLess},         {">", Kind::kGreater},
    {"~", Kind::kMatches},   {"(", Kind::kOpen},         {")", Kind::kClose},
    {"[", Kind::kOpenIndex}, {"]", Kind::kCloseIndex},   {".", Kind::kDot},
};

constexpr std::pair<char, char> kEscapes[] = {
    {'a', '\a'}, {'b', '\b'}, {'f', '\f'},  {'n', '\n'},  {'r', '\r'}, {'t', '\t'},
    {'v', '\v'}, {'?', '?'},  {'\\', '\\'}, {'\'', '\''}, {'"', '"'},
};

bool StartsName(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool ContinuesName(char c) { return StartsName(c) || IsDigit(c); }

std::optional<Number> NumberOf(absl::string_view written) {
  bool negative = absl::ConsumePrefix(&written, "-");
  std::optional<Number> number = Number::Parse(written);
  if (!number.has_value()) {
    absl::StatusOr<uint64_t> time = tools::ParseTime(written);
    if (!time.ok()) return std::nullopt;
    number = Number::Integer(*time);
  } else if (!number->is_integer()) {
    // A literal is a double, as in C++: 0.1 is to equal a recorded 0.1.
    double real;
    if (absl::SimpleAtod(written, &real) && std::isfinite(real)) number = Number::Real(real);
  }
  return negative ? number->Negated() : number;
}

class Lexer {
 public:
  explicit Lexer(absl::string_view expression) : expression_(expression) {}

  absl::StatusOr<Token> Next() {
    while (!rest().empty() && absl::ascii_isspace(static_cast<unsigned char>(rest()[0]))) ++place_;
    Token token;
    token.place = place_;
    if (rest().empty()) return token;
    RETURN_IF_ERROR(Take(&token));
    token.written = expression_.substr(token.place, place_ - token.place);
    return token;
  }

 private:
  absl::string_view rest() const { return expression_.substr(place_); }
  char At(size_t offset) const { return offset < rest().size() ? rest()[offset] : '\0'; }
  absl::Status Error(size_t place, absl::string_view what) const {
    return ErrorAt(expression_, place, what);
  }

  absl::Status Take(Token* token) {
    char first = At(0);
    if (first == '"' || first == '\'') return TakeString(token);
    if (IsDigit(first) || (first == '-' && IsDigit(At(1)))) return TakeNumber(token);
    if (StartsName(first) || (absl::StartsWith(rest(), "::") && StartsName(At(2)))) {
      token->kind = Kind::kName;
      TakeName();
      return absl::OkStatus();
    }
    return TakeSign(token);
  }

  absl::Status TakeSign(Token* token) {
    for (const auto& [sign, kind] : kSigns) {
      if (!absl::StartsWith(rest(), sign)) continue;
      token->kind = kind;
      place_ += sign.size();
      return absl::OkStatus();
    }
    char first = At(0);
    if (first == '=' || first == '&' || first == '|') {
      std::string sign(1, first);
      return Error(place_, absl::StrCat("no `", sign, "` here; did you mean `", sign, sign, "`?"));
    }
    return Error(place_, absl::StrCat("unexpected `", tools::Escaped(rest().substr(0, 1)), "`"));
  }

  void TakeName() {
    do {
      if (At(0) == ':') place_ += 2;
      while (ContinuesName(At(0))) ++place_;
    } while (absl::StartsWith(rest(), "::") && StartsName(At(2)));
  }

  absl::Status TakeNumber(Token* token) {
    token->kind = Kind::kNumber;
    size_t start = place_++;
    while (ContinuesName(At(0)) || At(0) == '.' || IsSignOfExponent()) {
      ++place_;
    }
    absl::string_view written = expression_.substr(start, place_ - start);
    absl::string_view digits = absl::StripPrefix(written, "-");
    std::optional<Number> number = NumberOf(written);
    if (!number.has_value()) {
      return Error(start, absl::StrCat("`", tools::Escaped(written),
                                       "` is no number, nor a time such as 10us or 1.5ms"));
    }
    if (number->is_integer() && digits.size() > 1 && digits[0] == '0' && IsDigit(digits[1])) {
      return Error(start, "a number with a 0 before it: octal is not understood");
    }
    token->number = *number;
    return absl::OkStatus();
  }

  bool IsSignOfExponent() const {
    return (At(0) == '+' || At(0) == '-') &&
           absl::ascii_tolower(static_cast<unsigned char>(expression_[place_ - 1])) == 'e';
  }

  absl::Status TakeString(Token* token) {
    token->kind = Kind::kString;
    size_t start = place_;
    char quote = At(0);
    ++place_;
    while (!rest().empty() && At(0) != quote) {
      if (At(0) == '\\') {
        RETURN_IF_ERROR(TakeEscape(&token->text));
      } else {
        token->text += At(0);
        ++place_;
      }
    }
    if (rest().empty()) return Error(start, "the string has no end");
    ++place_;
    return absl::OkStatus();
  }

  absl::Status TakeEscape(std::string* text) {
    size_t start = place_++;
    char letter = At(0);
    for (const auto& [escape, meaning] : kEscapes) {
      if (escape != letter) continue;
      *text += meaning;
      ++place_;
      return absl::OkStatus();
    }
    uint32_t code = 0;
    if (letter >= '0' && letter <= '7') {
      if (TakeDigits(1, 3, 8, &code) && code < 0x100) {
        *text += static_cast<char>(code);
        return absl::OkStatus();
      }
    } else if (letter == 'x') {
      ++place_;
      if (TakeDigits(1, 2, 16, &code)) {
        *text += static_cast<char>(code);
        return absl::OkStatus();
      }
    } else if (letter == 'u' || letter == 'U') {
      ++place_;
      size_t digits = letter == 'u' ? 4 : 8;
      if (TakeDigits(digits, digits, 16, &code) && tools::AppendUtf8(code, text)) {
        return absl::OkStatus();
      }
    }
    return Error(start, "no escape of C++");
  }

  // False when there are fewer than `least` digits.
  bool TakeDigits(size_t least, size_t most, uint32_t base, uint32_t* number) {
    size_t count = 0;
    for (; count < most; ++count, ++place_) {
      static constexpr absl::string_view kDigits = "0123456789abcdef";
      size_t digit = kDigits.find(absl::ascii_tolower(static_cast<unsigned char>(At(0))));
      if (digit >= base) break;
      *number = *number * base + static_cast<uint32_t>(digit);
    }
    return count >= least;
  }

  const absl::string_view expression_;
  size_t place_ = 0;
};

}  // namespace

absl::StatusOr<std::vector<Token>> Tokens(absl::string_view expression) {
  Lexer lexer(expression);
  std::vector<Token> tokens;
  do {
    ASSIGN_OR_RETURN(Token token, lexer.Next());
    tokens.push_back(std::move(token));
  } while (tokens.back().kind != Kind::kEnd);
  return tokens;
}

}  // namespace omnitrace::where
