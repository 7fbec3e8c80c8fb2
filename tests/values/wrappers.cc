// What holds another value, or one of several.
// RUN: %values -std=c++23
#include <atomic>
#include <bitset>
#include <complex>
#include <expected>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "values.h"

int main() {
  takes(std::optional<int>(3));                 // 3 | 3 | std::optional
  takes(std::optional<std::string>());          // nullopt | null | - without a value
  takes(std::optional<std::string>("text"));    // "text" | "text"
  takes(std::variant<int, std::string>("held"));  // "held" | "held" | std::variant
  takes(std::variant<int, std::string>(5));     // 5 | 5
  takes(std::expected<int, std::string>(3));    // 3 | 3 | std::expected
  takes(std::expected<int, std::string>(std::unexpect, "bad"));
  // unexpected("bad") | {"unexpected": "bad"} | - with an error
  takes(std::expected<void, int>());            // void | null
  takes(std::expected<void, int>(std::unexpect, 7));  // unexpected(7) | {"unexpected": 7}
  takes(std::pair<int, std::string>(1, "x"));
  // {first: 1, second: "x"} | {"first": 1, "second": "x"} | std::pair
  takes(std::tuple<int, std::string, char>(1, "x", 'c'));
  // (1, "x", 'c') | [1, "x", "c"] | std::tuple
  takes(std::tuple<>());                        // () | []
  takes(std::bitset<10>(5));                    // "0000000101" | "0000000101" | std::bitset
  std::bitset<130> wide;
  wide[129] = wide[64] = wide[0] = true;
  takes(wide);
  // "1000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000001" | "1000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000001"
  takes(std::bitset<0>());                      // "" | ""
  takes(std::complex<double>(1, 2));            // (1+2i) | [1.0, 2.0] | std::complex
  gives(std::complex<float>(0.5f, -1));         // (0.5-1i) | [0.5, -1.0]
  takes(std::filesystem::path("/tmp/a b"));     // "/tmp/a b" | "/tmp/a b" | std::filesystem::path
  std::atomic<int> atomic = 4;
  sees(atomic);                                 // 4 | 4 | std::atomic
  std::atomic<bool> yes = true;
  sees(yes);                                    // true | true
  std::atomic<double> real = 2.5;
  sees(real);                                   // 2.5 | 2.5
  std::atomic<int*> pointer = nullptr;
  sees(pointer);                                // nullptr | null
  std::mutex mutex;
  sees(mutex);                                  // mutex::unlocked | "unlocked" | std::mutex
  mutex.lock();
  sees(mutex);                                  // mutex::locked | "locked"
  mutex.unlock();
}
