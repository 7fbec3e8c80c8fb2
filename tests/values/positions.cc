// Iterators and threads: where they are, never what is there.
// RUN: %values -std=c++20 -pthread
#include <deque>
#include <iterator>
#include <list>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "values.h"

int main() {
  std::vector<int> numbers = {1, 2};
  takes(numbers.begin());  // <iterator at 0x…> | {"type": "iterator", "at": "0x…"} | iterators
  takes(numbers.cend());   // <iterator at 0x…> | {"type": "iterator", "at": "0x…"}
  takes(std::list<int>().end());           // <iterator at 0x…> | {"type": "iterator", "at": "0x…"}
  takes(std::map<int, std::string>().end());  // <iterator at 0x…> | {"type": "iterator", "at": "0x…"}
  takes(std::set<int>{1}.begin());         // <iterator at 0x…> | {"type": "iterator", "at": "0x…"}
  takes(std::unordered_map<int, int>().end());  // nullptr | null
  takes(std::unordered_set<int>{1}.begin());  // <iterator at 0x…> | {"type": "iterator", "at": "0x…"}
  takes(std::deque<int>{1}.begin());       // <iterator at 0x…> | {"type": "iterator", "at": "0x…"}
  takes(numbers.rend());                   // <iterator at 0x…> | {"type": "iterator", "at": "0x…"}
  takes(std::this_thread::get_id());  // <thread at 0x…> | {"type": "thread", "at": "0x…"} | std::thread::id
  takes(std::thread::id());                // nullptr | null
  takes(std::thread());                    // nullptr | null
}
