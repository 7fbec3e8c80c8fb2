#include <list>
#include <map>
#include <string>
#include <vector>

namespace foo {
using Grid = std::vector<std::vector<int>>;
struct Deep {
  int level;
  std::vector<Deep> inner;
};
void two(const Grid& a, const Grid& b) {}
void text(const std::string& s, const std::map<int, bool>& m, const std::vector<bool>& bits) {}
void deep(const Deep& d) {}
}  // namespace foo

int main() {
  foo::two({{1, 2, 3}, {4, 5, 6}}, {{7}, {8, 9}});
  foo::text("abcdefgh", {{1, true}, {2, false}}, {true, false, true});
  foo::deep({1, {{2, {{3, {{4, {}}}}}}}});
}
