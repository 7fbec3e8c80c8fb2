#include "work.h"

#include <map>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "count.h"

namespace {

struct Refused : std::runtime_error {
  explicit Refused(int missing) : std::runtime_error("no money"), missing(missing) {}
  int missing;
};

const std::map<std::string, int> kPrices = {
    {"coffee", 3}, {"tea", 2}, {"water", 1}, {"hot chocolate with cream", 5}};

// Every 64th round goes this deep, the others less than 16.
constexpr int kDeepest = 500;
int DepthFor(unsigned seed) { return static_cast<int>(seed % 64 == 0 ? kDeepest : seed % 16); }

}  // namespace

namespace foo {

struct Point {
  int x, y;
  double weight;
};

int add(int a, int b) {
  soak::Count(soak::kAdd);
  return a + b;
}

std::string greet(const std::string& name, int n) {
  soak::Count(soak::kGreet);
  return "hello " + name + std::string(static_cast<size_t>(n), '!');
}

long total(const std::vector<int>& values) {
  soak::Count(soak::kTotal);
  return std::accumulate(values.begin(), values.end(), 0L);
}

void extend(std::vector<int>& values, int n) {
  soak::Count(soak::kExtend);
  for (int i = 0; i < n; ++i) values.push_back(i);
}

int look_up(const std::map<std::string, int>& prices, const std::string& name) {
  soak::Count(soak::kLookUp);
  return prices.at(name);
}

void move(Point& point, int by) {
  soak::Count(soak::kMove);
  point.x += by;
  point.weight *= 0.5;
}

int norm(const Point* point) {
  soak::Count(soak::kNorm);
  return point->x + point->y;
}

int descend(int depth) {
  soak::Count(soak::kDescend);
  return depth == 0 ? 0 : descend(depth - 1) + 1;
}

void refuse(int n) {
  soak::Count(soak::kRefuse);
  if (n % 3 == 0) throw Refused(n);
}

int pass(int n) {
  soak::Count(soak::kPass);
  std::string unwound(20, 'x');
  refuse(n);
  return static_cast<int>(unwound.size());
}

int attempt(int n) {
  soak::Count(soak::kAttempt);
  try {
    return pass(n);
  } catch (const Refused& refused) {
    return refused.missing;
  }
}

class Account {
 public:
  explicit Account(int sum) : sum_(sum) { soak::Count(soak::kAccount); }
  ~Account() { soak::Count(soak::kEndOfAccount); }
  int pay(int price) {
    soak::Count(soak::kPay);
    return sum_ -= price;
  }

 private:
  int sum_;
};

uint64_t round(unsigned seed) {
  soak::Count(soak::kRound);
  int n = static_cast<int>(seed % 1000);
  std::vector<int> values = {n, 2, 3};
  extend(values, n % 8);
  Point point = {n, 2, 1.0};
  move(point, n % 5);
  Account account(n);
  int sum = account.pay(n % 7) + descend(DepthFor(seed)) + attempt(n);
  if (seed % 8 == 0) sum += norm(&point) + look_up(kPrices, "tea");  // the kernel reads these
  return static_cast<uint64_t>(add(sum, n) + total(values)) * 31 + greet("world", n % 30).size();
}

uint64_t day(unsigned seed, unsigned rounds) {
  soak::Count(soak::kDay);
  uint64_t result = 0;
  for (unsigned i = 0; i < rounds; ++i) result = result * 31 + round(seed + i);
  return result;
}

}  // namespace foo
