// Classes whose fields tell nothing: a line for each says what to show instead.
//
//   omni-clang++ -std=c++20 -fomni-ns=post adapted_types.cc -o adapted_types
#include <omnitrace/adapt.h>

#include <array>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace post {

// Keeps what it is behind a pointer to a class that its header doesn't tell of.
class Address {
 public:
  Address(std::string street, std::string town);
  std::string text() const;

 private:
  struct Parts;
  std::shared_ptr<Parts> parts_;
};

// Grams and class of service in one number.
struct Weight {
  uint32_t packed;
  unsigned grams() const { return packed >> 8; }
  bool is_express() const { return (packed & 0xff) == 1; }
};

// The last letters, in a buffer that begins anywhere.
template <typename T>
class Recent {
 public:
  void add(T item) { items_[next_++ % items_.size()] = item; }
  std::vector<T> in_order() const {
    std::vector<T> items;
    unsigned size = items_.size();
    for (unsigned i = next_ < size ? 0 : next_ - size; i < next_; ++i)
      items.push_back(items_[i % size]);
    return items;
  }

 private:
  std::array<T, 2> items_{};
  unsigned next_ = 0;
};

struct WeightView {
  unsigned grams;
  bool express;
};

}  // namespace post

// A line for a class; what it gives is shown as any value of its type is.
OMNITRACE_ADAPT(post::Address, value.text());
OMNITRACE_ADAPT(post::Weight, (post::WeightView{value.grams(), value.is_express()}));

// A function for all classes of a template.
template <typename T>
struct omnitrace::adapt<post::Recent<T>> {
  static std::vector<T> view(const post::Recent<T>& recent) { return recent.in_order(); }
};

namespace post {

struct Address::Parts {
  std::string street, town;
};
Address::Address(std::string street, std::string town)
    : parts_(new Parts{std::move(street), std::move(town)}) {}
std::string Address::text() const { return parts_->street + ", " + parts_->town; }

int price(const Weight& weight) { return weight.packed >> 8 > 100 ? 3 : 1; }

int send(const Address& to, Weight weight, Recent<std::string>& sent) {
  sent.add(to.text());
  return price(weight);
}

}  // namespace post

int main() {
  post::Address home("Elm Street 1", "Springfield");
  // Traces: thread 1 (adapted_types)
  // Traces:   post::Address::Address(street="Elm Street 1", town="Springfield") -> "Elm Street 1, Springfield"
  post::Recent<std::string> sent;
  // Traces:   post::Recent<std::string>::Recent() -> []
  std::cout << post::send(home, {250 << 8 | 1}, sent) << " euros\n";
  // Prints: 3 euros
  // Traces:   post::send(to="Elm Street 1, Springfield", weight={grams: 250, express: true}, sent=[]) -> 3
  // Traces:     post::Address::text(this="Elm Street 1, Springfield") -> "Elm Street 1, Springfield"
  // Traces:     post::Recent<std::string>::add(this=[], item="Elm Street 1, Springfield")
  // Traces:     post::price(weight={grams: 250, express: true}) -> 3

  // What is about to be destroyed is shown by its fields.
  // Traces:   post::Recent<std::string>::~Recent(this={items_: ["Elm Street 1, Springfield", ""], next_: 1})
  // Traces:   post::Address::~Address(this={parts_: <shared_ptr use_count=1 -> {street: "Elm Street 1", town: "Springfield"}>})
  // Traces:     post::Address::Parts::~Parts(this={street: "Elm Street 1", town: "Springfield"})
}
