#include "tools/flamegraph/stack_join.h"

#include <algorithm>
#include <random>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/flamegraph/boxes.h"

namespace omnitrace::flamegraph {
namespace {

using ::testing::ElementsAre;

const std::vector<uint32_t> kSameNumbers = {0, 1, 2, 3};

TEST(StackJoin, PutsRootsIntoTheCallsThatAreOpen) {
  StackLayout layout(10);
  layout.Enter(0, 100, {});
  layout.Enter(1, 110, {});
  StackLayout stretch = StackLayout::OfStretch();
  stretch.Enter(2, 120, {});
  stretch.Leave(130, Outcome::kThrew, {});
  stretch.StartRoot();
  stretch.Enter(1, 140, {});
  stretch.Enter(3, 150, {});

  StackJoin join(stretch, kSameNumbers, 0, layout);
  join.AppendRoot();
  layout.Leave(135, Outcome::kReturned, {});
  join.AppendRoot();
  join.AppendOpen();
  for (uint64_t at : {160, 170, 180}) layout.Leave(at, Outcome::kReturned, {});
  std::vector<Box> boxes = layout.Finish();
  ASSERT_THAT(boxes, ElementsAre(BoxIs(0, 0, 0, 80), BoxIs(1, 1, 0, 55), BoxIs(2, 2, 0, 10),
                                 BoxIs(2, 3, 10, 20)));
  EXPECT_EQ(boxes[0].self, 25u);
  EXPECT_EQ(boxes[1].self, 35u);
  EXPECT_EQ(boxes[1].calls, 2u);
  EXPECT_EQ(boxes[2].threw, 1u);
}

TEST(StackJoin, NumbersFunctionsAsTheLayoutDoes) {
  StackLayout layout(10), stretch = StackLayout::OfStretch();
  stretch.Enter(0, 5, {});
  const std::vector<uint32_t> numbers = {7};
  StackJoin join(stretch, numbers, 1000, layout);
  join.AppendRoot();
  join.AppendOpen();
  layout.Leave(1015, Outcome::kReturned, {});
  EXPECT_THAT(layout.Finish(), ElementsAre(BoxIs(0, 7, 0, 10)));
}

struct RandomCall {
  bool enters;
  uint32_t function;
};

std::vector<RandomCall> RandomCalls(uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<RandomCall> calls;
  size_t depth = 0;
  for (int i = 0; i < 400; ++i) {
    bool enters = depth == 0 || random() % 100 < 52;
    calls.push_back({enters, static_cast<uint32_t>(random() % 3)});
    depth += enters ? 1 : -1;
  }
  calls.insert(calls.end(), depth, {false, 0});
  return calls;
}

// As a layout of its own, which is appended then.
void AppendStretch(const std::vector<RandomCall>& calls, size_t first, size_t end,
                   StackLayout& layout) {
  StackLayout stretch = StackLayout::OfStretch();
  std::vector<uint64_t> far_ends;
  size_t open = 0;
  for (size_t i = first; i < end; ++i) {
    if (calls[i].enters) {
      stretch.Enter(calls[i].function, i, {});
      ++open;
    } else if (open > 0) {
      stretch.Leave(i, Outcome::kReturned, {});
      --open;
    } else {
      far_ends.push_back(i);
      stretch.StartRoot();
    }
  }
  StackJoin join(stretch, kSameNumbers, 0, layout);
  for (uint64_t at : far_ends) {
    join.AppendRoot();
    layout.Leave(at, Outcome::kReturned, {});
  }
  join.AppendRoot();
  join.AppendOpen();
}

void ExpectSame(const std::vector<Box>& boxes, const std::vector<Box>& expected) {
  ASSERT_EQ(boxes.size(), expected.size());
  for (size_t i = 0; i < boxes.size(); ++i) {
    const Box& box = expected[i];
    EXPECT_THAT(boxes[i], BoxIs(box.depth, box.function, box.start, box.end));
    EXPECT_EQ(boxes[i].calls, box.calls);
    EXPECT_EQ(boxes[i].self, box.self);
    EXPECT_EQ(boxes[i].fold == nullptr, box.fold == nullptr);
  }
}

// Few stacks are kept apart, so that there are rests, too.
TEST(StackJoin, CutsDoNotShow) {
  for (uint32_t seed = 0; seed < 200; ++seed) {
    std::vector<RandomCall> calls = RandomCalls(seed);
    size_t most = seed % 2 == 0 ? 20 : 10000;
    StackLayout whole(1000, most), cut(1000, most);
    for (size_t i = 0; i < calls.size(); ++i) {
      if (calls[i].enters) whole.Enter(calls[i].function, i, {});
      if (!calls[i].enters) whole.Leave(i, Outcome::kReturned, {});
    }
    std::mt19937 random(seed);
    for (size_t first = 0; first < calls.size();) {
      size_t end = std::min(calls.size(), first + random() % 50);
      AppendStretch(calls, first, end, cut);
      first = end;
    }
    ExpectSame(cut.Finish(), whole.Finish());
  }
}

TEST(StackJoin, CancelledCallsAndRestsDoNotMix) {
  StackLayout few(10, 4), many(10), stretch = StackLayout::OfStretch();
  few.Enter(0, 0, {});
  stretch.Enter(1, 1, {});
  EXPECT_TRUE(few.CanAppend(stretch));
  stretch.Enter(1, 2, {});
  stretch.Cancel();
  EXPECT_FALSE(few.CanAppend(stretch));
  EXPECT_TRUE(many.CanAppend(stretch));
}

}  // namespace
}  // namespace omnitrace::flamegraph
