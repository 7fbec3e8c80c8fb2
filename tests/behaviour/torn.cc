// Containers whose links lead elsewhere than their length says, as when another thread changes one:
// what can be followed is shown, and that they are torn.
// RUN: %record -std=c++17 | FileCheck %s
#include <cstring>
#include <deque>
#include <list>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace foo {
template <class T>
void see(const T&) {}
}  // namespace foo

// A word of the object is another one for a moment.
template <class T>
void see_with(T& object, int word, unsigned long value) {
  unsigned long kept;
  char* place = reinterpret_cast<char*>(&object) + word * sizeof kept;
  std::memcpy(&kept, place, sizeof kept);
  std::memcpy(place, &value, sizeof value);
  foo::see(object);
  std::memcpy(place, &kept, sizeof kept);
}

int main() {
  std::list<int> list = {1, 2};
  see_with(list, 2, 5);  // CHECK:      foo::see<std::list<int>>([1, 2, … 5 torn])
  see_with(list, 2, 1);  // CHECK-NEXT: foo::see<std::list<int>>([1, … 1 torn])
  see_with(list, 0, 0);  // CHECK-NEXT: foo::see<std::list<int>>([… 2 torn])
  foo::see(list);        // CHECK-NEXT: foo::see<std::list<int>>([1, 2])
  std::set<int> set = {1, 2, 3};
  see_with(set, 5, 4);   // CHECK-NEXT: foo::see<std::set<int>>([1, 2, 3, … 4 torn])
  see_with(set, 5, 1);   // CHECK-NEXT: foo::see<std::set<int>>([1, … 1 torn])
  std::set<int> seven = {1, 2, 3, 4, 5, 6, 7};
  see_with(seven, 5, 5);  // CHECK-NEXT: foo::see<std::set<int>>([1, 2, 3, 4, 5, … 5 torn])
  std::map<int, std::string> map = {{1, "one"}};
  see_with(map, 3, 16);  // CHECK-NEXT: foo::see<std::map<int, std::string>>({… 1 torn})
  std::unordered_map<int, int> hash = {{1, 2}};
  see_with(hash, 3, 2);  // CHECK-NEXT: foo::see<std::unordered_map<int, int>>({1: 2, … 2 torn})
  std::vector<int> vector = {1, 2};
  see_with(vector, 1, 8);  // CHECK-NEXT: foo::see<std::vector<int>>([… 0 torn])
  std::deque<int> deque = {1, 2};
  see_with(deque, 5, ~0UL);  // CHECK-NEXT: foo::see<std::deque<int>>([… 0 torn])
}
