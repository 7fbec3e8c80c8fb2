// Classes that the program shows by functions of its own, see <omnitrace/adapt.h>.
// RUN: %values -std=c++20
#include <omnitrace/adapt.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "values.h"

// A number of cents behind a pointer that doesn't say its type.
class Price {
 public:
  explicit Price(long cents) : impl_(new long(cents)) {}
  Price(const Price& other) : Price(other.cents()) {}
  ~Price() { delete static_cast<long*>(impl_); }
  long cents() const { return *static_cast<long*>(impl_); }
  std::string text() const {
    if (cents() < 0) throw std::range_error("negative");
    return std::to_string(cents() / 100) + " EUR";
  }

 private:
  void* impl_;
};
OMNITRACE_ADAPT(Price, value.text());

template <typename T>
class Ring {
 public:
  void push(T value) { values_[count_++ % 2] = value; }
  std::vector<T> copy() const {
    std::vector<T> values;
    for (unsigned i = count_ < 2 ? 0 : count_ - 2; i < count_; ++i) values.push_back(values_[i % 2]);
    return values;
  }

 private:
  T values_[2] = {};
  unsigned count_ = 0;
};
template <typename T>
struct omnitrace::adapt<Ring<T>> {
  static std::vector<T> view(const Ring<T>& ring) { return ring.copy(); }
};

// A view may be a part of the object, or another class with a view.
struct Handle {
  int number;
  Price price;
};
OMNITRACE_ADAPT(Handle, (value.price));

struct Order {
  int number;
  Price price;
};

struct Special : Price {
  using Price::Price;
  int discount = 3;
};

// Without a view for its own class an object has that of its base.
struct Event {
  virtual ~Event() = default;
  unsigned kind = 2;
};
OMNITRACE_ADAPT(Event, value.kind * 100);

int main() {
  takes(Price(250));                    // "2 EUR" | "2 EUR" | a class with a view of its own
  Price price(300);
  gives<const Price&>(price);           // "3 EUR" | "3 EUR"
  takes(std::vector<Price>{price});     // ["3 EUR"] | ["3 EUR"]
  takes(std::make_unique<Price>(700));  // <unique_ptr -> "7 EUR"> | "7 EUR"
  sees(Order{1, price});                // {number: 1, price: "3 EUR"} | {"number": 1, "price": "3 EUR"}
  sees(Handle{1, price});               // "3 EUR" | "3 EUR"
  sees(Special(100));                   // {Price: "1 EUR", discount: 3} | {"Price": "1 EUR", "discount": 3}
  Ring<int> ring;
  sees(ring);                           // [] | []
  for (int i : {1, 2, 3}) ring.push(i);
  sees(ring);                           // [2, 3] | [2, 3]
  Ring<std::string> texts;
  texts.push("a");
  sees(texts);                          // ["a"] | ["a"]
  sees(Event());                        // 200 | 200
  // Nothing says that an object is still there: by its fields.
  takes(&price);                        // *0x… {impl_: 0x…} | {"at": "0x…", "impl_": "0x…"}
  // A view that throws.
  sees(Price(-1));                      // {impl_: 0x…} | {"impl_": "0x…"}
}
