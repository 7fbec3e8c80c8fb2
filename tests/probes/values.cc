// Values of all types that are known without the plugin, and what becomes of others.
// RUN: %probes
// RUN: FileCheck %s --match-full-lines --check-prefixes=CHECK,ALONE < %t/without_plugin.tree
// RUN: FileCheck %s --match-full-lines --check-prefixes=CHECK,PLUGIN < %t/with_plugin.tree
#include <omnitrace/omnitrace.h>

#include <array>
#include <deque>
#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace foo {
struct Point {
  int x, y;
};
enum class Coin : unsigned char { penny = 1, nickel = 5 };
struct Incomplete;
}  // namespace foo

// CHECK: thread 1 (app)
int main() {
  OMNITRACE_PROBE("nothing");
  // CHECK-NEXT: nothing()

  bool yes = true;
  long long number = -42;
  unsigned char byte = 200;
  __extension__ __int128 longest = static_cast<__int128>(1) << 100;
  OMNITRACE_PROBE("numbers", yes, number, byte, 2.5f, 1e300, 2.5L, longest, 'c', U'c', nullptr);
  // CHECK-NEXT: numbers(yes=true, number=-42, byte=200, 2.5f=2.5, 1e300=1e+300, 2.5L=2.5, longest=1267650600228229401496703205376, 'c'='c', U'c'='c', nullptr=nullptr)
  const volatile short kept = 7;
  struct {
    unsigned bits : 3;
  } packed = {5};
  OMNITRACE_PROBE("odd places", kept, packed.bits, 1'000'000, ("sum", number + 2));
  // CHECK-NEXT: odd places(kept=7, packed.bits=5, 1'000'000=1000000, sum=-40)

  foo::Coin coin = foo::Coin::nickel;
  OMNITRACE_PROBE("enum", coin);
  // ALONE-NEXT: enum(coin=5)
  // PLUGIN-NEXT: enum(coin=Coin::nickel)

  std::string text = "a \"text\"", longer(100, 'x'), longest_text(5000, 'y');
  const char* c_string = "C string";
  char buffer[16] = "buffer";
  OMNITRACE_PROBE("texts", text, longer, std::string_view("view"), c_string, buffer, "literal", L"wide");
  // CHECK-NEXT: texts(text="a \"text\"", longer="{{x+}}", std::string_view("view")="view", c_string="C string", buffer="buffer", "literal"="literal", L"wide"="wide")
  OMNITRACE_PROBE("cut", longest_text);
  // CHECK-NEXT: cut(longest_text="{{y+}}"{{.*}}5000)

  int target = 3;
  int* pointer = &target;
  foo::Incomplete* incomplete = nullptr;
  void (*function)() = nullptr;
  OMNITRACE_PROBE("pointers", pointer, incomplete, function);
  // CHECK-NEXT: pointers(pointer=*0x… 3, incomplete=nullptr, function=nullptr)

  int matrix[2][2] = {{1, 2}, {3, 4}};
  OMNITRACE_PROBE("arrays", matrix, ("array", std::array<int, 2>{{5, 6}}),
                  ("none", std::array<int, 0>()));
  // CHECK-NEXT: arrays(matrix={{\[\[}}1, 2], [3, 4]], array=[5, 6], none=[])
  std::vector<int> numbers = {1, 2, 3};
  std::vector<bool> bits = {true, false};
  std::vector<std::string> words = {"a", "b"};
  std::vector<int> many(100000, 7);
  OMNITRACE_PROBE("vectors", numbers, bits, words, std::vector<int>());
  // CHECK-NEXT: vectors(numbers=[1, 2, 3], bits=[true, false], words=["a", "b"], std::vector<int>()=[])
  OMNITRACE_PROBE("many", many, ("list", std::list<int>(5000, 7)));
  // CHECK-NEXT: many(many=[7, 7, {{.*}}, … 100000], list=[7, 7, {{.*}}, … 5000])
  OMNITRACE_PROBE("nodes", ("deque", std::deque<int>{1, 2}), ("list", std::list<std::string>{"a"}),
                  ("forward", std::forward_list<int>{4, 5}), ("set", std::set<int>{9, 8}),
                  ("multiset", std::multiset<char>{'b', 'a'}),
                  ("unordered", std::unordered_set<int>{7}));
  // CHECK-NEXT: nodes(deque=[1, 2], list=["a"], forward=[4, 5], set=[8, 9], multiset=['a', 'b'], unordered=[7])
  OMNITRACE_PROBE("maps", ("map", std::map<std::string, int>{{"a", 1}, {"b", 2}}),
                  ("hash", std::unordered_map<int, std::string>{{1, "x"}}),
                  ("nested", std::map<int, std::vector<int>>{{1, {2, 3}}}));
  // CHECK-NEXT: maps(map={"a": 1, "b": 2}, hash={1: "x"}, nested={1: [2, 3]})

  OMNITRACE_PROBE("parts", ("pair", std::pair<char, double>('a', 2.5)),
                  ("tuple", std::tuple<int, std::string, char>(1, "x", 'c')), std::tuple<>());
  // CHECK-NEXT: parts(pair={first: 'a', second: 2.5}, tuple=(1, "x", 'c'), std::tuple<>()=())
  OMNITRACE_PROBE("references", std::tie(number, text));
  // ALONE-NEXT: references(std::tie(number, text)=(-42, "a \"text\""))
  // PLUGIN-NEXT: references(std::tie(number, text)=(0x…, 0x…))
  std::optional<std::string> held = "held", empty;
  OMNITRACE_PROBE("optional", held, empty);
  // CHECK-NEXT: optional(held="held", empty=nullopt)
  auto shared = std::make_shared<std::string>("shared");
  std::shared_ptr<int> nobodys;
  OMNITRACE_PROBE("owners", std::make_unique<int>(7), std::unique_ptr<int>(), shared, nobodys);
  // CHECK-NEXT: owners(std::make_unique<int>(7)=<unique_ptr -> 7>, std::unique_ptr<int>()={{.*}}nullptr{{.*}}, shared=<shared_ptr use_count=1 -> "shared">, nobodys={{.*}}nullptr{{.*}})

  foo::Point point = {1, 2};
  OMNITRACE_PROBE("objects", point, ("points", std::vector<foo::Point>{point}));
  // ALONE-NEXT: objects(point=<foo::Point at 0x…>, points=[<foo::Point at 0x…>])
  // PLUGIN-NEXT: objects(point={x: 1, y: 2}, points=[{x: 1, y: 2}])
  auto lambda = [number] { return number; };
  OMNITRACE_PROBE("lambda", (lambda()), (number + 1) * 2, (static_cast<int>(number)));
  // CHECK-NEXT: lambda((lambda())=-42, (number + 1) * 2=-82, (static_cast<int>(number))=-42)
  // CHECK-NOT: {{.}}
}
