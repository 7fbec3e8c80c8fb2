// The namesake's demonstration: a vending machine takes four coins, sells a product, pays back the
// change coin by coin, and at last fails on purpose.
//
//   omni-clang++ -std=c++20 -fomni-ns=vending vending_machine.cc -o vending_machine
#include <chrono>
#include <iostream>
#include <map>
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
    const Product& product = products_.at(button);
    if (product.price > balance_) throw std::runtime_error("not enough money for " + product.name);
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
  std::map<std::string, Product> products_ = {{"a1", {"crisps", 23}}, {"b2", {"chocolate", 90}}};
};

}  // namespace vending

int main() {
  using vending::Coin;

  vending::Machine machine;
  machine.insert_coin(Coin::quarter);
  machine.insert_coin(Coin::dime);
  machine.insert_coin(Coin::nickel);
  machine.insert_coin(Coin::penny);

  std::cout << "bought " << machine.press_button("a1").name << "\n";
  // Prints: bought crisps

  std::cout << "change: " << machine.retrieve_change().size() << " coins\n";
  // Prints: change: 5 coins

  try {
    machine.press_button("b2");
  } catch (const std::runtime_error& error) {
    std::cout << "refused: " << error.what() << "\n";
    // Prints: refused: not enough money for chocolate
  }

  try {
    machine.retrieve_change_returned();
  } catch (const std::logic_error& error) {
    std::cout << "failed: " << error.what() << "\n";
    // Prints: failed: the coin return is empty
  }
}
