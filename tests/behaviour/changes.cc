// What a call changed behind its references, pointers and `this` is recorded with it, and objects that
// are gone when it ends do no harm.
// RUN: %record -std=c++20 | FileCheck %s
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace foo {

struct Account {
  explicit Account(int cents) : cents(cents) {}
  int withdraw(int n) {
    if (n > cents) throw n;
    return cents -= n;
  }
  int balance() const { return cents; }
  void rename(std::string to) { owner = std::move(to); }

  int cents;
  std::string owner = "nobody";
};

void sort(std::vector<int>& v) { std::sort(v.begin(), v.end()); }
void set(int& a, int* b, int c, const int& d) { a = *b = c + d; }
void keep(std::string&) {}
void take(std::unique_ptr<int>&& from) { auto to = std::move(from); }
void overwrite(char* text) { text[0] = 'Z'; }
void insert(std::map<int, std::string>& map) { map[2] = "two"; }
void fail(int& done) {
  done = 7;
  throw 1;
}
// So large that its memory goes with it.
struct Large {
  explicit Large(int n) : n(n) {}
  void close() { delete this; }
  int n;
  std::string name = "large";
  char bytes[1 << 20];
};
void drop(std::unique_ptr<Large>& owner, Large& owned, int& number) {
  owned.n = 2;
  owner.reset();
  number = 9;
}
int twice(int n) { return 2 * n; }
void install(int (*&handler)(int)) { handler = twice; }
int accumulate(int n, int& sum) {
  sum += n;
  return n == 0 ? sum : accumulate(n - 1, sum);
}

}  // namespace foo

int main() {
  using namespace foo;
  std::vector<int> v = {3, 1, 2};
  sort(v);  // CHECK: foo::sort(v=[3, 1, 2]) changed v=[1, 2, 3]{{$}}
  int a = 1, b = 2;
  set(a, &b, 3, a);  // CHECK: foo::set(a=1, b=*0x{{.*}} 2, c=3, d=1) changed a=4, b=*0x{{.*}} 4{{$}}
  std::string text = "kept";
  keep(text);  // CHECK: foo::keep("kept"){{$}}
  auto pointer = std::make_unique<int>(4);
  take(std::move(pointer));  // CHECK: foo::take(from=<unique_ptr -> 4>) changed from=nullptr{{$}}
  char buffer[] = "abc";
  overwrite(buffer);  // CHECK: foo::overwrite(text="abc") changed text="Zbc"{{$}}
  std::map<int, std::string> map = {{1, "one"}};
  insert(map);  // CHECK: foo::insert(map={1: "one"}) changed map={1: "one", 2: "two"}{{$}}
  try {
    fail(a);  // CHECK: foo::fail(done=4) threw int changed done=7{{$}}
  } catch (int) {
  }
  auto owner = std::make_unique<Large>(1);
  drop(owner, *owner, a);
  // CHECK: foo::drop(owner=<unique_ptr -> {n: 1, name: "large"{{.*}}, number=7) changed owner=nullptr, number=9{{$}}
  (new Large(3))->close();  // CHECK: foo::Large::close(this={n: 3, name: "large"{{.*}}){{$}}
  int (*handler)(int) = nullptr;
  install(handler);  // CHECK: foo::install(handler=nullptr) changed handler=&foo::twice{{$}}
  int sum = 0;
  accumulate(2, sum);  // CHECK: foo::accumulate(n=2, sum=0) -> 3 changed sum=3{{$}}
                       // CHECK: foo::accumulate(n=1, sum=2) -> 3 changed sum=3{{$}}
                       // CHECK: foo::accumulate(n=0, sum=3) -> 3{{$}}
  auto* account = new Account(100);
  // CHECK: foo::Account::Account(cents=100) -> {cents: 100, owner: "nobody"}{{$}}
  account->withdraw(30);
  // CHECK: Account::withdraw(this={cents: 100, owner: "nobody"}, n=30) -> 70 changed this={cents: 70, owner: "nobody"}{{$}}
  account->balance();
  // CHECK: Account::balance(this={cents: 70, owner: "nobody"}) -> 70{{$}}
  account->rename("ann");
  // CHECK: Account::rename(this={cents: 70, owner: "nobody"}, to="ann") changed this={cents: 70, owner: "ann"}{{$}}
  try {
    account->withdraw(500);
    // CHECK: Account::withdraw(this={cents: 70, owner: "ann"}, n=500) threw int{{$}}
  } catch (int) {
  }
  delete account;
}
