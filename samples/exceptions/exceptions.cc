// What a trace shows of exceptions: a call that threw, the calls that it passed through, the one
// that caught it, and a destructor that ran on the way.
//
//   omni-clang++ -std=c++20 -fomni-ns=bank exceptions.cc -o exceptions
#include <iostream>
#include <stdexcept>
#include <string>

namespace bank {

// Not derived from std::exception: recorded by the name of its type.
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
  // Traces: thread 1 (exceptions)
  // Traces:   bank::Account::Account(balance=100) -> {balance_: 100}

  std::cout << bank::try_to_pay(account, 30) << "\n";
  // Prints: left: 70
  // Traces:   bank::try_to_pay(account={balance_: 100}, amount=30) -> "left: 70" changed account={balance_: 70}
  // Traces:     bank::pay(account={balance_: 100}, amount=30) -> 70 changed account={balance_: 70}
  // Traces:       bank::Receipt::Receipt()
  // Traces:       bank::Account::withdraw(this={balance_: 100}, amount=30) -> 70 changed this={balance_: 70}
  // Traces:       bank::Receipt::~Receipt()

  std::cout << bank::try_to_pay(account, 75) << "\n";
  // Prints: missing: 5
  // Traces:   bank::try_to_pay(account={balance_: 70}, amount=75) -> "missing: 5"
  // Traces:   ! bank::pay(account={balance_: 70}, amount=75) threw bank::Overdrawn{missing: 5}
  // Traces:       bank::Receipt::Receipt()
  // Traces:     ! bank::Account::withdraw(this={balance_: 70}, amount=75) threw bank::Overdrawn{missing: 5}
  // Traces:       bank::Receipt::~Receipt()

  std::cout << bank::try_to_pay(account, -1) << "\n";
  // Prints: a negative amount
  // Traces:   bank::try_to_pay(account={balance_: 70}, amount=-1) -> "a negative amount"
  // Traces:   ! bank::pay(account={balance_: 70}, amount=-1) threw std::invalid_argument("a negative amount")
  // Traces:       bank::Receipt::Receipt()
  // Traces:     ! bank::Account::withdraw(this={balance_: 70}, amount=-1) threw std::invalid_argument("a negative amount")
  // Traces:       bank::Receipt::~Receipt()
}
