#include <chrono>
#include <stdexcept>

namespace foo {
void spend(int milliseconds) {
  auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  while (std::chrono::steady_clock::now() < until) {
  }
}
int step(int n) { return n + 1; }
int task(int n) {
  int sum = 0;
  for (int i = 0; i < 10; ++i) sum += step(i);
  if (n == 2) spend(600);
  if (n == 4) throw std::range_error("four");
  return sum;
}
void run() {
  for (int n = 0; n < 6; ++n) {
    try {
      task(n);
    } catch (const std::range_error&) {
    }
  }
}
}  // namespace foo

int main() { foo::run(); }
