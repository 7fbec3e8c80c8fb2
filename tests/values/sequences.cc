// Containers whose elements have an order.
// RUN: %values -std=c++20
// RUN: %values -std=c++20 -D_GLIBCXX_DEBUG
#include <array>
#include <deque>
#include <forward_list>
#include <initializer_list>
#include <list>
#include <queue>
#include <span>
#include <stack>
#include <string>
#include <vector>

#include "values.h"

// What contains itself is described before it is complete.
struct Tree {
  int id;
  std::queue<Tree, std::list<Tree>> children = {};
};

int main() {
  takes(std::vector<int>{1, 2, 3});            // [1, 2, 3] | [1, 2, 3] | std::vector
  takes(std::vector<int>());                   // [] | []
  takes(std::vector<std::string>{"a", "b"});   // ["a", "b"] | ["a", "b"]
  takes(std::vector<std::vector<int>>{{1}, {}, {2, 3}});  // [[1], [], [2, 3]] | [[1], [], [2, 3]]
  takes(std::vector<bool>{true, false, true});
  // [true, false, true] | [true, false, true] | std::vector<bool>
  takes(std::vector<bool>());                  // [] | []
  std::vector<bool> many(70, false);
  many[64] = true;
  many.erase(many.begin(), many.begin() + 60);
  sees(many);
  // [false, false, false, false, true, false, false, false, false, false] | [false, false, false, false, true, false, false, false, false, false]
  gives(std::array<int, 3>{1, 2, 3});          // [1, 2, 3] | [1, 2, 3] | std::array
  takes(std::array<std::string, 2>{"a", "b"});  // ["a", "b"] | ["a", "b"]
  takes(std::array<int, 0>());                 // [] | []
  takes(std::initializer_list<int>{1, 2});     // [1, 2] | [1, 2] | std::initializer_list
  int numbers[] = {4, 5, 6};
  takes(std::span<int>(numbers));              // [4, 5, 6] | [4, 5, 6] | std::span
  takes(std::span<int, 2>(numbers, 2));        // [4, 5] | [4, 5]
  takes(std::list<int>{1, 2});                 // [1, 2] | [1, 2] | std::list
  takes(std::list<std::string>());             // [] | []
  takes(std::forward_list<std::string>{"x", "y"});  // ["x", "y"] | ["x", "y"] | std::forward_list
  takes(std::forward_list<int>());             // [] | []
  takes(std::deque<int>{1, 2, 3});             // [1, 2, 3] | [1, 2, 3] | std::deque
  takes(std::deque<int>());                    // [] | []
  std::deque<int> long_one(1500, 7);
  long_one.erase(long_one.begin() + 1, long_one.end() - 2);
  long_one.push_front(6);
  sees(long_one);                              // [6, 7, 7, 7] | [6, 7, 7, 7]
  std::deque<int> shifted(1100);
  for (int i = 0; i < 1100; ++i) shifted[static_cast<unsigned>(i)] = i;
  shifted.erase(shifted.begin(), shifted.begin() + 1022);
  shifted.erase(shifted.begin() + 4, shifted.end());
  sees(shifted);                               // [1022, 1023, 1024, 1025] | [1022, 1023, 1024, 1025]
  std::stack<int> stack;
  stack.push(1);
  stack.push(2);
  takes(stack);                                // [1, 2] | [1, 2] | std::stack, std::queue
  std::queue<int, std::list<int>> queue;
  queue.push(3);
  takes(queue);                                // [3] | [3]
  std::priority_queue<int> heap;
  heap.push(1);
  heap.push(5);
  takes(heap);                                 // [5, 1] | [5, 1] | std::priority_queue
  std::list<Tree> forest = {{1}};
  forest.front().children.push({2});
  takes(forest);
  // [{id: 1, children: [{id: 2, children: []}]}] | [{"id": 1, "children": [{"id": 2, "children": []}]}]
  takes(forest.front().children);
  // [{id: 2, children: []}] | [{"id": 2, "children": []}]
}
