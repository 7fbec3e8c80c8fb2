// The rules by which classes of libraries are read, as data: a class, how it is read, and the fields
// that this takes. The tables are in libstdcxx_shapes.cc, libcxx_shapes.cc and abseil_shapes.cc.
#ifndef OMNITRACE_PLUGIN_SHAPE_RULE_H_
#define OMNITRACE_PLUGIN_SHAPE_RULE_H_

#include <array>

#include "llvm/ADT/ArrayRef.h"

namespace omnitrace {

// The fields and numbers of a rule, in this order. An optional one is in brackets.
enum class Shape {
  kText,         // data pointer, length
  kSmallText,    // data pointer, length, bit that says these hold; else: length, characters inside
  kCountedText,  // data pointer; the length lies numbers[0] bytes before the data
  kRange,        // first element, end
  kCounted,      // data pointer, length
  kSpan,         // data pointer, [length, unless the second template argument is]
  kArray,        // the array
  kList,   // first node, [count], [sentinel]; next within a node, payload (before its alignment)
  kTree,   // leftmost node, count, [parent of the root]; left, right, parent within a node, payload
  kDeque,  // start: current, last, chunk; finish: current, first, chunk; bytes of a chunk, its
           // elements when they are larger, bytes from which on they are
  kMappedDeque,  // first chunk's place, index of the first element, count; numbers as of kDeque
  kHashTable,    // control bytes, slots, count, capacity; 1 when slots hold addresses
  kBits,         // first word, length in bits
  kBitRange,     // first word, last word, bits used of it
  kBitText,      // words
  kOptional,     // the bool, the value
  kExpected,     // the bool, the value or "" for void, the error
  kVariant,      // index, alternatives
  kTuple,        // what has the elements as bases of the class `part`
  kOwner,        // pointer, or what has it in its base `part`
  kShared,       // pointer, control block; use count in it: offset, size, what it lacks
  kWeak,         // as kShared: what it points to may be gone
  kReference,    // pointer to what may be gone
  kSame,         // the value that it is
  kView,         // the range under it; of all views of std::ranges
  kAtomic,       // the value; its type is the class' argument
  kComplex,      // the value
  kDuration,     // the count
  kTimePoint,    // the duration
  kErrorCode,    // value, category
  kErrorCategory,
  kPosition,   // pointer or iterator
  kException,  // pointer to the object
  kTarget,     // pointer to an object whose dynamic type says what is held
  kAny,        // manager, storage; `part`: the templates of managers that store inside, and
               // elsewhere, and their function
  kFunction,   // manager, storage; `part`: the template of managers, and its function
  kMessage,    // the text, [the code]: an exception of the library
  kMutex,      // the lock: 0 when it is free
};

struct ShapeRule {
  const char* names;  // of classes, qualified, without inline namespaces, separated by spaces
  Shape shape;
  std::array<const char*, 6> paths = {};  // of fields
  std::array<int, 4> numbers = {};
  const char* part = nullptr;  // of a position: what it is called; else see Shape
};

llvm::ArrayRef<ShapeRule> LibstdcxxShapes();
llvm::ArrayRef<ShapeRule> LibcxxShapes();
llvm::ArrayRef<ShapeRule> AbseilShapes();

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_SHAPE_RULE_H_
