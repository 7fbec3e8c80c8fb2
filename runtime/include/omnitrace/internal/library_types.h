// The types of the standard library, described by what their public members show: their layouts are
// the library's own business.
#ifndef OMNITRACE_INTERNAL_LIBRARY_TYPES_H_
#define OMNITRACE_INTERNAL_LIBRARY_TYPES_H_

#include <omnitrace/internal/views.h>

#pragma GCC visibility push(hidden)
namespace omnitrace::internal {

template <typename T, typename = void>
inline constexpr bool kIsContiguous = false;
template <typename T>
inline constexpr bool
    kIsContiguous<T, std::void_t<typename T::value_type, decltype(std::declval<const T&>().data()),
                                 decltype(std::declval<const T&>().size())>> = true;

template <typename T, typename = void>
inline constexpr bool kIsText = false;
template <typename T>
inline constexpr bool kIsText<T, std::void_t<typename T::traits_type>> = kIsContiguous<T>;

// The elements of a vector<bool> may be anything that becomes one.
template <typename T, typename = void>
inline constexpr bool kIsRange = false;
template <typename T>
inline constexpr bool
    kIsRange<T, std::void_t<typename T::value_type, decltype(*std::declval<const T&>().begin()),
                            decltype(std::declval<const T&>().end())>> =
        kIsOneOf<typename T::value_type, bool,
                 std::decay_t<decltype(*std::declval<const T&>().begin())>>;

template <typename T, typename = void>
inline constexpr bool kIsMap = false;
template <typename T>
inline constexpr bool kIsMap<T, std::void_t<typename T::mapped_type>> = true;

template <typename T, typename = void>
inline constexpr bool kIsSized = false;
template <typename T>
inline constexpr bool kIsSized<T, std::void_t<decltype(std::declval<const T&>().size())>> = true;

template <typename T>
uint64_t Count(const T& range) {
  if constexpr (kIsSized<T>) {
    return range.size();
  } else {
    uint64_t count = 0;
    for (auto place = range.begin(); place != range.end(); ++place) ++count;
    return count;
  }
}

// Of characters or elements that lie one behind the other, where and how many they are.
template <typename T>
struct Run {
  static constexpr LengthKind kLength = LengthKind::kShownRun;
  static void Show(const void* object, Take take, void* context) noexcept {
    const T& range = *static_cast<const T*>(object);
    const Run run = {range.data(), range.size()};
    take(context, &run);
  }
  static Member members[1];
  const void* data;
  uint64_t size;
};
template <typename T>
Member Run<T>::members[1] = {{"", nullptr, reinterpret_cast<int64_t>(&Show), 0, 0}};

// Of any container, the number of its elements and then each of them.
template <typename T>
struct Elements {
  static constexpr LengthKind kLength = LengthKind::kShown;
  static void Show(const void* object, Take take, void* context) noexcept {
    const T& range = *static_cast<const T*>(object);
    uint64_t count = Count(range);
    take(context, &count);
    for (auto place = range.begin(); place != range.end(); ++place) {
      const typename T::value_type& element = *place;
      if (!take(context, __builtin_addressof(element))) return;
    }
  }
  static Member members[1];
};
template <typename T>
Member Elements<T>::members[1] = {{"", nullptr, reinterpret_cast<int64_t>(&Show), 0, 0}};

template <typename T, typename Shower>
constexpr Type DescribeRange(TypeKind kind) {
  Type* element = &TypeFor<std::remove_cv_t<typename T::value_type>>::type;
  Type type = MakeType(kind, sizeof(T), kName<T>.text, element);
  if (kIsMap<T>) type.flags = kTypeMap;
  type.shape[1] = static_cast<int32_t>(Shower::kLength);
  type.members = Shower::members;
  return type;
}

// Two members one behind the other: that layout every library has.
template <typename T>
struct Pair {
  using First = typename T::first_type;
  using Second = typename T::second_type;
  static constexpr Type Describe() {
    Type type = MakeType(TypeKind::kClass, sizeof(T), kName<T>.text);
    type.members = members;
    type.member_count = 2;
    return type;
  }
  // A reference is a pointer in memory.
  template <typename Part>
  static constexpr size_t AlignOf() {
    return std::is_reference_v<Part> ? alignof(void*) : alignof(Part);
  }
  template <typename Part>
  static constexpr size_t SizeOf() {
    return std::is_reference_v<Part> ? sizeof(void*) : sizeof(Part);
  }
  static constexpr int64_t SecondOffset() {
    size_t align = AlignOf<Second>();
    return static_cast<int64_t>((SizeOf<First>() + align - 1) / align * align);
  }
  static const Member members[2];
};
template <typename T>
const Member Pair<T>::members[2] = {
    {"first", &TypeFor<std::remove_cv_t<First>>::type, 0, 0, 0},
    {"second", &TypeFor<std::remove_cv_t<Second>>::type, SecondOffset(), 0, 0}};

template <typename T>
constexpr Type DescribeLibraryType() {
  if constexpr (IsOf<T>("std::pair")) {
    return Pair<T>::Describe();
  } else if constexpr (IsOf<T>("std::tuple")) {
    return Shown<ViewShower<Tuple<T>>>::Describe();
  } else if constexpr (IsOf<T>("std::optional")) {
    return Shown<ViewShower<Optional<T>>>::Describe();
  } else if constexpr (IsOf<T>("std::unique_ptr")) {
    return Shown<ViewShower<Owner<T>>>::Describe();
  } else if constexpr (IsOf<T>("std::shared_ptr")) {
    return Shown<ViewShower<SharedOwner<T>>>::Describe();
  } else if constexpr (kIsText<T>) {
    return DescribeRange<T, Run<T>>(TypeKind::kText);
  } else if constexpr (kIsContiguous<T>) {
    return DescribeRange<T, Run<T>>(TypeKind::kSequence);
  } else if constexpr (kIsRange<T>) {
    return DescribeRange<T, Elements<T>>(TypeKind::kSequence);
  } else {
    return DescribeUnknown<T>();
  }
}

template <typename T>
constexpr Type Describe() {
  if constexpr (std::is_reference_v<T>) {
    using Referent = std::remove_cv_t<std::remove_reference_t<T>>;
    return MakeType(TypeKind::kReference, sizeof(void*), kName<T>.text, &TypeFor<Referent>::type);
  } else if constexpr (kIsAdapted<T>) {
    return Shown<AdaptedShower<T>>::Describe();
  } else if constexpr (std::is_scalar_v<T> || kIsNumber<T>) {
    return DescribeScalar<T>();
  } else if constexpr (std::extent_v<T> != 0) {
    return DescribeArray<T>();
  } else if constexpr (IsOfLibrary<T>()) {
    return DescribeLibraryType<T>();
  } else {
    return DescribeUnknown<T>();
  }
}

}  // namespace omnitrace::internal
#pragma GCC visibility pop

#endif  // OMNITRACE_INTERNAL_LIBRARY_TYPES_H_
