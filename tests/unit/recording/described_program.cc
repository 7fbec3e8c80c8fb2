#include "tests/unit/recording/described_program.h"

#include <sys/mman.h>

#include <deque>
#include <map>
#include <utility>

namespace omnitrace::testing {
namespace {

// Descriptions refer to each other by address.
template <typename Object>
Object* Keep(Object object) {
  static auto* const kept = new std::deque<Object>;
  kept->push_back(std::move(object));
  return &kept->back();
}

const char* NameFor(const char* prefix, const Type* element) {
  return Keep(std::string(prefix) + "<" + element->name + ">")->c_str();
}

}  // namespace

Type* MakeType(TypeKind kind, const char* name, uint32_t size, Type* element, uint8_t flags,
               Shape shape) {
  Type type = {};
  type.kind = kind;
  type.flags = flags;
  type.size = size;
  type.name = name;
  type.element = element;
  memcpy(type.shape, shape.words, sizeof(type.shape));
  return Keep(type);
}

Type* MakeType(TypeKind kind, const char* name, uint32_t size, std::vector<Member> members,
               uint8_t flags, Shape shape) {
  Type* type = MakeType(kind, name, size, nullptr, flags, shape);
  std::vector<Member>* kept = Keep(std::move(members));
  type->members = kept->data();
  type->member_count = static_cast<uint32_t>(kept->size());
  return type;
}

Member Field(const char* name, Type* type, int64_t offset, uint32_t bits, uint32_t flags) {
  return {name, type, offset, bits, flags};
}

Type* Int() {
  static Type* const type = MakeType(TypeKind::kSigned, "int", 4);
  return type;
}
Type* Long() {
  static Type* const type = MakeType(TypeKind::kSigned, "long", 8);
  return type;
}
Type* Bool() {
  static Type* const type = MakeType(TypeKind::kBool, "bool", 1);
  return type;
}
Type* Char() {
  static Type* const type = MakeType(TypeKind::kChar, "char", 1);
  return type;
}
Type* Double() {
  static Type* const type = MakeType(TypeKind::kFloat, "double", 8);
  return type;
}
Type* PointerTo(Type* element) {
  return MakeType(TypeKind::kPointer, NameFor("pointer", element), 8, element);
}
Type* ReferenceTo(Type* element) {
  return MakeType(TypeKind::kReference, NameFor("reference", element), 8, element);
}
Type* CString() {
  static Type* const type = MakeType(TypeKind::kCString, "const char *", 8, Char());
  return type;
}

Type* StringType() {
  static Type* const type =
      MakeType(TypeKind::kText, "std::string", sizeof(std::string), Char(), 0, {{0, 0, 8}});
  return type;
}
Type* VectorOf(Type* element) {
  return MakeType(TypeKind::kSequence, NameFor("std::vector", element), 24, element, 0,
                  {{0, 1, 8}});
}
Type* ListOf(Type* element, int32_t payload) {
  return MakeType(TypeKind::kList, NameFor("std::list", element), 24, element, 0,
                  {{0, 0, payload, 16, 0}});
}
Type* ForwardListOf(Type* element, int32_t payload) {
  return MakeType(TypeKind::kList, NameFor("std::forward_list", element), 8, element, 0,
                  {{0, 0, payload, -1, -1}});
}
Type* SetOf(Type* element, int32_t payload, uint8_t flags) {
  return MakeType(TypeKind::kTree, NameFor("std::set", element), 48, element, flags,
                  {{24, 16, 24, 8, payload, 40}});
}
Type* HashOf(Type* element, int32_t payload, uint8_t flags) {
  return MakeType(TypeKind::kList, NameFor("std::unordered_set", element), 56, element, flags,
                  {{16, 0, payload, 24, -1}});
}
Type* DequeOf(Type* element) {
  int32_t chunk = static_cast<int32_t>(512 / element->size);
  return MakeType(TypeKind::kDeque, NameFor("std::deque", element), 80, element, 0,
                  {{16, 32, 40, 48, chunk, 56, 72}});
}
Type* PairOf(Type* first, Type* second, int64_t second_offset, uint32_t size) {
  std::vector<Member> members = {Field("first", first, 0), Field("second", second, second_offset)};
  return MakeType(TypeKind::kClass, NameFor("std::pair", first), size, members);
}
Type* UniquePointerTo(Type* element) {
  return MakeType(TypeKind::kSmartPointer, NameFor("std::unique_ptr", element), 8, element, 0,
                  {{0, -1}});
}
Type* SharedPointerTo(Type* element) {
  return MakeType(TypeKind::kSmartPointer, NameFor("std::shared_ptr", element), 16, element, 0,
                  {{0, 8}});
}

Parameter ByValue(const char* name, Type* type) { return {name, type, 0, 0}; }
Parameter InMemory(const char* name, Type* type) { return {name, type, 0, kParameterIndirect}; }
Parameter This(Type* type, uint32_t flags) {
  return {"this", PointerTo(type), 0, kParameterThis | flags};
}

namespace {

// The return addresses of the open calls, as on a stack that grows downwards. Never given back:
// destructors of the thread make calls too.
class Stack {
 public:
  Stack()
      : words_(static_cast<uintptr_t*>(mmap(nullptr, kBytes, PROT_READ | PROT_WRITE,
                                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0))),
        top_(words_ + kBytes / sizeof(uintptr_t)) {}
  uintptr_t* Push() {
    *--top_ = ++calls_;  // called from another place each time
    return top_;
  }
  void PopTo(uintptr_t* slot) { top_ = slot + 1; }
  // Makes the thread's, where no signal handler that makes calls can interrupt it.
  void Prepare() {}

