// A comparison of a rule, made ready for the calls of one function. It refers to nothing of the
// object that the function is in, which may be unloaded meanwhile.
#ifndef OMNITRACE_RUNTIME_RECORDING_ARGUMENT_TEST_H_
#define OMNITRACE_RUNTIME_RECORDING_ARGUMENT_TEST_H_

#include <cstdint>
#include <string_view>

#include "runtime/recording/rule_parser.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

struct ThreadLog;

struct ArgumentTest {
  enum class Kind : uint8_t {
    kNever,    // holds for no call
    kInteger,  // an integer, bool, character or enumerator, with an integer
    kReal,     // a number, with one, where one of them isn't an integer
    kText,     // an object that has characters
    kCString,
  };

  Kind kind;
  LiveOperator op;
  uint8_t size;    // of the value, unless it is a text
  bool is_float;   // a kReal of which the value is no integer
  bool is_signed;  // how it is read,
  bool wraps;      // and that what is negative then is so
  bool indirect;   // the slot holds the object's address
  bool negative;   // the constant, as an integer
  uint32_t slot;
  int64_t offset;  // in the object
  uint64_t bits;
  long double real;
  std::string_view text;  // of the rule
  int32_t shape[kShapeWords];
};

// False: whether it holds can't be told in the process. Then it counts as if it did, as the
// observer looks again. `test` refers to the comparison's text.
bool MakeTest(const Site& site, const RuleComparison& comparison, ArgumentTest* test);

// True, too, when a value can't be read. `block` is what omnitrace_enter got; the log, whose
// scratch is free, is this thread's.
bool Holds(const ArgumentTest& test, const char* block, const ThreadLog& log);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_ARGUMENT_TEST_H_
