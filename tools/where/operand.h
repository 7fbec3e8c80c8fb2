// What a comparison compares: the scalar that is left of a value, of a literal, or of a field of
// the call.
#ifndef OMNITRACE_TOOLS_WHERE_OPERAND_H_
#define OMNITRACE_TOOLS_WHERE_OPERAND_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/workspace/value.h"
#include "tools/where/number.h"

namespace omnitrace::where {

// A text of which only the head may be known.
struct KnownText {
  std::string_view head;
  bool whole = true;
  uint64_t size = 0;  // of all of it, in bytes; when not `exact`, at least so many
  bool exact = true;
};

struct Operand {
  enum class Kind {
    kMissing,  // there is no such thing in this call
    kNull,
    kScalar,  // a number, a text, or both
    kOther,   // there, but nothing that compares: a structure, something unreadable
  };

  Kind kind = Kind::kMissing;
  std::optional<Number> number;
  std::optional<KnownText> text;  // lies elsewhere
  // An enumerator or a character: `number` has a spelling.
  const workspace::Value* symbol = nullptr;

  static Operand Of(const Number& number);
  static Operand Of(std::string_view text);
  // `value` must outlive it.
  static Operand Of(const workspace::Value& value);

  // On its own as a condition: there, and not null, false or 0.
  bool Holds() const;
};

enum class Relation {
  kUnknown,  // one is missing or not known far enough, or the two do not compare
  kLess,
  kEqual,
  kGreater,
  kDifferent,  // not equal, and in no order
};
Relation Compare(const Operand& a, const Operand& b);

// Whether one of the globs (a list as --name takes it) matches the text, or the spelling.
bool Matches(const Operand& operand, std::string_view globs);

// The value itself, or what it points to or holds, however many pointers, smart pointers and
// optionals there are around it.
const workspace::Value& LookedThrough(const workspace::Value& value);

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_OPERAND_H_
