// Views by the range under them, which isn't iterated.
// RUN: %values -std=c++20
#include <ranges>
#include <vector>

#include "values.h"

int main() {
  std::vector<int> numbers = {1, 2, 3};
  auto odd = [](int number) { return number % 2 != 0; };
  takes(std::views::all(numbers));                     // <ref_view -> [1, 2, 3]> | [1, 2, 3] | a view
  takes(numbers | std::views::filter(odd));
  // filter_view(<ref_view -> [1, 2, 3]>) | {"filter_view": [1, 2, 3]} | - that changes its range
  takes(numbers | std::views::transform(odd) | std::views::take(2));
  // take_view(transform_view(<ref_view -> [1, 2, 3]>)) | {"take_view": {"transform_view": [1, 2, 3]}}
  takes(numbers | std::views::reverse);  // reverse_view(<ref_view -> [1, 2, 3]>) | {"reverse_view": [1, 2, 3]}
}
