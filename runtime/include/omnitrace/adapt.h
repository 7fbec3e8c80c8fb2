// How objects of a class are shown that its fields tell nothing of: a handle, a packed number, an
// implementation behind a pointer. One line, at global scope, says what to look at instead:
//
//   #include <omnitrace/adapt.h>
//
//   OMNITRACE_ADAPT(foo::Price, value.text())    // `value` is a const foo::Price&
//
// or a function, for all classes of a template:
//
//   template <typename T>
//   struct omnitrace::adapt<foo::Ring<T>> {
//     static std::vector<T> view(const foo::Ring<T>& ring) { return ring.copy(); }
//   };
//
// What `view` returns is recorded as any value of its type is. It must be declared before the end
// of every unit that traces functions with such values, the same in all of them.
//
// This is the only code of the program's own that runs while a call is recorded. It runs in the
// thread that calls, for objects passed by value or by reference, for what they own, and for
// results; not for what a raw pointer points to, nor for `this` in destructors: those are shown by
// their fields, as is an object whose view throws. It should be short, change nothing, and take no
// lock, which its caller may hold. The calls that it makes are not recorded.
//
// Costs nothing in a unit that is compiled without -fomni-ns. C++11 and later.
#ifndef OMNITRACE_ADAPT_H_
#define OMNITRACE_ADAPT_H_

namespace omnitrace {

// To be specialised with `static R view(const T&)`.
template <typename T>
struct adapt;

namespace internal {

// Calls `take`, which says whether it wants more, with the address of the view, while that is
// there. The plugin makes one of these for every class that is adapted, and the runtime calls it.
template <typename T>
void ShowAdapted(const void* object, bool (*take)(void* context, const void* view),
                 void* context) noexcept {
#if defined(__cpp_exceptions) || defined(__EXCEPTIONS)
  try {
#endif
    auto&& view = adapt<T>::view(*static_cast<const T*>(object));
    take(context, __builtin_addressof(view));
#if defined(__cpp_exceptions) || defined(__EXCEPTIONS)
  } catch (...) {
  }
#endif
}

}  // namespace internal
}  // namespace omnitrace

// TYPE is a complete class; a comma in its name wants an alias.
#define OMNITRACE_ADAPT(TYPE, ...)                                                       \
  template <>                                                                            \
  struct omnitrace::adapt<TYPE> {                                                        \
    static auto view(const TYPE& value) -> decltype(__VA_ARGS__) { return __VA_ARGS__; } \
  }

#endif  // OMNITRACE_ADAPT_H_
