#include "tools/flamegraph/time_layout.h"

#include <random>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/flamegraph/boxes.h"

namespace omnitrace::flamegraph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

TEST(TimeLayout, MakesABoxForEachCall) {
  TimeLayout layout(10);
  layout.StartLane(0);
  layout.Enter(1, 100, {});
  layout.Enter(2, 110, {});
  layout.Leave(150, Outcome::kThrew, {});
  layout.Leave(200, Outcome::kReturned, {});
  layout.StartLane(1);
  layout.Enter(3, 50, {});
  layout.Leave(60, Outcome::kOpen, {});
  std::vector<Box> boxes = layout.Finish();
  ASSERT_THAT(boxes,
              ElementsAre(BoxIs(0, 1, 100, 200), BoxIs(1, 2, 110, 150), BoxIs(0, 3, 50, 60)));
  EXPECT_EQ(boxes[0].total, 100u);
  EXPECT_EQ(boxes[0].self, 60u);
  EXPECT_EQ(boxes[1].threw, 1u);
  EXPECT_EQ(boxes[2].lane, 1u);
  EXPECT_EQ(boxes[2].open, 1u);
}

TEST(TimeLayout, CancelTakesTheCallAway) {
  TimeLayout layout(10);
  layout.StartLane(0);
  layout.Enter(1, 100, {});
  layout.Enter(2, 110, {});
  layout.Cancel();
  layout.Leave(200, Outcome::kReturned, {});
  layout.Enter(3, 210, {});
  layout.Cancel();
  EXPECT_THAT(layout.Finish(), ElementsAre(BoxIs(0, 1, 100, 200)));
}

TEST(TimeLayout, NothingGivesNothing) { EXPECT_THAT(TimeLayout(10).Finish(), IsEmpty()); }

// Calls of random depth and width under one root.
uint64_t AddRandomCalls(uint64_t count, Layout& layout) {
  std::mt19937 random(7);
  uint64_t now = 0, calls = 1;
  uint32_t depth = 1;
  layout.Enter(0, now, {});
  while (calls < count || depth > 1) {
    now += 1 + random() % 50 * (random() % 40 == 0 ? 1000 : 1);
    if (calls < count && depth < 30 && (depth == 1 || random() % 2 == 0)) {
      layout.Enter(1 + random() % 60, now, {});
      ++depth;
      ++calls;
    } else {
      layout.Leave(now, Outcome::kReturned, {});
      --depth;
    }
  }
  layout.Leave(now + 1, Outcome::kReturned, {});
  return calls;
}

class TimeLayoutBudget : public ::testing::TestWithParam<size_t> {};

TEST_P(TimeLayoutBudget, IsKeptAndEveryCallCounted) {
  TimeLayout layout(GetParam());
  layout.StartLane(0);
  uint64_t calls = AddRandomCalls(100000, layout);
  std::vector<Box> boxes = layout.Finish();
  EXPECT_THAT(boxes, SizeIs(Le(GetParam())));
  EXPECT_EQ(CallsOf(boxes), calls);
  EXPECT_TRUE(IsNested(boxes));
  uint64_t self = 0;
  for (const Box& box : boxes) self += box.self;
  EXPECT_EQ(self, boxes[0].total);
  EXPECT_EQ(boxes[0].width(), boxes[0].total);
}

INSTANTIATE_TEST_SUITE_P(Budgets, TimeLayoutBudget, ::testing::Values(1, 10, 100, 1000, 10000));

TEST(TimeLayout, KeepsOpenCallsHoweverDeep) {
  TimeLayout layout(10);
  layout.StartLane(0);
  for (uint32_t i = 0; i < 100000; ++i) layout.Enter(0, i, {});
  for (uint32_t i = 0; i < 100000; ++i) layout.Leave(200000 + i, Outcome::kOpen, {});
  std::vector<Box> boxes = layout.Finish();
  EXPECT_THAT(boxes, SizeIs(Le(10u)));
  EXPECT_EQ(CallsOf(boxes), 100000u);
  EXPECT_EQ(boxes[0].start, 0u);
  EXPECT_EQ(boxes[0].end, 299999u);
}

}  // namespace
}  // namespace omnitrace::flamegraph
