// Nothing is instantiated or completed for the sake of tracing.
// RUN: %trace %s -std=c++17 | FileCheck %s
namespace foo {
template <class T>
struct Broken {
  typename T::nope x;  // instantiating this with int is an error
};
struct Later;
struct Never;
struct Abstract {
  virtual int go(const Abstract& other) const = 0;
  virtual ~Abstract() = default;
};
struct Concrete : Abstract {
  int go(const Abstract&) const override { return 7; }
};
struct Uncopyable {
  Uncopyable() = default;
  Uncopyable(const Uncopyable&) = delete;
  int x = 3;
};
int broken(const Broken<int>&) { return 1; }
int never(Never* p, Never& r) { return p == &r; }
int later(const Later& l);
int uncopyable(Uncopyable& u) { return u.x; }
struct Later { int x; };
int later(const Later& l) { return l.x; }
}  // namespace foo

int main() {
  int storage = 0;
  foo::broken(reinterpret_cast<const foo::Broken<int>&>(storage));
  // CHECK: > foo::broken(=<foo::Broken<int>>)
  foo::never(reinterpret_cast<foo::Never*>(&storage), reinterpret_cast<foo::Never&>(storage));
  // CHECK: > foo::never(p=*, r=<foo::Never>)
  foo::later({5});
  // CHECK: > foo::later(l={x: 5})
  foo::Concrete concrete;
  const foo::Abstract& abstract = concrete;
  abstract.go(abstract);
  // CHECK: > foo::Concrete::go(this=*{{.*}}, ={})
  foo::Uncopyable uncopyable;
  foo::uncopyable(uncopyable);
  // CHECK: > foo::uncopyable(u={x: 3})
}
