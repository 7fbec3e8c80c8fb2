// A function for each kind of value that a call may have. values.cc has them as any program would,
// and tracepoints.cc with tracepoints by hand.
#ifndef OMNITRACE_TESTS_BENCHMARK_VALUES_H_
#define OMNITRACE_TESTS_BENCHMARK_VALUES_H_

#include <map>
#include <string>
#include <vector>

namespace foo {

struct Item {
  int id;
  double price;
  bool sold;
};
using Stock = std::map<std::string, int>;

void nothing();
void number(int n);
int pair(int a, int b);
void reference(const Item& item);
void value(Item item);
void text(const std::string& text);
void numbers(const std::vector<int>& numbers);
void table(const Stock& stock);
void pointer(const Item* item);
void changed(Item* item);
std::string result();

}  // namespace foo

#endif  // OMNITRACE_TESTS_BENCHMARK_VALUES_H_
