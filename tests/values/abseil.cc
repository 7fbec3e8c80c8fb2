// Abseil's types: most say by their accessors what they are, and its hash tables have rules.
// RUN: %values -std=c++20 -labsl_hash -labsl_raw_hash_set
#include <absl/container/fixed_array.h>
#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/container/inlined_vector.h>
#include <absl/container/node_hash_map.h>
#include <absl/container/node_hash_set.h>
#include <absl/strings/string_view.h>
#include <absl/types/optional.h>
#include <absl/types/span.h>

#include <string>

#include "values.h"

int main() {
  int numbers[] = {1, 2};
  takes(absl::Span<int>(numbers));                     // [1, 2] | [1, 2]
  takes(absl::string_view("view", 2));                 // "vi" | "vi"
  takes(absl::optional<int>(3));                       // 3 | 3
  takes(absl::optional<std::string>());                // nullopt | null

  using Inlined = absl::InlinedVector<std::string, 2>;
  sees(Inlined());                                     // [] | []
  sees(Inlined{"a", "b"});                             // ["a", "b"] | ["a", "b"] | `absl::InlinedVector`
  sees(Inlined{"a", "b", "c"});                        // ["a", "b", "c"] | ["a", "b", "c"]
  sees(absl::FixedArray<int>(3, 5));                   // [5, 5, 5] | [5, 5, 5]
  sees(absl::FixedArray<int, 2>(3, 5));                // [5, 5, 5] | [5, 5, 5]

  sees(absl::flat_hash_set<int>());                    // [] | []
  absl::flat_hash_set<int> set;
  for (int i = 0; i < 200; ++i) set.insert(i);
  for (int i = 0; i < 199; ++i) set.erase(i);
  sees(set);                                           // [199] | [199]
  sees(absl::flat_hash_map<std::string, int>{{"a", 1}});  // {"a": 1} | {"a": 1} | `absl::flat_hash_map`
  sees(absl::node_hash_map<int, std::string>{{1, "x"}});  // {1: "x"} | [[1, "x"]]
  sees(absl::node_hash_set<std::string>{"x"});            // ["x"] | ["x"]
  sees(absl::flat_hash_set<const char*>{nullptr});        // [nullptr] | [null]
}
