// Two threads at work: each is a lane of its own in the trace, whatever the order of their calls.
//
//   omni-clang++ -std=c++20 -fomni-ns=bakery threads.cc -o threads
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bakery {

class Shelf {
 public:
  void put(const std::string& loaf) {
    std::lock_guard lock(mutex_);
    loaves_.push_back(loaf);
  }

  size_t size() const { return loaves_.size(); }

 private:
  std::mutex mutex_;
  std::vector<std::string> loaves_;
};

std::string bake(const std::string& kind, int number) {
  return kind + " " + std::to_string(number);
}

void work(Shelf& shelf, std::string kind, int loaves) {
  for (int number = 1; number <= loaves; ++number) shelf.put(bake(kind, number));
}

}  // namespace bakery

int main() {
  bakery::Shelf shelf;

  // The threads are started one after the other, so that they have the same numbers every time.
  std::thread rye([&shelf] { bakery::work(shelf, "rye", 2); });
  rye.join();
  std::thread spelt([&shelf] { bakery::work(shelf, "spelt", 1); });
  spelt.join();

  std::cout << shelf.size() << " loaves\n";
  // Prints: 3 loaves
}
