// A recorded value, as the reader understands it. The writer never builds one: it copies bytes.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_VALUE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_VALUE_H_

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace omnitrace::workspace {

struct Field;

// A closed sum: `kind` says which of the other members mean something.
struct Value {
  enum class Kind {
    kVoid,
    kNull,        // a null pointer (`text` is "nullptr") or an empty optional ("nullopt")
    kBool,        // number
    kSigned,      // number
    kUnsigned,    // number
    kDouble,      // real; `text` too when a double does not hold it (long double)
    kNumberText,  // text: __int128, NaN, infinities, long double beyond double
    kCharacter,   // number: the code unit; `type` tells its width
    kEnum,        // text: the enumerator "nickel", "" when invalid; number; type; scoped
    kString,    // text: the bytes as recorded (not necessarily UTF-8; wide ones converted to UTF-8)
    kSequence,  // fields without names
    kMap,       // fields in pairs: key, value, key, value
    kRecord,    // fields with names: struct, class
    kTuple,     // fields without names
    kPointer,   // number: the address; fields: empty, or one: the object it points to
    kFunctionPointer,  // number: the address; text: the name when known
    kOptional,         // one field
    kOpaque,           // number: the address; type
    kUnreadable,       // number: the address that could not be read
    kCut,              // no budget was left: type
    kComplex,          // two fields
    kLabelled,         // text: what is said of the one field: "unexpected", "filter_view"
    kTypeName,         // text: the mangled name of a class that an object was found to be of
  };

  Kind kind = Kind::kVoid;
  bool scoped = false;            // kEnum: `enum class`
  bool escaped = false;           // kString: `text` has escapes, for units that are no characters
  bool dynamic = false;           // kRecord: `type` is another one than the code says
  bool torn = false;              // kSequence, kMap: its links lead elsewhere than its size says
  bool overlaps_address = false;  // shares its bytes with a pointer, in a union
  bool is_unsigned = false;       // kEnum: `number` is not in two's complement
  bool smart = false;             // kPointer: a smart pointer, of `type`
  int64_t uses = -1;              // kPointer: the owners of the object, when known
  uint64_t number = 0;            // signed kinds: two's complement
  double real = 0;
  uint64_t true_size = 0;  // kString, kSequence, kMap: elements in the program; more than held: cut
  uint64_t held_units = 0;  // kString from wide characters: code units in `text`
  std::string text;
  std::string type;  // the C++ type's name where `kind` says so; else may be empty
  std::vector<Field> fields;

  int64_t as_signed() const { return static_cast<int64_t>(number); }
  bool is_cut() const;  // kString, kSequence, kMap hold less than true_size
};

struct Field {
  std::string name;
  Value value;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_VALUE_H_
