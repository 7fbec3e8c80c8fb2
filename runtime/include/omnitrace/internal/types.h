// The types of probes' values, described without the plugin: what the compiler tells of them by
// traits. Classes that aren't known are shown by their addresses.
#ifndef OMNITRACE_INTERNAL_TYPES_H_
#define OMNITRACE_INTERNAL_TYPES_H_

#include <omnitrace/adapt.h>
#include <omnitrace/internal/description.h>
#include <omnitrace/internal/type_name.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

// Types are there before any constructor runs.
#if defined(__clang__)
#define OMNITRACE_CONSTANT [[clang::require_constant_initialization]]
#else
#define OMNITRACE_CONSTANT __constinit
#endif

#pragma GCC visibility push(hidden)
namespace omnitrace::internal {

__extension__ typedef __int128 LongestInteger;
__extension__ typedef unsigned __int128 LongestUnsigned;

template <typename T, typename... Others>
inline constexpr bool kIsOneOf = (std::is_same_v<T, Others> || ...);

template <typename T>
inline constexpr bool kIsCharacter = kIsOneOf<T, char, wchar_t, char16_t, char32_t
#if defined(__cpp_char8_t)
                                              ,
                                              char8_t
#endif
                                              >;
template <typename T>
inline constexpr bool kIsSigned = std::is_signed_v<T> || std::is_same_v<T, LongestInteger>;
template <typename T>
inline constexpr bool kIsNumber =
    std::is_arithmetic_v<T> || kIsOneOf<T, LongestInteger, LongestUnsigned>;

template <typename T, typename = void>
inline constexpr bool kIsAdapted = false;
template <typename T>
inline constexpr bool
    kIsAdapted<T, std::void_t<decltype(adapt<T>::view(std::declval<const T&>()))>> = true;

// Inside of other values: raw pointers aren't followed.
template <typename T>
constexpr Type Describe();

template <typename T>
struct TypeFor {
  static Type type;
};
template <typename T>
OMNITRACE_CONSTANT Type TypeFor<T>::type = Describe<T>();

constexpr Type MakeType(TypeKind kind, size_t size, const char* name, Type* element = nullptr) {
  Type type{};
  type.kind = kind;
  type.size = static_cast<uint32_t>(size);
  type.name = name;
  type.element = element;
  return type;
}

template <typename T>
constexpr TypeKind NumberKind() {
  if (std::is_same_v<T, bool>) return TypeKind::kBool;
  if (kIsCharacter<T>) return TypeKind::kChar;
  if (std::is_floating_point_v<T>) return TypeKind::kFloat;
  return kIsSigned<T> ? TypeKind::kSigned : TypeKind::kUnsigned;
}

template <typename T>
constexpr Type DescribeScalar() {
  TypeKind kind = TypeKind::kRaw;
  if constexpr (kIsNumber<T>) {
    kind = NumberKind<T>();
  } else if constexpr (std::is_enum_v<T>) {
    kind = NumberKind<std::underlying_type_t<T>>();
  } else if constexpr (std::is_null_pointer_v<T>) {
    kind = TypeKind::kNullPointer;
  } else if constexpr (std::is_pointer_v<T>) {
    bool function = std::is_function_v<std::remove_pointer_t<T>>;
    kind = function ? TypeKind::kFunctionPointer : TypeKind::kPointer;
  }
  return MakeType(kind, sizeof(T), kName<T>.text);
}

template <typename T>
constexpr Type DescribeArray() {
  using Element = std::remove_cv_t<std::remove_extent_t<T>>;
  Type type = MakeType(TypeKind::kArray, sizeof(T), kName<T>.text, &TypeFor<Element>::type);
  type.shape[0] = static_cast<int32_t>(std::extent_v<T>);
  if (sizeof(T) <= kMaxPlainSize && std::is_scalar_v<Element>) type.flags = kTypePlain;
  if (sizeof(T) > kMaxPlainSize && kIsCharacter<Element>) {
    type.kind = TypeKind::kText;
    type.shape[0] = 0;
    type.shape[1] = static_cast<int32_t>(LengthKind::kTerminated);
    type.shape[2] = static_cast<int32_t>(std::extent_v<T>);
    type.shape[4] = kElementsInside;
  }
  return type;
}

// As a value of its own: what a pointer to a text or a number points to is shown.
template <typename T>
struct PointerTo {
  using Target = std::remove_cv_t<std::remove_pointer_t<T>>;

  static constexpr Type Describe() {
    Type pointer = DescribeScalar<T>();
    if constexpr (kIsNumber<Target> || std::is_enum_v<Target>) {
      pointer.element = &TypeFor<Target>::type;
      if (kIsCharacter<Target>) pointer.kind = TypeKind::kCString;
    }
    return pointer;
  }
  static Type type;
};
template <typename T>
OMNITRACE_CONSTANT Type PointerTo<T>::type = PointerTo<T>::Describe();

// The type of a value of its own.
template <typename T>
using TypeOf = std::conditional_t<std::is_pointer_v<T>, PointerTo<T>, TypeFor<T>>;

// 0 of an incomplete class.
template <typename T, typename = void>
inline constexpr size_t kSize = 0;
template <typename T>
inline constexpr size_t kSize<T, std::enable_if_t<std::is_object_v<T> && sizeof(T) != 0>> =
    sizeof(T);

template <typename T>
constexpr Type DescribeUnknown() {
  Type type = MakeType(TypeKind::kOpaque, kSize<T>, kName<T>.text);
  if (std::is_function_v<T>) type.flags = kTypeFunction;
  return type;
}

}  // namespace omnitrace::internal
#pragma GCC visibility pop

#endif  // OMNITRACE_INTERNAL_TYPES_H_
