// What a trace shows of exceptions: a call that threw, the calls that it passed through, the one
// that caught it, and a destructor that ran on the way.
//
//   omni-clang++ -std=c++20 -fomni-ns=bank exceptions.cc -o exceptions
#include <iostream>
#include <stdexcept>
#include <string>

namespace bank {

// Not derived from std::exception: its fields are recorded instead of what().
struct Overdrawn {
  int missing;
};

class Account {
 public:
  explicit Account(int balance) : balance_(balance) {}

  int withdraw(int amount) {
    if (amount < 0) throw std::invalid_argument("a negative amount");
    if (amount > balance_) throw Overdrawn{amount - balance_};
    return balance_ -= amount;
  }

 private:
  int balance_;
};

class Receipt {
 public:
  Receipt() {}
  ~Receipt() {}
};

int pay(Account& account, int amount) {
  Receipt receipt;
  return account.withdraw(amount);
}

std::string try_to_pay(Account& account, int amount) {
  try {
    return "left: " + std::to_string(pay(account, amount));
  } catch (const Overdrawn& overdrawn) {
    return "missing: " + std::to_string(overdrawn.missing);
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace bank

int main() {
  bank::Account account(100);

  std::cout << bank::try_to_pay(account, 30) << "\n";
  // Prints: left: 70

  std::cout << bank::try_to_pay(account, 75) << "\n";
  // Prints: missing: 5

  std::cout << bank::try_to_pay(account, -1) << "\n";
  // Prints: a negative amount
}
