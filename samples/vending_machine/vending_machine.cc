// The namesake's demonstration: a vending machine takes four coins, sells a product, pays back the
// change coin by coin, and at last fails on purpose.
//
//   omni-clang++ -std=c++20 -fomni-ns=vending vending_machine.cc -o vending_machine
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace vending {

enum class Coin { penny = 1, nickel = 5, dime = 10, quarter = 25 };

struct Product {
  std::string name;
  int price;
};

// The moving parts take their time, which is what the widths in the flamegraph show.
void turn_motor(int steps) { std::this_thread::sleep_for(std::chrono::milliseconds(steps)); }

Product find_product(const std::string& button) {
  return button == "a1" ? Product{"crisps", 25} : Product{"chocolate", 90};
}

Coin largest_coin(int amount) {
  for (Coin coin : {Coin::quarter, Coin::dime, Coin::nickel}) {
    if (static_cast<int>(coin) <= amount) return coin;
  }
  return Coin::penny;
}

std::vector<Coin> make_change(int amount) {
  if (amount == 0) return {};
  Coin coin = largest_coin(amount);
  turn_motor(2);
  std::vector<Coin> change = make_change(amount - static_cast<int>(coin));
  change.insert(change.begin(), coin);
  return change;
}

class Machine {
 public:
  int insert_coin(Coin coin) {
    turn_motor(1);
    return balance_ += static_cast<int>(coin);
  }

  Product press_button(const std::string& button) {
    Product product = find_product(button);
    if (product.price > balance_) throw std::runtime_error("not enough money");
    balance_ -= product.price;
    turn_motor(6);
    return product;
  }

  std::vector<Coin> retrieve_change() {
    std::vector<Coin> change = make_change(balance_);
    balance_ = 0;
    return change;
  }

  void retrieve_change_returned() { throw std::logic_error("the coin return is empty"); }

 private:
  int balance_ = 0;
};

}  // namespace vending

int main() {
  // Traces: thread 1 (vending_machine)
  using vending::Coin;

  vending::Machine machine;
  // Traces:   vending::Machine::Machine() -> {balance_: 0}
  machine.insert_coin(Coin::quarter);
  // Traces:   vending::Machine::insert_coin(this={balance_: 0}, coin=Coin::quarter) -> 25 changed this={balance_: 25}
  // Traces:     vending::turn_motor(steps=1)
  machine.insert_coin(Coin::dime);
  // Traces:   vending::Machine::insert_coin(this={balance_: 25}, coin=Coin::dime) -> 35 changed this={balance_: 35}
  // Traces:     vending::turn_motor(steps=1)
  machine.insert_coin(Coin::nickel);
  // Traces:   vending::Machine::insert_coin(this={balance_: 35}, coin=Coin::nickel) -> 40 changed this={balance_: 40}
  // Traces:     vending::turn_motor(steps=1)
  machine.insert_coin(Coin::penny);
  // Traces:   vending::Machine::insert_coin(this={balance_: 40}, coin=Coin::penny) -> 41 changed this={balance_: 41}
  // Traces:     vending::turn_motor(steps=1)

  std::cout << "bought " << machine.press_button("a1").name << "\n";
  // Prints: bought crisps
  // Traces:   vending::Machine::press_button(this={balance_: 41}, button="a1") -> {name: "crisps", price: 25} changed this={balance_: 16}
  // Traces:     vending::find_product(button="a1") -> {name: "crisps", price: 25}
  // Traces:     vending::turn_motor(steps=6)
  // Traces:   vending::Product::~Product(this={name: "crisps", price: 25})

  std::cout << "change: " << machine.retrieve_change().size() << " coins\n";
  // Prints: change: 3 coins
  // Traces:   vending::Machine::retrieve_change(this={balance_: 16}) -> [Coin::dime, Coin::nickel, Coin::penny] changed this={balance_: 0}
  // Traces:     vending::make_change(amount=16) -> [Coin::dime, Coin::nickel, Coin::penny]
  // Traces:       vending::largest_coin(amount=16) -> Coin::dime
  // Traces:       vending::turn_motor(steps=2)
  // Traces:       vending::make_change(amount=6) -> [Coin::nickel, Coin::penny]
  // Traces:         vending::largest_coin(amount=6) -> Coin::nickel
  // Traces:         vending::turn_motor(steps=2)
  // Traces:         vending::make_change(amount=1) -> [Coin::penny]
  // Traces:           vending::largest_coin(amount=1) -> Coin::penny
  // Traces:           vending::turn_motor(steps=2)
  // Traces:           vending::make_change(amount=0) -> []

  try {
    machine.press_button("b2");
  } catch (const std::runtime_error& error) {
    std::cout << "refused: " << error.what() << "\n";
    // Prints: refused: not enough money
    // Traces: ! vending::Machine::press_button(this={balance_: 0}, button="b2") threw std::runtime_error("not enough money")
    // Traces:     vending::find_product(button="b2") -> {name: "chocolate", price: 90}
    // Traces:     vending::Product::~Product(this={name: "chocolate", price: 90})
  }

  try {
    machine.retrieve_change_returned();
  } catch (const std::logic_error& error) {
    std::cout << "failed: " << error.what() << "\n";
    // Prints: failed: the coin return is empty
    // Traces: ! vending::Machine::retrieve_change_returned(this={balance_: 0}) threw std::logic_error("the coin return is empty")
  }
}
