// Methods with their object, operators, conversions, virtual calls, static members.
// RUN: %trace %s -std=c++17 | FileCheck %s
namespace foo {
struct Base {
  virtual int value() const { return 1; }
  virtual ~Base() = default;
};
class Counter : public Base {
 public:
  int value() const override { return count_; }
  Counter& operator+=(int n) {
    count_ += n;
    return *this;
  }
  explicit operator bool() const { return count_ > 0; }
  static int twice(int n) { return 2 * n; }

 private:
  int count_ = 0;
};
namespace {
struct Later {
  int defined_outside(int x);
  int call(int x) { return defined_outside(x); }
};
int Later::defined_outside(int x) { return x + 1; }
}  // namespace
int later() { return Later().call(1); }
long operator""_km(unsigned long long x) { return x * 1000; }
}  // namespace foo

int main() {
  using namespace foo;
  Counter counter;            // CHECK: > foo::Counter::Counter(this=?)
                              // CHECK-NEXT:   > foo::Base::Base(this=?)
                              // CHECK-NEXT:   < foo::Base::Base
                              // CHECK-NEXT: < foo::Counter::Counter
  counter += 4;               // CHECK-NEXT: > foo::Counter::operator+=(this=*{{{.*}}count_: 0}, n=4)
                              // CHECK-NEXT: < foo::Counter::operator+= = {{{.*}}count_: 4}
  const Base& base = counter;
  base.value();               // CHECK-NEXT: > foo::Counter::value(this=*{{{.*}}count_: 4})
                              // CHECK-NEXT: < foo::Counter::value = 4
  if (counter) Counter::twice(3);  // CHECK-NEXT: > foo::Counter::operator bool(this=*{{{.*}}count_: 4})
                              // CHECK-NEXT: < foo::Counter::operator bool = true
                              // CHECK-NEXT: > foo::Counter::twice(n=3)
                              // CHECK-NEXT: < foo::Counter::twice = 6
  3_km;                       // CHECK-NEXT: > foo::operator""_km(x=3)
                              // CHECK-NEXT: < foo::operator""_km = 3000
  later();                    // CHECK: > foo::(anonymous namespace)::Later::call(this=*{}, x=1)
                              // CHECK-NEXT: > foo::(anonymous namespace)::Later::defined_outside(this=*{}, x=1)
                              // CHECK-NEXT: < foo::(anonymous namespace)::Later::defined_outside = 2
  return 0;                   // CHECK: > foo::Counter::~Counter(this=?)
}
