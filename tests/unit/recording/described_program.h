// What the plugin would emit for a traced program, written by hand: types, functions, and calls of
// the hooks. Everything lives for ever, as it does in a traced program.
#ifndef OMNITRACE_TESTS_UNIT_RECORDING_DESCRIBED_PROGRAM_H_
#define OMNITRACE_TESTS_UNIT_RECORDING_DESCRIBED_PROGRAM_H_

#include <chrono>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

#include "runtime/workspace/description.h"

namespace omnitrace::testing {

struct Shape {
  int32_t words[kShapeWords] = {};
};

Type* MakeType(TypeKind kind, const char* name, uint32_t size, Type* element = nullptr,
               uint8_t flags = 0, Shape shape = {});
Type* MakeType(TypeKind kind, const char* name, uint32_t size, std::vector<Member> members,
               uint8_t flags = 0, Shape shape = {});
Member Field(const char* name, Type* type, int64_t offset, uint32_t bits = 0, uint32_t flags = 0);

Type* Int();
Type* Long();
Type* Bool();
Type* Char();
Type* Double();
Type* PointerTo(Type* element);
Type* ReferenceTo(Type* element);
Type* CString();

// libstdc++'s layouts.
Type* StringType();
Type* VectorOf(Type* element);
Type* ListOf(Type* element, int32_t payload);
Type* ForwardListOf(Type* element, int32_t payload);
Type* SetOf(Type* element, int32_t payload, uint8_t flags = 0);
Type* HashOf(Type* element, int32_t payload, uint8_t flags = 0);
Type* DequeOf(Type* element);
Type* PairOf(Type* first, Type* second, int64_t second_offset, uint32_t size);
Type* UniquePointerTo(Type* element);
Type* SharedPointerTo(Type* element);

// A parameter: its value in the argument block, or its address there.
Parameter ByValue(const char* name, Type* type);
Parameter InMemory(const char* name, Type* type);
Parameter This(Type* type, uint32_t flags = 0);
// A reference or pointer through which the function changes what is there.
Parameter Mutable(Parameter parameter);

class TracedFunction {
 public:
  explicit TracedFunction(const char* name, std::vector<Parameter> parameters = {},
                          Type* result = nullptr, uint32_t flags = 0);

  Site* site() { return &site_; }

 private:
  std::vector<Parameter> parameters_;
  Site site_ = {};
};

// A slot of the argument block.
template <typename Scalar>
uint64_t Word(Scalar value) {
  uint64_t word = 0;
  memcpy(&word, &value, sizeof(value));
  return word;
}
template <typename Object>
uint64_t At(const Object& object) {
  return reinterpret_cast<uint64_t>(&object);
}

// A call, from its construction to Return() or Throw(), or else to its end.
class Call {
 public:
  explicit Call(TracedFunction& function, std::initializer_list<uint64_t> slots = {});
  ~Call() { Return(); }
  void Return() { Return(nullptr); }
  template <typename Result>
  void Return(const Result& result) {
    Return(static_cast<const void*>(&result));
  }
  void Return(const void* result);
  // Of a function with mutable parameters.
  void ReturnChanged(std::initializer_list<uint64_t> slots);
  void Throw(void* exception, std::initializer_list<uint64_t> slots = {});
  // Leaves it open, as a longjmp over it would.
  void Vanish();
  bool recorded() const { return token_ != 0; }

 private:
  TracedFunction& function_;
  uintptr_t* const frame_;
  uint64_t token_;
  bool open_ = true;
};

// Calls `function`, with nothing inside, once for each number.
void CallTimes(TracedFunction& function, int times);

// Keeps a processor busy.
void Spend(std::chrono::nanoseconds time);

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_UNIT_RECORDING_DESCRIBED_PROGRAM_H_
