// Two threads at work: each is a lane of its own in the trace.
//
//   omni-clang++ -std=c++20 -fomni-ns=bakery threads.cc -o threads
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bakery {

std::mutex shelf_mutex;
std::vector<std::string> shelf;

std::string bake(const std::string& kind, int number) {
  return kind + " " + std::to_string(number);
}

void put(const std::string& loaf) {
  std::lock_guard lock(shelf_mutex);
  shelf.push_back(loaf);
}

void work(const std::string& kind, int loaves) {
  for (int number = 1; number <= loaves; ++number) put(bake(kind, number));
}

size_t count_loaves() { return shelf.size(); }

}  // namespace bakery

int main() {
  // A thread's number is the order of its first traced call; started one after the other, the two
  // have the same numbers every time.
  std::thread rye([] { bakery::work("rye", 2); });
  rye.join();
  // Traces: thread 1 (threads)
  // Traces:   bakery::work(kind="rye", loaves=2)
  // Traces:     bakery::bake(kind="rye", number=1) -> "rye 1"
  // Traces:     bakery::put(loaf="rye 1")
  // Traces:     bakery::bake(kind="rye", number=2) -> "rye 2"
  // Traces:     bakery::put(loaf="rye 2")
  // Traces:
  std::thread spelt([] { bakery::work("spelt", 1); });
  spelt.join();
  // Traces: thread 2 (threads)
  // Traces:   bakery::work(kind="spelt", loaves=1)
  // Traces:     bakery::bake(kind="spelt", number=1) -> "spelt 1"
  // Traces:     bakery::put(loaf="spelt 1")
  // Traces:

  std::cout << bakery::count_loaves() << " loaves\n";
  // Prints: 3 loaves
  // Traces: thread 3 (threads)
  // Traces:   bakery::count_loaves() -> 3
}
