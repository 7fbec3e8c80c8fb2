// A pointer argument is recorded with the object behind it, smart pointers at any depth, and the
// plain pointers inside an object as addresses: they may point anywhere.
// RUN: %record -std=c++17 | FileCheck %s
#include <memory>

namespace foo {
struct Node {
  int value;
  const Node* next;
  const char* text;
  std::unique_ptr<Node> owned;
};
int first(const Node* node) { return node->value; }
}  // namespace foo

int main() {
  foo::Node last = {2, nullptr, "last", nullptr};
  foo::Node node = {1, &last, "node", std::unique_ptr<foo::Node>(new foo::Node{3})};
  foo::first(&node);
  // CHECK: foo::first(node=*0x… {value: 1, next: 0x…, text: 0x…, owned: <unique_ptr -> {value: 3, {{.*}}}>}) -> 1
}
