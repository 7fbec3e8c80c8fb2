// Errors as objects: codes by value and category, exceptions that are held.
// RUN: %values -std=c++20
#include <exception>
#include <stdexcept>
#include <system_error>

#include "values.h"

struct Own {
  int field = 1;
};
struct Parts : std::error_category {
  const char* name() const noexcept override { return "parts"; }
  std::string message(int) const override { return ""; }
};

int main() {
  takes(std::make_error_code(std::errc::no_such_file_or_directory));
  // {value: 2, category: generic} | {"value": 2, "category": "generic"} | std::error_code
  takes(std::error_code(5, std::system_category()));
  // {value: 5, category: system} | {"value": 5, "category": "system"}
  takes(std::error_condition(6, std::generic_category()));
  // {value: 6, category: generic} | {"value": 6, "category": "generic"}
  Parts parts;
  takes(std::error_code(7, parts));
  // {value: 7, category: Parts} | {"value": 7, "category": "Parts"}
  sees(std::generic_category());             // generic | "generic"
  takes(std::make_exception_ptr(std::runtime_error("boom")));
  // {type: std::runtime_error, what: "boom"} | {"type": "std::runtime_error", "what": "boom"} | std::exception_ptr
  takes(std::make_exception_ptr(Own()));     // {type: Own} | {"type": "Own"}
  takes(std::exception_ptr());               // nullptr | null
}
