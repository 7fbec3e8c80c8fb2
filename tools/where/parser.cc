#include "tools/where/parser.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/workspace/status_macros.h"
#include "tools/support/command_line.h"
#include "tools/support/utf8.h"
#include "tools/where/diagnostic.h"
#include "tools/where/lexer.h"

namespace omnitrace::where {
namespace {

using Kind = Token::Kind;
using Instruction = Expression::Instruction;

constexpr std::pair<Kind, Comparison::Kind> kComparisons[] = {
    {Kind::kEqual, Comparison::Kind::kEqual},
    {Kind::kNotEqual, Comparison::Kind::kNotEqual},
    {Kind::kLess, Comparison::Kind::kLess},
    {Kind::kLessOrEqual, Comparison::Kind::kLessOrEqual},
    {Kind::kGreater, Comparison::Kind::kGreater},
    {Kind::kGreaterOrEqual, Comparison::Kind::kGreaterOrEqual},
    {Kind::kMatches, Comparison::Kind::kMatches},
};

std::optional<Term> Constant(absl::string_view name) {
  if (name == "true") return Number::Integer(1);
  if (name == "false") return Number::Integer(0);
  if (name == "null" || name == "nullptr" || name == "nullopt") return Null();
  return std::nullopt;
}

const RootName* FindRoot(absl::string_view name) {
  absl::Span<const RootName> names = RootNames();
  auto found = std::find_if(names.begin(), names.end(),
                            [name](const RootName& root) { return root.name == name; });
  return found == names.end() ? nullptr : found;
}

// By descent; only parentheses recurse.
class Parser {
 public:
  Parser(absl::string_view expression, std::vector<Token> tokens)
      : expression_(expression), tokens_(std::move(tokens)) {}

  absl::StatusOr<Expression> Parse() {
    RETURN_IF_ERROR(ParseAlternatives());
    if (token().kind != Kind::kEnd) return Unexpected("`&&`, `||` or the end");
    return Expression(std::move(comparisons_), std::move(instructions_));
  }

 private:
  const Token& token() const { return tokens_[next_]; }
  bool Take(Kind kind) {
    if (token().kind != kind) return false;
    ++next_;
    return true;
  }
  absl::Status Error(const Token& at, absl::string_view what) const {
    return ErrorAt(expression_, at.place, what);
  }
  absl::Status Unexpected(absl::string_view expected) const {
    std::string found = token().kind == Kind::kEnd
                            ? "the end"
                            : absl::StrCat("`", tools::Escaped(token().written), "`");
    return Error(token(), absl::StrCat("expected ", expected, ", not ", found));
  }

  size_t Emit(Instruction::Kind kind, size_t number = 0) {
    instructions_.push_back({kind, number});
    return instructions_.size() - 1;
  }
  void SkipToHere(size_t skip) { instructions_[skip].number = instructions_.size(); }

  // a || b || c
  absl::Status ParseAlternatives() {
    RETURN_IF_ERROR(ParseConjunction());
    while (Take(Kind::kOr)) {
      size_t skip = Emit(Instruction::Kind::kSkipIfTrue);
      RETURN_IF_ERROR(ParseConjunction());
      SkipToHere(skip);
    }
    return absl::OkStatus();
  }

  absl::Status ParseConjunction() {
    RETURN_IF_ERROR(ParseCondition());
    while (Take(Kind::kAnd)) {
      size_t skip = Emit(Instruction::Kind::kSkipIfFalse);
      RETURN_IF_ERROR(ParseCondition());
      SkipToHere(skip);
    }
    return absl::OkStatus();
  }

  absl::Status ParseCondition() {
    size_t negations = 0;
    while (Take(Kind::kNot)) ++negations;
    if (token().kind == Kind::kOpen) {
      RETURN_IF_ERROR(ParseParentheses());
    } else {
      RETURN_IF_ERROR(ParseComparison(negations > 0));
    }
    if (negations % 2 != 0) Emit(Instruction::Kind::kNot);
    return absl::OkStatus();
  }

  absl::Status ParseParentheses() {
    if (++parentheses_ > kMostParentheses) {
      return Error(token(),
                   absl::StrCat("more than ", kMostParentheses, " parentheses inside each other"));
    }
    Take(Kind::kOpen);
    RETURN_IF_ERROR(ParseAlternatives());
    if (!Take(Kind::kClose)) return Unexpected("`&&`, `||` or `)`");
    --parentheses_;
    return absl::OkStatus();
  }

  absl::Status ParseComparison(bool negated) {
    Token first = token();
    Comparison comparison;
    ASSIGN_OR_RETURN(comparison.left, ParseTerm());
    Token sign = token();
    if (std::optional<Comparison::Kind> kind = TakeComparison()) {
      if (negated) {
        return Error(sign, "`!` is about one value or a condition in parentheses: !(a == b)");
      }
      comparison.kind = *kind;
      ASSIGN_OR_RETURN(comparison.right, ParseRight(*kind));
      Token next = token();
      if (TakeComparison()) return Error(next, "comparisons are joined by `&&`, not chained");
    } else if (std::holds_alternative<Null>(comparison.left) ||
               std::holds_alternative<std::string>(comparison.left) ||
               first.kind == Kind::kNumber) {
      return Unexpected("a comparison");
    }
    Emit(Instruction::Kind::kCompare, comparisons_.size());
    comparisons_.push_back(std::move(comparison));
    return absl::OkStatus();
  }

