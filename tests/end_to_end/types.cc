// Types on request: those that the functions declare, in text and in JSON.
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %omni -std=c++17 -fomni-ns=foo %s -o app && ./app
// RUN: %omnitrace tree --types --stable | FileCheck %s
// RUN: %omnitrace calls --types --stable | FileCheck %s --check-prefix=LINES
// RUN: %omnitrace calls --json --types --stable | FileCheck %s --check-prefix=JSON
// RUN: %omnitrace call 2 --types --stable | FileCheck %s --check-prefix=CALL
// RUN: %omnitrace call 2 --json --types --stable | FileCheck %s --check-prefix=JSONCALL
// RUN: %omnitrace tree --stable | FileCheck %s --check-prefix=WITHOUT
#include <map>
#include <string>

namespace foo {
enum class Coin { nickel, quarter };
struct Machine {
  explicit Machine(int coins) : coins(coins) {}
  int insert(const Coin& coin, unsigned) { return coins += coin == Coin::quarter ? 25 : 5; }
  int coins;
};
using Prices = std::map<std::string, double>;
const Prices& raise(Prices& prices, const char* name) {
  prices[name] += 1;
  return prices;
}
// The elements of a pack have one name.
template <typename... Args>
void all(Args... args) {}
void fail(int type) { throw type; }
}  // namespace foo

int main() {
  foo::Machine machine(1);
  machine.insert(foo::Coin::quarter, 2);
  foo::Prices prices;
  foo::raise(prices, "tea");
  foo::all(1, 2.5, 'c');
  try {
    foo::fail(7);
  } catch (int) {
  }
}

// CHECK:      thread 1 (app)
// CHECK-NEXT: {{^}}  foo::Machine::Machine(int coins=1) -> foo::Machine {coins: 1}{{$}}
// CHECK-NEXT: {{^}}  foo::Machine::insert(foo::Machine this={coins: 1}, const foo::Coin &coin=Coin::quarter, unsigned int 2) -> int 26 changed foo::Machine this={coins: 26}{{$}}
// CHECK-NEXT: {{^}}  foo::raise(std::map<std::string, double> &prices={}, const char *name="tea") -> const std::map<std::string, double> & {"tea": 1.0} changed std::map<std::string, double> &prices={"tea": 1.0}{{$}}
// CHECK-NEXT: {{^}}  foo::all<int, double, char>(int args=1, double args=2.5, char args='c'){{$}}
// CHECK-NEXT: {{^}}! foo::fail(int type=7) threw int{{.*$}}
// CHECK-NOT:  {{.}}

// LINES: {{^}}      2   1  foo::Machine::insert(foo::Machine this={coins: 1}, const foo::Coin &coin=Coin::quarter, unsigned int 2) -> int 26 changed foo::Machine this={coins: 26}{{$}}

// JSON:      "args":{"coins":1},{{.*}}"types":{"args":{"coins":"int"},"this":"foo::Machine"},
// JSON-NEXT: "args":{"coin":"quarter","#3":2},{{.*}}"types":{"args":{"coin":"const foo::Coin &","#3":"unsigned int"},"this":"foo::Machine","return":"int"},
// JSON-NEXT: "types":{"args":{"prices":"std::map<std::string, double> &","name":"const char *"},"return":"const std::map<std::string, double> &"},
// JSON-NEXT: "args":{"args":1,"args#2":2.5,"args#3":"c"},"types":{"args":{"args":"int","args#2":"double","args#3":"char"}},
// JSON-NEXT: "types":{"args":{"type":"int"}},

// CALL:      this        foo::Machine *0x… {coins: 1}
// CALL-NEXT: coin        const foo::Coin & Coin::quarter
// CALL-NEXT: #3          unsigned int 2
// CALL-NEXT: outcome     -> int 26
// CALL-NEXT: after       this = foo::Machine *0x… {coins: 26}

// JSONCALL: "call":{"id":2,{{.*}}"types":{"args":{"coin":"const foo::Coin &","#3":"unsigned int"},"this":"foo::Machine","return":"int"},

// WITHOUT: foo::Machine::insert(this={coins: 1}, coin=Coin::quarter, 2) -> 26 changed this={coins: 26}
