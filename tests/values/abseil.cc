// Of other libraries' types those that the rules fit, and no names of theirs.
// RUN: %values -std=c++20
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
}
