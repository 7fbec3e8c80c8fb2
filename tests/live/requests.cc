// A program that answers requests, by the lines on its standard input; each is answered by a line:
//
//   request ID STATUS   the probes request:start and request:end
//   pay SUM             shop::pay, which throws when the sum is not positive
//   call N              shop::add, so often
//   title TEXT          omnitrace::set_title
#include <cstdio>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "omnitrace/omnitrace.h"

namespace shop {

[[gnu::noinline]] int add(int a, int b) { return a + b; }

struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
  int missing = 0;
};

[[gnu::noinline]] int pay(int sum) {
  if (sum > 0) return sum + 1;
  Refused refused("no money");
  refused.missing = -sum;
  throw refused;
}

}  // namespace shop

namespace {

int Answer(const std::string& id, int status) {
  OMNITRACE_PROBE("request:start", id);
  OMNITRACE_PROBE("request:end", id, status);
  return status;
}

int Pay(int sum) try { return shop::pay(sum); } catch (const shop::Refused& refused) {
  return -refused.missing;
}

int Call(int calls) {
  int sum = 0;
  for (int i = 0; i < calls; ++i) sum = shop::add(sum, 1);
  return sum;
}

int Do(const std::string& line) {
  std::istringstream words(line);
  std::string command, argument;
  int status = 0;
  words >> command >> argument >> status;
  if (command == "request") return Answer(argument, status);
  if (command == "pay") return Pay(std::stoi(argument));
  if (command == "call") return Call(std::stoi(argument));
  if (command == "title") return omnitrace::set_title(argument.c_str()), 0;
  return -1;
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) std::cout << Do(line) << std::endl;
}
