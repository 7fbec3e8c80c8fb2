// A program to step through, a line for each step: classes, templates, exceptions, no library.
// clang-format off
namespace foo {
struct Base {
  int n;
  explicit Base(int start)
      : n(start) {
    n += 1;
  }
  virtual ~Base() {
    n = 0;
  }
  virtual int get() const {
    return n;
  }
};

struct Derived : Base {
  Derived()
      : Base(3) {
    n *= 2;
  }
  int get() const override {
    int base = Base::get();
    return base + 1;
  }
};

template <class T>
T twice(T value) {
  T result = value;
  result += value;
  return result;
}

void fails(int n) {
  if (n > 1) {
    throw n;
  }
}

int guarded(int n) {
  try {
    fails(n);
    return 0;
  } catch (int code) {
    n = -code;
  }
  return n;
}

int recursive(int n) {
  if (n == 0) return 0;
  return recursive(n - 1) + 1;
}

void nothing() {
}
}  // namespace foo

int main() {
  foo::Derived derived;
  int sum = derived.get();
  sum += foo::twice(2);
  sum += foo::guarded(1);
  sum += foo::recursive(2);
  foo::nothing();
  auto add = [&](int by) {
    sum += by;
  };
  add(1);
  sum += foo::guarded(2);
  return sum - 14;
}
