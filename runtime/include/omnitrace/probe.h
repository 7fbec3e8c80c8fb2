// Events of a program's own, with values by name:
//
//   OMNITRACE_PROBE("request:start", id, path, ("user", req.user));
//
// records three values, called id, path and user. Nothing is evaluated while the probe is off. It
// is on where its program records from the start (-fomni-start=record, OMNITRACE_MODE=record), and
// from omnitrace::trace("request:*") on until omnitrace::untrace(...); OMNITRACE_ONLY chooses, too.
//
// A statement with a constant name and up to 16 values, anywhere in a function that isn't
// constexpr. A value with commas outside of parentheses has to have a name:
//
//   OMNITRACE_PROBE("sizes", ("both", std::pair<int, int>(1, 2)));
//
// A unit that is compiled with the plugin records values of all types, as those of functions'
// arguments. With any other compiler they are numbers, texts, pointers, enumerators as numbers, the
// standard library's containers, pairs, tuples, optional and owning pointers, and what
// <omnitrace/adapt.h> adapts; the rest is recorded by type and address. Containers are then read by
// their public members: one that another thread changes needs the lock that it needs elsewhere.
//
// C++17 and later. Link with -lomnitrace. With OMNITRACE_DISABLED defined, probes are nothing.
#ifndef OMNITRACE_PROBE_H_
#define OMNITRACE_PROBE_H_

#if __cplusplus < 201703L
#error "<omnitrace/probe.h> needs C++17"
#elif defined(OMNITRACE_DISABLED)
#include <omnitrace/stubs.h>
#else

#include <omnitrace/internal/probes.h>

#undef OMNITRACE_PROBE
#define OMNITRACE_PROBE(...)                                                                  \
  do {                                                                                        \
    OMNITRACE_CONSTANT static ::omnitrace::internal::NamedProbe<OMNITRACE_COUNT(__VA_ARGS__), \
                                                                sizeof(#__VA_ARGS__)>         \
        omnitrace_probe(__FILE__, __LINE__, #__VA_ARGS__,                                     \
                        OMNITRACE_HEAD(__VA_ARGS__, ~)                                        \
                            OMNITRACE_EACH(OMNITRACE_NAME, __VA_ARGS__));                     \
    if (omnitrace_probe.IsOn()) {                                                             \
      ::omnitrace::internal::Fire(::omnitrace::internal::At<omnitrace_probe>()                \
                                      OMNITRACE_EACH(OMNITRACE_VALUE, __VA_ARGS__));          \
    }                                                                                         \
  } while (false)

// A value is a pair when there is a comma in the parentheses that it begins with.
#define OMNITRACE_NAME(x) OMNITRACE_JOIN(OMNITRACE_NAME_, OMNITRACE_IS_PAIR(x))(x)
#define OMNITRACE_NAME_0(x) static_cast<const char*>(nullptr)
#define OMNITRACE_NAME_1(x) "" OMNITRACE_HEAD x
#define OMNITRACE_VALUE(x) OMNITRACE_JOIN(OMNITRACE_VALUE_, OMNITRACE_IS_PAIR(x))(x)
#define OMNITRACE_VALUE_0(x) x
#define OMNITRACE_VALUE_1(x) OMNITRACE_TAIL x

#define OMNITRACE_IS_PAIR(x) \
  OMNITRACE_18TH(OMNITRACE_OPEN x, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, ~)
#define OMNITRACE_OPEN(...) ~, __VA_ARGS__
#define OMNITRACE_COUNT(...) \
  OMNITRACE_18TH(__VA_ARGS__, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, ~)
#define OMNITRACE_18TH(...) OMNITRACE_18TH_OF(__VA_ARGS__)
#define OMNITRACE_18TH_OF(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, ...) r

#define OMNITRACE_HEAD(head, ...) head
#define OMNITRACE_TAIL(head, ...) __VA_ARGS__
#define OMNITRACE_JOIN(a, b) OMNITRACE_JOIN_2(a, b)
#define OMNITRACE_JOIN_2(a, b) a##b

// ", of(x)" for each x behind the first one, which is the probe's name.
#define OMNITRACE_EACH(of, ...) \
  OMNITRACE_JOIN(OMNITRACE_EACH_, OMNITRACE_COUNT(__VA_ARGS__))(of, __VA_ARGS__)
#define OMNITRACE_EACH_0(of, done)
#define OMNITRACE_EACH_1(of, done, x) , of(x)
#define OMNITRACE_EACH_2(of, done, x, ...) , of(x) OMNITRACE_EACH_1(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_3(of, done, x, ...) , of(x) OMNITRACE_EACH_2(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_4(of, done, x, ...) , of(x) OMNITRACE_EACH_3(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_5(of, done, x, ...) , of(x) OMNITRACE_EACH_4(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_6(of, done, x, ...) , of(x) OMNITRACE_EACH_5(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_7(of, done, x, ...) , of(x) OMNITRACE_EACH_6(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_8(of, done, x, ...) , of(x) OMNITRACE_EACH_7(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_9(of, done, x, ...) , of(x) OMNITRACE_EACH_8(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_10(of, done, x, ...) , of(x) OMNITRACE_EACH_9(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_11(of, done, x, ...) , of(x) OMNITRACE_EACH_10(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_12(of, done, x, ...) , of(x) OMNITRACE_EACH_11(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_13(of, done, x, ...) , of(x) OMNITRACE_EACH_12(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_14(of, done, x, ...) , of(x) OMNITRACE_EACH_13(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_15(of, done, x, ...) , of(x) OMNITRACE_EACH_14(of, x, __VA_ARGS__)
#define OMNITRACE_EACH_16(of, done, x, ...) , of(x) OMNITRACE_EACH_15(of, x, __VA_ARGS__)

#endif
#endif  // OMNITRACE_PROBE_H_
