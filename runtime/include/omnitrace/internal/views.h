// Objects that stand for others while a probe records them: what a class of the standard library
// shows by its public members, in a layout that is known.
#ifndef OMNITRACE_INTERNAL_VIEWS_H_
#define OMNITRACE_INTERNAL_VIEWS_H_

#include <omnitrace/internal/types.h>

#pragma GCC visibility push(hidden)
namespace omnitrace::internal {

using Take = bool (*)(void* context, const void* view);

// Makes the view of an object and shows it.
template <typename View>
struct ViewShower {
  using Object = typename View::Object;
  static void Show(const void* object, Take take, void* context) noexcept {
    const View view(*static_cast<const Object*>(object));
    take(context, &view);
  }
  static Type type;
  static constexpr Type* kView = &type;
};
template <typename View>
OMNITRACE_CONSTANT Type ViewShower<View>::type = View::Describe();

template <typename T>
struct AdaptedShower {
  using Object = T;
  using View = std::decay_t<decltype(adapt<T>::view(std::declval<const T&>()))>;
  static void Show(const void* object, Take take, void* context) noexcept {
    ShowAdapted<T>(object, take, context);
  }
  static constexpr Type* kView = &TypeOf<View>::type;
};

template <typename T>
struct UnknownType {
  static Type type;
};
template <typename T>
OMNITRACE_CONSTANT Type UnknownType<T>::type = DescribeUnknown<T>();

// A variant of what a shower shows and of the object's address.
template <typename Shower>
struct Shown {
  using Object = typename Shower::Object;
  static constexpr Type Describe() {
    Type type = MakeType(TypeKind::kVariant, sizeof(Object), kName<Object>.text);
    type.members = members;
    type.member_count = 2;
    type.shape[3] = kVariantAdapted;
    return type;
  }
  static Member members[2];
};
// The address of a function is no constant expression as a number, but nothing runs for it.
template <typename Shower>
Member Shown<Shower>::members[2] = {
    {"", Shower::kView, reinterpret_cast<int64_t>(&Shower::Show), 0, 0},
    {"", &UnknownType<Object>::type, 0, 0, 0}};

template <typename T>
struct Optional {
  using Object = T;
  explicit Optional(const T& optional)
      : value(optional.has_value() ? __builtin_addressof(*optional) : nullptr),
        has_value(optional.has_value()) {}
  static constexpr Type Describe() {
    Type* element = &TypeFor<typename T::value_type&>::type;
    Type type = MakeType(TypeKind::kOptional, sizeof(Optional), kName<T>.text, element);
    type.shape[0] = sizeof(value);
    return type;
  }
  const void* value;
  bool has_value;
};

// What a smart pointer owns; null when that can't be told.
template <typename Pointer>
inline constexpr Type* kOwned = nullptr;
template <template <typename...> class Pointer, typename T, typename... Others>
inline constexpr Type* kOwned<Pointer<T, Others...>> = [] {
  if constexpr (std::is_void_v<T> || std::is_array_v<T>) {
    return static_cast<Type*>(nullptr);
  } else {
    return &TypeFor<std::remove_cv_t<T>>::type;
  }
}();

template <typename T>
struct Owner {
  using Object = T;
  explicit Owner(const T& owner) : pointer(owner.get()) {}
  static constexpr Type Describe() {
    Type type = MakeType(TypeKind::kSmartPointer, sizeof(Owner), kName<T>.text, kOwned<T>);
    type.shape[1] = -1;
    return type;
  }
  const volatile void* pointer;
};

template <typename T>
struct SharedOwner {
  using Object = T;
  explicit SharedOwner(const T& owner)
      : pointer(owner.get()),
        control(owner.use_count() == 0 ? nullptr : &owners),
        owners(owner.use_count()) {}
  static constexpr Type Describe() {
    Type type = MakeType(TypeKind::kSharedPointer, sizeof(SharedOwner), kName<T>.text, kOwned<T>);
    type.shape[1] = sizeof(pointer);
    type.shape[3] = sizeof(owners);
    return type;
  }
  const volatile void* pointer;
  const int64_t* control;
  int64_t owners;
};

// References to a tuple's elements.
template <typename T, typename = std::make_index_sequence<std::tuple_size_v<T>>>
struct Tuple;
template <typename T, size_t... kIndex>
struct Tuple<T, std::index_sequence<kIndex...>> {
  using Object = T;
  template <size_t kAt>
  using Element = std::remove_cv_t<std::remove_reference_t<std::tuple_element_t<kAt, T>>>;

  explicit Tuple(const T& tuple) : elements{AddressOf<kIndex>(tuple)..., nullptr} {}
  static constexpr Type Describe() {
    Type type = MakeType(TypeKind::kTuple, sizeof(Tuple), kName<T>.text);
    type.members = members;
    type.member_count = sizeof...(kIndex);
    return type;
  }
  template <size_t kAt>
  static const volatile void* AddressOf(const T& tuple) {
    using std::get;
    return __builtin_addressof(get<kAt>(tuple));
  }
  const volatile void* elements[sizeof...(kIndex) + 1];
  static const Member members[sizeof...(kIndex) + 1];
};
template <typename T, size_t... kIndex>
const Member Tuple<T, std::index_sequence<kIndex...>>::members[sizeof...(kIndex) + 1] = {
    {"", &TypeFor<Element<kIndex>&>::type, kIndex * sizeof(void*), 0, 0}..., {}};

}  // namespace omnitrace::internal
#pragma GCC visibility pop

#endif  // OMNITRACE_INTERNAL_VIEWS_H_
