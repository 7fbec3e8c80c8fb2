// The functions of values.h with an event of LTTng for each entry and each return.
#define LTTNG_UST_TRACEPOINT_CREATE_PROBES
#define LTTNG_UST_TRACEPOINT_DEFINE
#include "tracepoints.h"

#include <charconv>

namespace foo {
namespace {

// There is no field for a map: it goes in as one text.
size_t Flatten(const Stock& stock, char* out, size_t room) {
  char* at = out;
  for (const auto& [name, count] : stock) {
    if (out + room - at < static_cast<ptrdiff_t>(name.size() + 16)) break;
    at = std::copy(name.begin(), name.end(), at);
    *at++ = '=';
    at = std::to_chars(at, out + room, count).ptr;
    *at++ = ' ';
  }
  return static_cast<size_t>(at - out);
}

}  // namespace

size_t seen = 0;

void nothing() {
  lttng_ust_tracepoint(foo, enter);
  lttng_ust_tracepoint(foo, leave);
}

void number(int n) {
  lttng_ust_tracepoint(foo, enter_number, n);
  seen += static_cast<size_t>(n);
  lttng_ust_tracepoint(foo, leave);
}

int pair(int a, int b) {
  lttng_ust_tracepoint(foo, enter_pair, a, b);
  int sum = a + b;
  lttng_ust_tracepoint(foo, leave_number, sum);
  return sum;
}

void reference(const Item& item) {
  lttng_ust_tracepoint(foo, enter_item, &item);
  seen += static_cast<size_t>(item.id);
  lttng_ust_tracepoint(foo, leave);
}

void value(Item item) { reference(item); }

void text(const std::string& text) {
  lttng_ust_tracepoint(foo, enter_text, text.data(), text.size());
  seen += text.size();
  lttng_ust_tracepoint(foo, leave);
}

void numbers(const std::vector<int>& numbers) {
  lttng_ust_tracepoint(foo, enter_numbers, numbers.data(), numbers.size());
  seen += numbers.size();
  lttng_ust_tracepoint(foo, leave);
}

void table(const Stock& stock) {
  if (lttng_ust_tracepoint_enabled(foo, enter_text)) {
    char flat[1024];
    lttng_ust_do_tracepoint(foo, enter_text, flat, Flatten(stock, flat, sizeof(flat)));
  }
  seen += static_cast<size_t>(stock.begin()->second);
  lttng_ust_tracepoint(foo, leave);
}

// The pointer is taken for a good one.
void pointer(const Item* item) { reference(*item); }

void changed(Item* item) {
  lttng_ust_tracepoint(foo, enter_item, item);
  ++item->id;
  lttng_ust_tracepoint(foo, leave_item, item);
}

std::string result() {
  lttng_ust_tracepoint(foo, enter);
  std::string made = "twenty characters...";
  lttng_ust_tracepoint(foo, leave_text, made.data(), made.size());
  return made;
}

}  // namespace foo
