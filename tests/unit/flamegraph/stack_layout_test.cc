#include "tools/flamegraph/stack_layout.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/flamegraph/boxes.h"

namespace omnitrace::flamegraph {
namespace {

using ::testing::ElementsAre;
using ::testing::Le;
using ::testing::SizeIs;

void AddCall(uint32_t function, uint64_t start, uint64_t end, Layout& layout) {
  layout.Enter(function, start, {});
  layout.Leave(end, Outcome::kReturned, {});
}

TEST(StackLayout, SumsTheCallsOfAStackOverThreads) {
  StackLayout layout(10);
  for (uint32_t lane = 0; lane < 2; ++lane) {
    layout.StartLane(lane);
    layout.Enter(1, 1000, {});
    AddCall(2, 1010, 1020, layout);
    AddCall(3, 1030, 1080, layout);
    AddCall(2, 1085, 1090, layout);
    layout.Leave(1100, Outcome::kReturned, {});
  }
  std::vector<Box> boxes = layout.Finish();
  // The longest comes first, wherever it stood in time.
  ASSERT_THAT(boxes, ElementsAre(BoxIs(0, 1, 0, 200), BoxIs(1, 3, 0, 100), BoxIs(1, 2, 100, 130)));
  EXPECT_EQ(boxes[0].calls, 2u);
  EXPECT_EQ(boxes[0].self, 70u);
  EXPECT_EQ(boxes[2].calls, 4u);
}

TEST(StackLayout, RecursionIsOneBoxPerLevel) {
  StackLayout layout(10);
  layout.StartLane(0);
  for (uint64_t i = 0; i < 3; ++i) layout.Enter(1, i, {});
  for (uint64_t i = 0; i < 3; ++i) layout.Leave(10 + i, Outcome::kReturned, {});
  EXPECT_THAT(layout.Finish(),
              ElementsAre(BoxIs(0, 1, 0, 12), BoxIs(1, 1, 0, 10), BoxIs(2, 1, 0, 8)));
}

TEST(StackLayout, CountsThrownAndOpenCalls) {
  StackLayout layout(10);
  layout.StartLane(0);
  AddCall(1, 0, 10, layout);
  layout.Enter(1, 20, {});
  layout.Leave(30, Outcome::kThrew, {});
  layout.Enter(1, 40, {});
  layout.Leave(50, Outcome::kOpen, {});
  std::vector<Box> boxes = layout.Finish();
  ASSERT_THAT(boxes, ElementsAre(BoxIs(0, 1, 0, 30)));
  EXPECT_EQ(boxes[0].threw, 1u);
  EXPECT_EQ(boxes[0].open, 1u);
}

TEST(StackLayout, CancelledStacksVanish) {
  StackLayout layout(10);
  layout.StartLane(0);
  layout.Enter(1, 0, {});
  layout.Enter(2, 1, {});
  layout.Cancel();
  layout.Leave(10, Outcome::kReturned, {});
  EXPECT_THAT(layout.Finish(), ElementsAre(BoxIs(0, 1, 0, 10)));
}

TEST(StackLayout, KeepsTheBudget) {
  StackLayout layout(50);
  layout.StartLane(0);
  layout.Enter(0, 0, {});
  uint64_t now = 1;
  for (uint32_t function = 1; function <= 2000; ++function) {
    AddCall(function, now, now + function, layout);
    now += function;
  }
  layout.Leave(now, Outcome::kReturned, {});
  std::vector<Box> boxes = layout.Finish();
  EXPECT_THAT(boxes, SizeIs(Le(50u)));
  EXPECT_EQ(CallsOf(boxes), 2001u);
  EXPECT_EQ(boxes[1].function, 2000u);
  EXPECT_TRUE(IsNested(boxes));
}

// 24 levels of two functions in random order: far more stacks than are kept apart.
TEST(StackLayout, BoundsItsMemoryByFoldingNewStacks) {
  StackLayout layout(100);
  layout.StartLane(0);
  uint64_t calls = 0;
  for (uint32_t i = 0; i < 60000; ++i) {
    uint32_t path = i * 2654435761u;
    for (uint32_t level = 0; level < 24; ++level) layout.Enter(path >> level & 1, calls++, {});
    for (uint32_t level = 0; level < 24; ++level) layout.Leave(calls, Outcome::kReturned, {});
  }
  std::vector<Box> boxes = layout.Finish();
  EXPECT_EQ(CallsOf(boxes), calls);
  EXPECT_TRUE(IsNested(boxes));
  EXPECT_TRUE(std::any_of(boxes.begin(), boxes.end(),
                          [](const Box& box) { return box.fold != nullptr && box.fold->more; }));
}

}  // namespace
}  // namespace omnitrace::flamegraph
