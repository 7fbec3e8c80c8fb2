// What the golden file of the newest format version records: as long as the format is what it was,
// the program gives the same calls today. Signatures spell types in full since then.
// RUN: rm -rf %t && mkdir -p %t && cd %t && %omni -std=c++17 -g -fomni-ns=golden %s -o values
// RUN: OMNITRACE_OUT=new.omni OMNITRACE_LIMITS=calls=4,value=64 ./values && sed 's/"signature":"[^"]*",//' %inputs/v2.jsonl > expected
// RUN: %omnitrace calls --json --stable new.omni | sed 's/"signature":"[^"]*",//' | diff expected -
#include <unistd.h>

#include <any>
#include <array>
#include <bitset>
#include <chrono>
#include <climits>
#include <complex>
#include <csetjmp>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <variant>
#include <vector>

namespace golden {

enum class Coin { penny = 1, nickel = 5 };
struct Base {
  int x = 1;
};
struct Point : Base {
  double y = 2.5;
  std::string name = "origin";
};

void integers(bool, char, signed char, short, int, long, unsigned long long, __int128) {}
void floats(float, double, long double) {}
void text(const char*, std::string, std::string_view, wchar_t, char16_t, std::u32string) {}
Coin enums(Coin a, Coin) { return a; }
int* pointers(int* p, const Point*, void*, int (*)(int)) { return p; }
Point objects(Point p, const Point&, Point&&) { return p; }
void arrays(const int (&)[3], std::array<char, 2>) {}
void sequences(std::vector<int>, std::list<Coin>, std::set<std::string>) {}
void maps(std::map<std::string, int>, std::map<int, Point>) {}
void wrappers(std::optional<int>, std::optional<int>, std::variant<int, std::string>,
              std::tuple<int, char>, std::pair<int, Point>) {}
void owners(std::unique_ptr<int>, std::shared_ptr<Point>) {}
void large(std::vector<int>, std::string) {}
void unnamed(int, int = 7) {}

struct Shape {
  virtual ~Shape() = default;
  int id = 1;
};
struct Square : virtual Shape {
  int side = 4;
};
void dynamic(const Shape&) {}
void library(std::bitset<4>, std::chrono::milliseconds, std::complex<float>, std::any,
             std::reference_wrapper<int>, std::vector<bool>, std::error_code) {}
void members(int Base::*, _BitInt(24)) {}
void changes(std::vector<int>& numbers, int* number) {
  numbers.push_back(*number);
  *number = 0;
}

class Account {
 public:
  explicit Account(long cents) : cents_(cents) {}
  ~Account() {}
  long withdraw(long cents) {
    if (cents > cents_) throw std::runtime_error("too little");
    return cents_ -= cents;
  }

 private:
  long cents_;
};

int depth(int n) { return n == 0 ? 0 : 1 + depth(n - 1); }
void often() {}
std::jmp_buf target;
void jumps() { std::longjmp(target, 1); }
void lands() {
  if (setjmp(target) == 0) jumps();
}
void in_thread(int) {}
void dies() { _exit(0); }

void values() {
  int number = 3;
  Point point;
  integers(true, 'c', -1, -2, INT_MIN, LONG_MAX, ULLONG_MAX, static_cast<__int128>(1) << 100);
  floats(0.5f, 1e300, 2.0L);
  text("a\n", std::string("b\0c", 3), "view", L'\u00e9', u'\u20ac', U"\U0001f600");
  enums(Coin::nickel, static_cast<Coin>(77));
  pointers(nullptr, &point, &number, nullptr);
  objects(point, point, Point());
  int array[] = {1, 2, 3};
  arrays(array, {'x', 'y'});
  sequences({1, 2}, {Coin::penny}, {"a", "b"});
  maps({{"one", 1}}, {{2, point}});
  wrappers(4, std::nullopt, "text", {1, 'c'}, {5, point});
  owners(std::make_unique<int>(9), std::make_shared<Point>(point));
  large(std::vector<int>(100'000, 7), std::string(100'000, 's'));
  unnamed(6);
  Square square;
  dynamic(square);
  library(5, std::chrono::milliseconds(7), {1, -2}, 5, number, {true, false},
          std::make_error_code(std::errc::invalid_argument));
  members(&Base::x, -3);
  std::vector<int> numbers = {1};
  changes(numbers, &number);
}

void ends() {
  Account account(100);
  account.withdraw(30);
  try {
    account.withdraw(500);
  } catch (const std::exception&) {
  }
  lands();
  depth(3);
  for (int i = 0; i < 5; ++i) often();
}

}  // namespace golden

int main() {
  golden::values();
  golden::ends();
  std::thread(golden::in_thread, 1).join();
  golden::dies();
}