  std::optional<Comparison::Kind> TakeComparison() {
    for (auto [sign, kind] : kComparisons) {
      if (Take(sign)) return kind;
    }
    return std::nullopt;
  }

  // Here any name that means nothing else is an enumerator's.
  absl::StatusOr<Term> ParseRight(Comparison::Kind kind) {
    const Token& right = token();
    if (kind == Comparison::Kind::kMatches && right.kind != Kind::kString) {
      return Unexpected("a string of globs such as 'foo::*'");
    }
    bool names_symbol = right.kind == Kind::kName && !Constant(right.written) &&
                        FindRoot(right.written) == nullptr && right.written != "size";
    if (!names_symbol) return ParseTerm();
    if (kind != Comparison::Kind::kEqual && kind != Comparison::Kind::kNotEqual) {
      return Error(right, "the name of an enumerator is equal or not; it has no order");
    }
    ++next_;
    return std::string(right.written);
  }

  absl::StatusOr<Term> ParseTerm() {
    const Token& first = token();
    if (Take(Kind::kNumber)) return first.number;
    if (Take(Kind::kString)) return first.text;
    if (first.kind != Kind::kName) return Unexpected("a value");
    if (std::optional<Term> constant = Constant(first.written)) {
      ++next_;
      return *std::move(constant);
    }
    if (first.written == "size") return ParseSize();
    ASSIGN_OR_RETURN(Path path, ParsePath());
    return path;
  }

  absl::StatusOr<Term> ParseSize() {
    ++next_;
    if (!Take(Kind::kOpen)) return Unexpected("`(` and a path such as args.NAME");
    const Token& first = token();
    SizeOf size;
    ASSIGN_OR_RETURN(size.path, ParsePath());
    if (FindRoot(first.written)->steps == RootName::Steps::kNone) {
      return Error(first, "size takes a value such as args.NAME or return");
    }
    if (!Take(Kind::kClose)) return Unexpected("`)`");
    return size;
  }

  absl::StatusOr<Path> ParsePath() {
    const Token& first = token();
    if (first.kind != Kind::kName) return Unexpected("a path such as args.NAME");
    const RootName* root = FindRoot(first.written);
    if (root == nullptr) return UnknownName(first);
    ++next_;
    Path path = {.root = root->root, .steps = {}};
    while (token().kind == Kind::kDot || token().kind == Kind::kOpenIndex) {
      if (root->steps == RootName::Steps::kNone) {
        return Error(token(), absl::StrCat("`", root->name, "` has no parts"));
      }
      ASSIGN_OR_RETURN(Step step, ParseStep());
      path.steps.push_back(std::move(step));
    }
    if (root->steps == RootName::Steps::kNeeded && path.steps.empty()) {
      return Unexpected(absl::StrCat("`.` and a name: ", root->name, ".NAME"));
    }
    return path;
  }

  absl::StatusOr<Step> ParseStep() {
    if (Take(Kind::kDot)) {
      const Token& name = token();
      if (name.kind != Kind::kName || absl::StrContains(name.written, "::")) {
        return Unexpected("a name");
      }
      ++next_;
      return Step{.name = std::string(name.written), .index = {}};
    }
    Take(Kind::kOpenIndex);
    const Token& key = token();
    Step step;
    if (Take(Kind::kString)) {
      step.name = key.text;
    } else if (Take(Kind::kNumber)) {
      step.index = key.number;
    } else {
      return Unexpected("an index or a key such as \"k\"");
    }
    if (!Take(Kind::kCloseIndex)) return Unexpected("`]`");
    return step;
  }

  absl::Status UnknownName(const Token& name) const {
    std::vector<absl::string_view> known = {"size", "true", "false", "null"};
    for (const RootName& root : RootNames()) known.push_back(root.name);
    absl::string_view closest = tools::ClosestName(name.written, known);
    std::string written = tools::Escaped(name.written);
    std::string hint = closest.empty() ? absl::StrCat("an argument is args.", written)
                                       : absl::StrCat("did you mean `", closest, "`?");
    return Error(name, absl::StrCat("unknown name `", written, "`; ", hint));
  }

  const absl::string_view expression_;
  const std::vector<Token> tokens_;  // the last one is the end
  size_t next_ = 0;
  size_t parentheses_ = 0;
  std::vector<Comparison> comparisons_;
  std::vector<Instruction> instructions_;
};

}  // namespace

absl::StatusOr<Expression> Parse(absl::string_view expression) {
  if (expression.size() > kMostBytes) {
    return ErrorAt(expression, kMostBytes, absl::StrCat("longer than ", kMostBytes, " bytes"));
  }
  ASSIGN_OR_RETURN(std::vector<Token> tokens, Tokens(expression));
  return Parser(expression, std::move(tokens)).Parse();
}

absl::Status Check(absl::string_view expression) { return Parse(expression).status(); }

}  // namespace omnitrace::where
