// How often each thread has called each traced function, counted by the functions themselves.
#ifndef OMNITRACE_TESTS_SOAK_COUNT_H_
#define OMNITRACE_TESTS_SOAK_COUNT_H_

#include <cstdint>

namespace soak {

enum Function {
  kAdd,
  kGreet,
  kTotal,
  kExtend,
  kLookUp,
  kMove,
  kNorm,
  kDescend,
  kRefuse,
  kPass,
  kAttempt,
  kAccount,
  kEndOfAccount,
  kPay,
  kRound,
  kDay,
  kFunctions
};

// As they are recorded.
inline constexpr const char* kNames[kFunctions] = {"foo::add",
                                                   "foo::greet",
                                                   "foo::total",
                                                   "foo::extend",
                                                   "foo::look_up",
                                                   "foo::move",
                                                   "foo::norm",
                                                   "foo::descend",
                                                   "foo::refuse",
                                                   "foo::pass",
                                                   "foo::attempt",
                                                   "foo::Account::Account",
                                                   "foo::Account::~Account",
                                                   "foo::Account::pay",
                                                   "foo::round",
                                                   "foo::day"};

inline thread_local uint64_t calls[kFunctions];

inline void Count(Function function) { ++calls[function]; }

}  // namespace soak

#endif  // OMNITRACE_TESTS_SOAK_COUNT_H_
