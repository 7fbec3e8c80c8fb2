#include "tools/where/operand.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "runtime/workspace/glob.h"
#include "tools/support/utf8.h"

namespace omnitrace::where {
namespace {

using workspace::Value;

constexpr std::string_view kNoCharacter = "\xef\xbf\xbd";  // U+FFFD

Relation RelationOf(std::partial_ordering order) {
  if (order < 0) return Relation::kLess;
  if (order > 0) return Relation::kGreater;
  return order == 0 ? Relation::kEqual : Relation::kDifferent;
}

Relation Reversed(Relation relation) {
  if (relation == Relation::kLess) return Relation::kGreater;
  return relation == Relation::kGreater ? Relation::kLess : relation;
}

KnownText TextOf(const Value& value) {
  KnownText text = {.head = value.text, .whole = !value.is_cut(), .size = value.text.size()};
  if (text.whole) return text;
  // Of wide text the code units are counted, and the last one may be half of a character.
  bool wide = value.held_units != 0;
  text.size = value.true_size;
  text.exact = !wide;
  if (wide && text.head.ends_with(kNoCharacter)) text.head.remove_suffix(kNoCharacter.size());
  return text;
}

// As far as the heads tell: a cut text goes on behind its head.
Relation RelationOf(const KnownText& a, const KnownText& b) {
  size_t common = std::min(a.head.size(), b.head.size());
  int order = a.head.substr(0, common).compare(b.head.substr(0, common));
  if (order != 0) return order < 0 ? Relation::kLess : Relation::kGreater;
  if (a.whole && b.whole) return RelationOf(a.head.size() <=> b.head.size());
  if (b.whole && a.head.size() >= b.head.size()) return Relation::kGreater;
  if (a.whole && b.head.size() >= a.head.size()) return Relation::kLess;
  bool differ = (a.exact && b.size > a.size) || (b.exact && a.size > b.size);
  return differ ? Relation::kDifferent : Relation::kUnknown;
}

// The scope of an unscoped enum has its enumerators, too.
bool IsEnumerator(const Value& value, std::string_view name) {
  if (value.text.empty()) return false;
  bool whole = name.starts_with("::");
  std::string tail = (whole ? "" : "::") + std::string(name);
  auto is_named = [&](const std::string& scope) {
    std::string full = absl::StrCat("::", scope, "::", value.text);
    return whole ? full == tail : absl::EndsWith(full, tail);
  };
  if (is_named(value.type)) return true;
  size_t colons = value.type.rfind("::");
  return !value.scoped && colons != std::string::npos && is_named(value.type.substr(0, colons));
}

std::string SpellingOf(const Value& character) {
  uint32_t code = static_cast<uint32_t>(character.number);
  bool wide = absl::StrContains(character.type, "wchar_t") ||
              absl::StrContains(character.type, "char16_t") ||
              absl::StrContains(character.type, "char32_t");
  std::string text;
  if (!wide && code < 0x100) return std::string(1, static_cast<char>(code));
  tools::AppendUtf8(code, &text);
  return text;
}

Relation RelationOf(const Value& symbol, const KnownText& text) {
  if (symbol.kind == Value::Kind::kCharacter) {
    std::string spelling = SpellingOf(symbol);
    return RelationOf(KnownText{.head = spelling, .size = spelling.size()}, text);
  }
  if (!text.whole) return Relation::kUnknown;
  return IsEnumerator(symbol, text.head) ? Relation::kEqual : Relation::kDifferent;
}

// What matches the head of a text, and will match however the text goes on.
bool MatchesHead(std::string_view globs, std::string_view head) {
  return AnyGlob(globs, [head](std::string_view glob) {
    bool open =
        glob.find('*') == std::string_view::npos ? head.size() > glob.size() : glob.ends_with("*");
    return open && OneGlobMatches(glob, head);
  });
}

}  // namespace

Operand Operand::Of(const Number& number) {
  Operand operand;
  operand.kind = Kind::kScalar;
  operand.number = number;
  return operand;
}

Operand Operand::Of(std::string_view text) {
  Operand operand;
  operand.kind = Kind::kScalar;
  operand.text = KnownText{.head = text, .size = text.size()};
  return operand;
}

Operand Operand::Of(const Value& outer) {
  Operand operand;
  if (outer.kind == Value::Kind::kVoid) return operand;
  operand.kind = outer.kind == Value::Kind::kNull ? Kind::kNull : Kind::kOther;
  const Value& value = LookedThrough(outer);
  switch (value.kind) {
    case Value::Kind::kBool:
    case Value::Kind::kUnsigned:
      return Of(Number::Integer(value.number));
    case Value::Kind::kSigned:
      return Of(Number::Signed(value.as_signed()));
    case Value::Kind::kDouble:
      return Of(Number::Parse(value.text).value_or(Number::Real(value.real)));
    case Value::Kind::kNumberText:
      if (auto number = Number::Parse(value.text)) return Of(*number);
      return Of(value.text);
    case Value::Kind::kEnum:
      operand = Of(Number::Signed(value.as_signed()));
      operand.symbol = &value;
      return operand;
    case Value::Kind::kCharacter:
      operand = Of(Number::Integer(value.number));
      operand.symbol = &value;
      return operand;
    case Value::Kind::kString:
      operand.kind = Kind::kScalar;
      operand.text = TextOf(value);
      return operand;
    case Value::Kind::kPointer:
    case Value::Kind::kFunctionPointer:
    case Value::Kind::kOpaque:
      operand = Of(Number::Integer(value.number));
      if (!value.text.empty())
        operand.text = KnownText{.head = value.text, .size = value.text.size()};
      return operand;
    default:
      return operand;
  }
}

bool Operand::Holds() const {
  if (kind == Kind::kMissing || kind == Kind::kNull) return false;
  return !number.has_value() || !number->IsZero();
}

Relation Compare(const Operand& a, const Operand& b) {
  using Kind = Operand::Kind;
  if (a.kind == Kind::kMissing || b.kind == Kind::kMissing) return Relation::kUnknown;
  if (a.kind == Kind::kNull || b.kind == Kind::kNull) {
    return a.kind == b.kind ? Relation::kEqual : Relation::kDifferent;
  }
  if (a.number && b.number) return RelationOf(Number::Compare(*a.number, *b.number));
  if (a.text && b.text) return RelationOf(*a.text, *b.text);
  if (a.symbol != nullptr && b.text) return RelationOf(*a.symbol, *b.text);
  if (b.symbol != nullptr && a.text) return Reversed(RelationOf(*b.symbol, *a.text));
  return Relation::kUnknown;
}

bool Matches(const Operand& operand, std::string_view globs) {
  if (operand.symbol != nullptr) {
    const Value& symbol = *operand.symbol;
    if (symbol.kind == Value::Kind::kCharacter) return GlobMatches(globs, SpellingOf(symbol));
    return !symbol.text.empty() &&
           (GlobMatches(globs, symbol.text) ||
            GlobMatches(globs, absl::StrCat(symbol.type, "::", symbol.text)));
  }
  if (!operand.text) return false;
  return operand.text->whole ? GlobMatches(globs, operand.text->head)
                             : MatchesHead(globs, operand.text->head);
}

const Value& LookedThrough(const Value& value) {
  const Value* inner = &value;
  while ((inner->kind == Value::Kind::kPointer || inner->kind == Value::Kind::kOptional) &&
         !inner->fields.empty()) {
    inner = &inner->fields[0].value;
  }
  return *inner;
}

}  // namespace omnitrace::where
