#include "runtime/workspace/ordered_work.h"

#include <atomic>
#include <chrono>

#include "gtest/gtest.h"

namespace omnitrace::workspace {
namespace {

TEST(OrderedWork, GivesResultsInOrder) {
  for (size_t threads : {1, 2, 7}) {
    // Early pieces take longer than the ones behind them.
    OrderedWork<size_t> work(
        200,
        [](size_t i) {
          if (i % 8 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
          return i * i;
        },
        threads);
    for (size_t i = 0; i < 200; ++i) EXPECT_EQ(work.Next(), i * i);
    EXPECT_EQ(work.Next(), std::nullopt);
  }
}

TEST(OrderedWork, DoesNotRunFarAhead) {
  std::atomic<size_t> begun = 0;
  OrderedWork<int> work(
      1000, [&](size_t) { return ++begun, 0; }, 2);
  work.Next();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_LE(begun, 50u);
}

TEST(OrderedWork, NeedNotBeDoneToTheEnd) {
  OrderedWork<int> work(
      1000, [](size_t) { return 0; }, 3);
  EXPECT_EQ(work.Next(), 0);
}

TEST(OrderedWork, MayBeNothing) {
  EXPECT_EQ(OrderedWork<int>(0, [](size_t) { return 0; }).Next(), std::nullopt);
}

}  // namespace
}  // namespace omnitrace::workspace
