// Containers that are looked into by key.
// RUN: %values -std=c++20
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "values.h"

int main() {
  takes(std::map<std::string, int>{{"a", 1}, {"b", 2}});
  // {"a": 1, "b": 2} | {"a": 1, "b": 2} | std::map of strings
  takes(std::map<int, std::string>{{1, "x"}, {2, "y"}});
  // {1: "x", 2: "y"} | [[1, "x"], [2, "y"]] | std::map
  takes(std::map<char, char>{{'a', 'b'}});              // {'a': 'b'} | [["a", "b"]]
  takes(std::map<int, int>());                          // {} | []
  takes(std::multimap<int, int>{{1, 2}, {1, 3}});       // {1: 2, 1: 3} | [[1, 2], [1, 3]]
  takes(std::set<int>{5, 3, 9, 1, 4, 2, 8});            // [1, 2, 3, 4, 5, 8, 9] | [1, 2, 3, 4, 5, 8, 9] | std::set
  takes(std::set<bool>{true});                          // [true] | [true]
  takes(std::set<std::string>{"b", "a"});               // ["a", "b"] | ["a", "b"]
  takes(std::multiset<int>{1, 1});                      // [1, 1] | [1, 1]
  takes(std::unordered_map<std::string, int>{{"a", 1}}); // {"a": 1} | {"a": 1} | std::unordered_map
  takes(std::unordered_map<int, int>{{4, 5}});          // {4: 5} | [[4, 5]]
  takes(std::unordered_set<int>{7});                    // [7] | [7] | std::unordered_set
  takes(std::unordered_set<std::string>());             // [] | []
  takes(std::unordered_multiset<std::string>{"a", "a"}); // ["a", "a"] | ["a", "a"]
  takes(std::unordered_multimap<char, long>{{'c', 3}});  // {'c': 3} | [["c", 3]]
  takes(std::unordered_set<long double>{2.5L});          // [2.5] | [2.5]
}
