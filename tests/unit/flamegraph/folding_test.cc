#include "tools/flamegraph/folding.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/flamegraph/boxes.h"

namespace omnitrace::flamegraph {
namespace {

using ::testing::ElementsAre;
using ::testing::IsNull;
using ::testing::Le;
using ::testing::SizeIs;

Box MakeBox(uint32_t depth, uint32_t function, uint64_t start, uint64_t end) {
  Box box;
  box.depth = depth;
  box.function = function;
  box.start = start;
  box.end = end;
  box.total = box.self = end - start;
  return box;
}

TEST(Folding, LeavesBoxesWithinTheBudgetAlone) {
  std::vector<Box> boxes;
  boxes.push_back(MakeBox(0, 0, 0, 100));
  boxes.push_back(MakeBox(1, 1, 10, 20));
  Folding(Neighbours::kAlike).Reduce(2, boxes);
  EXPECT_THAT(boxes, ElementsAre(BoxIs(0, 0, 0, 100), BoxIs(1, 1, 10, 20)));
  EXPECT_THAT(boxes[1].fold, IsNull());
}

TEST(Folding, FoldsNarrowNeighboursWithWhatIsInsideThem) {
  std::vector<Box> boxes;
  boxes.push_back(MakeBox(0, 0, 0, 1000));
  boxes.push_back(MakeBox(1, 1, 100, 110));
  boxes.push_back(MakeBox(2, 2, 102, 106));
  boxes.push_back(MakeBox(1, 3, 112, 120));
  boxes.push_back(MakeBox(1, 4, 400, 900));
  Folding(Neighbours::kAlike).Reduce(3, boxes);
  ASSERT_THAT(boxes,
              ElementsAre(BoxIs(0, 0, 0, 1000), BoxIs(1, 1, 100, 120), BoxIs(1, 4, 400, 900)));
  EXPECT_EQ(boxes[1].calls, 3u);
  EXPECT_EQ(boxes[1].total, 18u);
  EXPECT_THAT(boxes[1].fold->shares, SizeIs(3));
}

TEST(Folding, KeepsFarNeighboursApart) {
  std::vector<Box> boxes;
  boxes.push_back(MakeBox(0, 0, 0, 100000));
  for (uint64_t at : {1000, 1010, 1020, 90000, 90010, 90020}) {
    boxes.push_back(MakeBox(1, 1, at, at + 5));
  }
  Folding(Neighbours::kAlike).Reduce(4, boxes);
  EXPECT_THAT(boxes, ElementsAre(BoxIs(0, 0, 0, 100000), BoxIs(1, 1, 1000, 1025),
                                 BoxIs(1, 1, 90000, 90025)));
}

TEST(Folding, KeepsPhasesApart) {
  std::vector<Box> boxes;
  boxes.push_back(MakeBox(0, 0, 0, 2000));
  for (uint64_t i = 0; i < 200; ++i) {
    boxes.push_back(MakeBox(1, i < 100 ? 1 : 2, i * 10, i * 10 + 10));
  }
  Folding(Neighbours::kAlike).Reduce(50, boxes);
  EXPECT_THAT(boxes,
              ElementsAre(BoxIs(0, 0, 0, 2000), BoxIs(1, 1, 0, 1000), BoxIs(1, 2, 1000, 2000)));
}

TEST(Folding, FoldsStacksOfAllFunctions) {
  std::vector<Box> boxes;
  boxes.push_back(MakeBox(0, 0, 0, 2000));
  for (uint64_t i = 0; i < 200; ++i) boxes.push_back(MakeBox(1, 1 + i, i * 10, i * 10 + 10));
  Folding(Neighbours::kAny).Reduce(50, boxes);
  ASSERT_THAT(boxes, ElementsAre(BoxIs(0, 0, 0, 2000), BoxIs(1, 1, 0, 2000)));
  EXPECT_EQ(boxes[1].calls, 200u);
  EXPECT_THAT(boxes[1].fold->shares, SizeIs(Fold::kMaxShares));
  EXPECT_TRUE(boxes[1].fold->more);
}

TEST(Folding, RemembersTheFunctionsWithTheMostTime) {
  std::vector<Box> boxes;
  boxes.push_back(MakeBox(0, 0, 0, 10000));
  uint64_t at = 0;
  for (uint32_t function = 1; function <= 100; ++function) {
    boxes.push_back(MakeBox(1, function, at, at + function));
    at += function;
  }
  Folding(Neighbours::kAny).Reduce(2, boxes);
  ASSERT_THAT(boxes, SizeIs(2));
  for (const Share& share : boxes[1].fold->shares) EXPECT_GT(share.function, 68u);
}

TEST(Folding, FoldsRecursionThatIsTooDeep) {
  std::vector<Box> boxes;
  for (uint32_t i = 0; i < 5000; ++i) boxes.push_back(MakeBox(i, 0, i, 20000 - i));
  Folding(Neighbours::kAlike).Reduce(100, boxes);
  EXPECT_THAT(boxes, SizeIs(Le(100u)));
  EXPECT_GT(boxes.size(), 50u);
  EXPECT_EQ(CallsOf(boxes), 5000u);
  EXPECT_TRUE(IsNested(boxes));
}

TEST(Folding, NeverFoldsWhatIsRunning) {
  std::vector<Box> boxes;
  for (uint32_t i = 0; i < 50; ++i) {
    boxes.push_back(MakeBox(i, 0, i, 0));
    boxes.back().running = true;
  }
  Folding(Neighbours::kAlike).Reduce(10, boxes);
  EXPECT_THAT(boxes, SizeIs(50));
}

TEST(Folding, EndsWhenEveryLaneIsOneBox) {
  std::vector<Box> boxes;
  for (uint32_t lane = 0; lane < 20; ++lane) {
    for (uint64_t i = 0; i < 5; ++i) {
      boxes.push_back(MakeBox(0, 0, i * 1000, i * 1000 + 900));
      boxes.back().lane = lane;
    }
  }
  Folding(Neighbours::kAlike).Reduce(10, boxes);
  EXPECT_THAT(boxes, SizeIs(20));
  EXPECT_EQ(CallsOf(boxes), 100u);
}

}  // namespace
}  // namespace omnitrace::flamegraph
