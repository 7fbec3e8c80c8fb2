// The events that tracepoints.cc has by hand, in the form that LTTng's headers ask for.
#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER foo

#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "tracepoints.h"

#if !defined(OMNITRACE_TESTS_BENCHMARK_TRACEPOINTS_H_) || \
    defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#define OMNITRACE_TESTS_BENCHMARK_TRACEPOINTS_H_

#include <lttng/tracepoint.h>

#include "values.h"

// clang-format off
LTTNG_UST_TRACEPOINT_EVENT(foo, leave, LTTNG_UST_TP_ARGS(), LTTNG_UST_TP_FIELDS())
LTTNG_UST_TRACEPOINT_EVENT(foo, enter, LTTNG_UST_TP_ARGS(), LTTNG_UST_TP_FIELDS())
LTTNG_UST_TRACEPOINT_EVENT_CLASS(foo, number, LTTNG_UST_TP_ARGS(int, n),
  LTTNG_UST_TP_FIELDS(lttng_ust_field_integer(int, n, n)))
LTTNG_UST_TRACEPOINT_EVENT_INSTANCE(foo, number, foo, enter_number, LTTNG_UST_TP_ARGS(int, n))
LTTNG_UST_TRACEPOINT_EVENT_INSTANCE(foo, number, foo, leave_number, LTTNG_UST_TP_ARGS(int, n))
LTTNG_UST_TRACEPOINT_EVENT(foo, enter_pair, LTTNG_UST_TP_ARGS(int, a, int, b),
  LTTNG_UST_TP_FIELDS(
    lttng_ust_field_integer(int, a, a)
    lttng_ust_field_integer(int, b, b)))
LTTNG_UST_TRACEPOINT_EVENT_CLASS(foo, item, LTTNG_UST_TP_ARGS(const foo::Item*, item),
  LTTNG_UST_TP_FIELDS(
    lttng_ust_field_integer(int, id, item->id)
    lttng_ust_field_float(double, price, item->price)
    lttng_ust_field_integer(int, sold, item->sold)))
LTTNG_UST_TRACEPOINT_EVENT_INSTANCE(foo, item, foo, enter_item,
  LTTNG_UST_TP_ARGS(const foo::Item*, item))
LTTNG_UST_TRACEPOINT_EVENT_INSTANCE(foo, item, foo, leave_item,
  LTTNG_UST_TP_ARGS(const foo::Item*, item))
LTTNG_UST_TRACEPOINT_EVENT_CLASS(foo, text, LTTNG_UST_TP_ARGS(const char*, text, size_t, size),
  LTTNG_UST_TP_FIELDS(lttng_ust_field_sequence_text(char, text, text, size_t, size)))
LTTNG_UST_TRACEPOINT_EVENT_INSTANCE(foo, text, foo, enter_text,
  LTTNG_UST_TP_ARGS(const char*, text, size_t, size))
LTTNG_UST_TRACEPOINT_EVENT_INSTANCE(foo, text, foo, leave_text,
  LTTNG_UST_TP_ARGS(const char*, text, size_t, size))
LTTNG_UST_TRACEPOINT_EVENT(foo, enter_numbers, LTTNG_UST_TP_ARGS(const int*, numbers, size_t, size),
  LTTNG_UST_TP_FIELDS(lttng_ust_field_sequence(int, numbers, numbers, size_t, size)))
// clang-format on

#endif

#include <lttng/tracepoint-event.h>
