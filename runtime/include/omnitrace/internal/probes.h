// What OMNITRACE_PROBE expands to: an object for each probe, which its library knows from its
// loading on, and the call that records its values.
#ifndef OMNITRACE_INTERNAL_PROBES_H_
#define OMNITRACE_INTERNAL_PROBES_H_

#include <omnitrace/internal/library_types.h>

#include <initializer_list>

#pragma GCC visibility push(hidden)
namespace omnitrace::internal {

// The name of a value that has none of its own is the text of its expression.
template <size_t kValues, size_t kSize>
class NamedProbe {
 public:
  // `text` is that of all the macro's arguments, `names` are null for values without.
  template <typename... Names>
  constexpr NamedProbe(const char* file, uint32_t line, const char (&text)[kSize], const char* name,
                       Names... names)
      : probe_{}, parameters_{}, text_{} {
    Site& site = probe_.site;
    site.enabled = &probe_.on;
    site.scope = "";
    site.name = name;
    site.file = file;
    site.line = site.last_line = line;
    site.flags = kFunctionProbe;
    site.parameter_count = kValues;
    site.parameters = parameters_;
    const char* own_names[] = {names..., nullptr};
    for (size_t i = 0; i < kSize; ++i) text_[i] = text[i];
    NameValues(own_names);
  }

  bool IsOn() const {
    uint8_t* on = __atomic_load_n(&probe_.site.enabled, __ATOMIC_RELAXED);
    return __builtin_expect(__atomic_load_n(on, __ATOMIC_RELAXED) != 0, 0);
  }
  Probe* probe() { return &probe_; }
  Parameter* parameters() { return parameters_; }
  static constexpr size_t size() { return kValues; }

 private:
  constexpr void NameValues(const char* const* own_names) {
    size_t at = EndOfArgument(0);
    for (size_t i = 0; i < kValues; ++i) {
      size_t start = at + 1;
      at = EndOfArgument(start);
      while (text_[start] == ' ') ++start;
      text_[at] = '\0';
      const char* name = own_names[i] != nullptr ? own_names[i] : &text_[start];
      parameters_[i] = {name, nullptr, static_cast<uint32_t>(i * sizeof(uint64_t)), 0};
    }
  }

  // Where the preprocessor divides: at commas outside of parentheses, texts and characters.
  constexpr size_t EndOfArgument(size_t at) const {
    int depth = 0;
    for (; text_[at] != '\0' && (depth > 0 || text_[at] != ','); ++at) {
      if (text_[at] == '(') ++depth;
      if (text_[at] == ')') --depth;
      if (text_[at] == '"' || (text_[at] == '\'' && !IsSeparator(at))) at = EndOfText(at);
    }
    return at;
  }
  constexpr size_t EndOfText(size_t at) const {
    char quote = text_[at++];
    for (; text_[at] != '\0' && text_[at] != quote; ++at) {
      if (text_[at] == '\\') ++at;
    }
    return at;
  }
  // In 1'000.
  constexpr bool IsSeparator(size_t at) const {
    return at > 0 && text_[at - 1] >= '0' && text_[at - 1] <= '9';
  }

  Probe probe_;
  Parameter parameters_[kValues + 1];
  char text_[kSize];
};

// The plugin gives `type` a value, where it compiles a unit.
template <typename T>
struct Described {
  static Type* type;
};
template <typename T>
Type* Described<T>::type = nullptr;

// Of a value that fits into eight bytes and is no object, these go to the runtime; else its
// address.
template <typename T>
constexpr bool IsPassedByValue() {
  if constexpr (std::is_scalar_v<T>) return sizeof(T) <= sizeof(uint64_t);
  return false;
}

struct PassedValue {
  Type* type;
  uint32_t flags;  // ParameterFlags
};

template <typename T>
PassedValue Pass() {
  Type* described = Described<T>::type;
  return {described != nullptr ? described : &TypeOf<T>::type,
          IsPassedByValue<T>() ? uint32_t{0} : uint32_t{kParameterIndirect}};
}

template <typename T>
__attribute__((always_inline)) inline uint64_t Word(const T& value) noexcept {
  if constexpr (IsPassedByValue<T>()) {
    uint64_t word = 0;
    std::remove_cv_t<T> copy = value;
    __builtin_memcpy(&word, &copy, sizeof(copy));
    return word;
  } else {
    return reinterpret_cast<uint64_t>(__builtin_addressof(value));
  }
}

class Registration {
 public:
  Registration(Probe* probe, Parameter* parameters, std::initializer_list<PassedValue> values)
      : probe_(probe) {
    if (probe->loads == 0) {
      for (const PassedValue& value : values) {
        parameters->type = value.type;
        parameters++->flags = value.flags;
      }
    }
    omnitrace_load_probe(kAbiVersion, probe);
  }
  ~Registration() { omnitrace_unload_probe(probe_); }

 private:
  Probe* const probe_;
};

// Before other variables, whose initialisers may have probes.
template <auto& probe, typename... Values>
struct Registered {
  static Registration registration;
};
template <auto& probe, typename... Values>
__attribute__((init_priority(101)))
Registration Registered<probe, Values...>::registration(probe.probe(), probe.parameters(),
                                                        {Pass<std::remove_cv_t<Values>>()...});

template <auto& probe>
struct At {};

// Apart, so that a function needs no frame for its probe while that is off.
template <typename... Words>
__attribute__((noinline, cold)) void FireWords(Probe* probe, Words... words) noexcept {
  const uint64_t block[] = {words..., 0};
  omnitrace_fire_probe(probe, block);
}

// Inlined: of a variable whose address leaves the function no register could hold the value.
template <auto& probe, typename... Values>
__attribute__((always_inline)) inline void Fire(At<probe>, const Values&... values) noexcept {
  static_assert(sizeof...(values) == probe.size(), "a value is an expression or (\"name\", value)");
  static_cast<void>(&Registered<probe, Values...>::registration);
  FireWords(probe.probe(), Word(values)...);
}

}  // namespace omnitrace::internal
#pragma GCC visibility pop

#endif  // OMNITRACE_INTERNAL_PROBES_H_
