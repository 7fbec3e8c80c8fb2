// Boost's types say by their accessors what they are.
// RUN: %values -std=c++20
#include <boost/array.hpp>
#include <boost/container/small_vector.hpp>
#include <boost/container/static_vector.hpp>
#include <boost/container/vector.hpp>
#include <boost/optional.hpp>
#include <boost/utility/string_view.hpp>
#include <string>

#include "values.h"

int main() {
  sees(boost::optional<int>(3));                       // 3 | 3
  sees(boost::optional<std::string>("text"));          // "text" | "text" | `boost::optional`
  sees(boost::optional<std::string>());                // nullopt | null

  using boost::container::small_vector;
  sees(small_vector<int, 4>{1, 2});                    // [1, 2] | [1, 2]
  sees(small_vector<int, 1>{1, 2});                    // [1, 2] | [1, 2]
  sees(small_vector<std::string, 2>{"a"});             // ["a"] | ["a"] | `boost::container::small_vector`
  sees(boost::container::static_vector<std::string, 3>{"a"});  // ["a"] | ["a"]
  sees(boost::container::vector<int>{1, 2});           // [1, 2] | [1, 2]
  sees(boost::array<int, 2>{1, 2});                    // [1, 2] | [1, 2]
  sees(boost::string_view("view", 2));                 // "vi" | "vi"
}
