// A traced program for the tests of scripts: calls that return and throw, and probes, as the README
// and the seeds of the idea have them.
#include <omnitrace/omnitrace.h>

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace shop {

enum class Coin : unsigned char { penny = 1, nickel = 5 };

struct Broken : std::runtime_error {
  Broken(const std::string& text, int given) : std::runtime_error(text), code(given) {}
  int code;
};

class Machine {
 public:
  int insert(Coin coin, int count) {
    credit_ += static_cast<int>(coin) * count;
    if (credit_ > 100) throw Broken("too much", credit_);
    return credit_;
  }

 private:
  int credit_ = 0;
};

struct Base {
  int id;
};
struct Item : Base {
  std::string name;
  std::vector<double> prices;
  std::map<std::string, int> stock;
  std::map<int, std::string> notes;
  std::optional<int> none, some;
  std::variant<int, std::string> either;
  std::unique_ptr<Base> owned;
  const Base* link;
  std::pair<char, bool> both;
  Coin coin;
  __int128 huge;
  std::uint64_t large;
  double infinite;
  std::string bytes;
  int table[2][2];
};

void stock(const Item& item) {}
double half(double of, bool exact, char unit, const char* label) { return exact ? of / 2 : 0; }
std::uint64_t hash(std::uint64_t seed, std::int64_t offset, const std::string& text) {
  return seed;
}
Coin change(Coin coin, float rate) { return coin; }

}  // namespace shop

namespace foo {
void outer() {}
namespace bar {
void inner() {}
}  // namespace bar
}  // namespace foo

int main() {
  shop::Machine machine;
  machine.insert(shop::Coin::nickel, 2);
  machine.insert(static_cast<shop::Coin>(7), 1);
  try {
    machine.insert(shop::Coin::nickel, 50);
  } catch (const shop::Broken&) {
  }
  foo::outer();
  foo::bar::inner();

  shop::Base base = {9};
  shop::Item item = {{7},
                     "tea",
                     {1.5, 2},
                     {{"left", 3}},
                     {{4, "four"}},
                     {},
                     5,
                     "held",
                     std::make_unique<shop::Base>(shop::Base{8}),
                     &base,
                     {'c', true},
                     shop::Coin::penny,
                     static_cast<__int128>(1) << 100,
                     std::numeric_limits<std::uint64_t>::max(),
                     std::numeric_limits<double>::infinity(),
                     "\xff",
                     {{1, 2}, {3, 4}}};
  shop::stock(item);
  shop::half(5, true, 'x', "label");
  shop::half(std::numeric_limits<double>::quiet_NaN(), false, '\xe4', nullptr);
  shop::hash(std::uint64_t{1} << 60, std::numeric_limits<std::int64_t>::min(), "h\xc3\xa9");
  shop::hash((std::uint64_t{1} << 53) - 1, -5, std::string(100000, 'y'));
  shop::change(shop::Coin::nickel, 0.5f);

  static const int statuses[] = {404, 404, 200, 500, 404, 200};
  for (int id = 1; id <= 6; ++id) {
    OMNITRACE_PROBE("request:start", id, ("path", std::string("/page/") + std::to_string(id)));
    OMNITRACE_PROBE("request:end", id, ("status", statuses[id - 1]));
  }
  OMNITRACE_PROBE("clash", ("name", 1), ("title", std::string("t")), ("own", 2), ("props", 3),
                  ("__proto__", 4));
  OMNITRACE_PROBE("bare");
}
