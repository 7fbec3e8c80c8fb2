#include "runtime/recording/exception.h"

#include <unwind.h>

#include <cstdint>

#include "runtime/recording/class_table.h"
#include "runtime/recording/copy.h"

// Virtual tables and type information of the C++ library. Weak, since a program may be without.
#define OMNITRACE_WEAK_TABLE(name) extern "C" __attribute__((weak)) const char name[];
OMNITRACE_WEAK_TABLE(_ZTVN10__cxxabiv120__si_class_type_infoE)
OMNITRACE_WEAK_TABLE(_ZTVSt9exception)
OMNITRACE_WEAK_TABLE(_ZTVSt9bad_alloc)
OMNITRACE_WEAK_TABLE(_ZTVSt8bad_cast)
OMNITRACE_WEAK_TABLE(_ZTVSt10bad_typeid)
OMNITRACE_WEAK_TABLE(_ZTVSt11logic_error)
OMNITRACE_WEAK_TABLE(_ZTVSt13runtime_error)
#undef OMNITRACE_WEAK_TABLE

namespace omnitrace::recording {
namespace {

// The Itanium C++ ABI: the exception's header lies in front of the unwinder's, the object behind
// it.
constexpr uint64_t kClassMask = ~uint64_t{0xff};
constexpr uint64_t kGnuClass = 0x474e5543432b2b00;    // "GNUCC++\0"; \1 for a dependent exception
constexpr uint64_t kClangClass = 0x434c4e47432b2b00;  // "CLNGC++\0"
constexpr int64_t kTypeInfoOffset = -80;
constexpr int64_t kGnuPrimaryOffset = -80;
constexpr int64_t kClangPrimaryOffset = -88;
constexpr int64_t kObjectOffset = sizeof(_Unwind_Exception);
// In a virtual table: offset to top, type information, two destructors, what().
constexpr int64_t kTableSymbolToWhat = 4 * sizeof(void*);
constexpr int64_t kTableToWhat = 2 * sizeof(void*);
constexpr int64_t kTableSymbolToTable = 2 * sizeof(void*);
constexpr int kMostBases = 16;

const char* LoadPointer(const char* at) { return Load<const char*>(at); }

std::string_view NameOf(const char* type_info) {
  const char* name = LoadPointer(type_info + sizeof(void*));
  // A star marks a name that is compared by its address.
  return *name == '*' ? name + 1 : name;
}

bool IsStandard(std::string_view name) {
  return name.substr(0, 2) == "St" || name.substr(0, 3) == "NSt";
}

// A std::exception at the object's very start: through single, public, first bases only.
bool IsPlainException(const char* type_info) {
  for (int i = 0; i < kMostBases; ++i) {
    if (NameOf(type_info) == "St9exception") return true;
    const char* single = _ZTVN10__cxxabiv120__si_class_type_infoE;
    if (single == nullptr || LoadPointer(type_info) != single + kTableSymbolToTable) return false;
    type_info = LoadPointer(type_info + 2 * sizeof(void*));
  }
  return false;
}

// No other what() is called: it is code of the program.
bool HasStandardWhat(std::string_view name, const char* object) {
  if (IsStandard(name)) return true;
  const char* what = LoadPointer(LoadPointer(object) + kTableToWhat);
  for (const char* table : {_ZTVSt9exception, _ZTVSt9bad_alloc, _ZTVSt8bad_cast, _ZTVSt10bad_typeid,
                            _ZTVSt11logic_error, _ZTVSt13runtime_error}) {
    if (table != nullptr && LoadPointer(table + kTableSymbolToWhat) == what) return true;
  }
  return false;
}

std::string_view CallWhat(const char* object) {
  using What = const char* (*)(const void*);
  auto what = reinterpret_cast<What>(LoadAddress(LoadPointer(object) + kTableToWhat));
  const char* text = what(object);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

}  // namespace

Exception DescribeException(void* unwinding) {
  if (unwinding == nullptr) return Exception();
  const char* header = static_cast<const char*>(unwinding);
  uint64_t kind = static_cast<_Unwind_Exception*>(unwinding)->exception_class;
  bool gnu = (kind & kClassMask) == kGnuClass;
  if (!gnu && (kind & kClassMask) != kClangClass) {
    // The thread is being cancelled, or ends by pthread_exit; or another language's.
    return {kind == 0 ? "forced unwind" : "foreign exception", {}, nullptr, nullptr};
  }
  const char* object = header + kObjectOffset;
  bool dependent = (kind & ~kClassMask) != 0;
  if (dependent) object = LoadPointer(header + (gnu ? kGnuPrimaryOffset : kClangPrimaryOffset));
  const char* type_info = LoadPointer(object - kObjectOffset + kTypeInfoOffset);
  Type* described = FindClass(reinterpret_cast<uint64_t>(type_info)).type;
  Exception exception = {NameOf(type_info), {}, described, object};
  bool readable = IsPlainException(type_info) && HasStandardWhat(exception.type, object);
  if (readable) exception.what = CallWhat(object);
  return exception;
}

}  // namespace omnitrace::recording
