// Durations with their units; points in time of the system's clock as dates, in UTC.
// RUN: %values -std=c++20
#include <chrono>
#include <ratio>

#include "values.h"

using namespace std::chrono_literals;
using std::chrono::sys_time;

struct Timed {
  std::chrono::milliseconds left;
  int tries;
};

int main() {
  takes(5ms);                                          // 5ms | "5ms" | std::chrono::duration
  takes(-3ns);                                         // -3ns | "-3ns"
  takes(7us);                                          // 7us | "7us"
  takes(std::chrono::duration<double>(1.5));           // 1.5s | "1.5s"
  takes(2min);                                         // 2min | "2min"
  takes(24h);                                          // 24h | "24h"
  takes(std::chrono::days(3));                         // 3d | "3d"
  takes(std::chrono::weeks(1));                        // 1[604800]s | "1[604800]s"
  takes(std::chrono::duration<int, std::ratio<1, 30>>(4));  // 4[1/30]s | "4[1/30]s"
  gives(Timed{250ms, 2});                              // {left: 250ms, tries: 2} | {"left": "250ms", "tries": 2}
  takes(sys_time<std::chrono::milliseconds>(1709294400250ms));
  // 2024-03-01T12:00:00.250Z | "2024-03-01T12:00:00.250Z" | std::chrono::time_point
  takes(sys_time<std::chrono::nanoseconds>(-1ns));
  // 1969-12-31T23:59:59.999999999Z | "1969-12-31T23:59:59.999999999Z"
  takes(sys_time<std::chrono::seconds>(951782400s));   // 2000-02-29T00:00:00Z | "2000-02-29T00:00:00Z"
  takes(sys_time<std::chrono::seconds>(std::chrono::seconds(INT64_MAX)));
  // 9223372036854775807s | "9223372036854775807s"
  takes(std::chrono::steady_clock::time_point(9ns));   // 9ns | "9ns" | - of other clocks, since their epoch
}