 private:
  static constexpr size_t kBytes = 64 << 20;
  uintptr_t* const words_;
  uintptr_t* top_;
  uintptr_t calls_ = 0;
};

thread_local Stack stack;

}  // namespace

Parameter Mutable(Parameter parameter) {
  parameter.flags |= kParameterMutable;
  return parameter;
}

TracedFunction::TracedFunction(const char* name, std::vector<Parameter> parameters, Type* result,
                               uint32_t flags)
    : parameters_(std::move(parameters)) {
  stack.Prepare();
  for (size_t i = 0; i < parameters_.size(); ++i) {
    parameters_[i].offset = static_cast<uint32_t>(8 * i);
  }
  site_.scope = "";
  site_.name = name;
  site_.signature = name;
  site_.file = "program.cc";
  site_.line = 7;
  site_.last_line = 9;
  site_.flags = flags;
  site_.parameter_count = static_cast<uint32_t>(parameters_.size());
  site_.parameters = parameters_.data();
  site_.result = result;
}

Call::Call(TracedFunction& function, std::initializer_list<uint64_t> slots)
    : function_(function),
      frame_(stack.Push()),
      token_(omnitrace_enter(function.site(), slots.begin(), frame_)) {}

void Call::Return(const void* result) {
  if (open_) omnitrace_leave(function_.site(), token_, result);
  Vanish();
}

void Call::ReturnChanged(std::initializer_list<uint64_t> slots) {
  if (open_) omnitrace_leave_changed(function_.site(), token_, nullptr, slots.begin());
  Vanish();
}

void Call::Throw(void* exception, std::initializer_list<uint64_t> slots) {
  const void* block = slots.size() == 0 ? nullptr : slots.begin();
  if (open_) omnitrace_unwind(function_.site(), token_, exception, block);
  Vanish();
}

void Call::Vanish() {
  if (open_) stack.PopTo(frame_);
  open_ = false;
}

void CallTimes(TracedFunction& function, int times) {
  for (int i = 0; i < times; ++i) {
    Call call(function, {Word(i)});
    call.Return(i);
  }
}

void Spend(std::chrono::nanoseconds time) {
  auto until = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < until) {
  }
}

}  // namespace omnitrace::testing
