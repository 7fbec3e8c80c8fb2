// Merged flamegraphs of long threads: that several cores read ranges of them does not show.
#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/workspace_builder.h"
#include "tools/flamegraph/flamegraph.h"
#include "tools/flamegraph/vega.h"

namespace omnitrace::flamegraph {
namespace {

using ::omnitrace::testing::WorkspaceBuilder;

class MergedRanges : public ::testing::Test {
 protected:
  MergedRanges() {
    for (const char* name : {"foo::f", "foo::g", "bar::h", "bar::i"}) {
      functions_.push_back(builder_.AddFunction(name));
    }
    for (const char* name : {"one", "two"}) threads_.push_back(builder_.AddThread(name));
  }

  // Recursion, exceptions and vanished calls, in blocks over whose ends calls stay open.
  void RecordBlock(uint32_t thread, std::mt19937& random) {
    size_t& depth = depths_[thread];
    for (size_t left = 5 + random() % 20; left > 0; --left) {
      builder_.At(builder_.now() + random() % 50);
      uint32_t what = random() % 100;
      if (depth == 0 || what < 51) {
        builder_.Enter(thread, functions_[random() % functions_.size()]);
        ++depth;
      } else if (what < 90) {
        builder_.Leave(thread);
        --depth;
      } else if (what < 97) {
        builder_.Throw(thread, "E", "what");
        --depth;
      } else {
        depth -= std::min<size_t>(depth, random() % 4);
        builder_.Unwound(thread, static_cast<uint32_t>(depth));
      }
    }
    builder_.SplitBlock(thread);
  }
  void Record(uint32_t seed, int blocks = 60) {
    std::mt19937 random(seed);
    for (int i = 0; i < blocks; ++i) RecordBlock(threads_[random() % 2], random);
  }

  std::string Draw(const std::vector<std::string>& filter, Request request, bool damaged) {
    static const tools::Usage kUsage = {"", "", {tools::kFilterGroup}};
    std::vector<std::unique_ptr<workspace::Reader>> readers;
    readers.push_back(builder_.Open());
    tools::WorkspaceSet set = tools::WorkspaceSet::FromReaders(std::move(readers)).value();
    request.filter = tools::CallFilter(tools::ParseCommandLine(kUsage, filter).value());
    absl::Status damage;
    Flamegraph graph = MakeFlamegraph(set, request, damage);
    EXPECT_EQ(damage.ok(), !damaged) << damage;
    return VegaSpec(graph) + damage.ToString();
  }
  void ExpectCoresDoNotShow(const std::vector<std::string>& filter, Request request = {},
                            bool damaged = false) {
    request.merged = true;
    request.cores = 1;
    std::string expected = Draw(filter, request, damaged);
    for (size_t cores : {2, 5}) {
      request.cores = cores;
      // Not EXPECT_EQ: such texts are too long to be shown.
      EXPECT_TRUE(Draw(filter, request, damaged) == expected) << cores << " cores";
    }
  }

  WorkspaceBuilder builder_;
  std::vector<uint32_t> functions_, threads_;
  std::map<uint32_t, size_t> depths_;
};

TEST_F(MergedRanges, CountAsOnePiece) {
  for (uint32_t seed = 0; seed < 6; ++seed) {
    Record(seed);  // behind what there is
    ExpectCoresDoNotShow({});
  }
}

TEST_F(MergedRanges, FilterAsOnePiece) {
  Record(1, 200);
  ExpectCoresDoNotShow({"--hide=foo::g"});
  ExpectCoresDoNotShow({"--ns=bar", "--depth=7"});
  ExpectCoresDoNotShow({"--min-duration=300ns"});
  ExpectCoresDoNotShow({"--since=20us", "--until=50us", "--hide=bar::h"});
  ExpectCoresDoNotShow({"--thread=two"});
  ExpectCoresDoNotShow({"--where=duration > 100"});
}

TEST_F(MergedRanges, DrawAsOnePiece) {
  Record(2, 200);
  Request request;
  request.stable = true;
  ExpectCoresDoNotShow({}, request);
  ExpectCoresDoNotShow({"--min-duration=500ns"}, request);
  request.focus = "foo::g";
  ExpectCoresDoNotShow({}, request);
  request.max_boxes = 3;
  ExpectCoresDoNotShow({}, request);
}

TEST_F(MergedRanges, OpenCallsOfAKilledProcess) {
  Record(3, 100);
  builder_.Kill();
  ExpectCoresDoNotShow({});
}

TEST_F(MergedRanges, WhatDamageLeaves) {
  Record(4, 90);
  builder_.RawRecord(threads_[1], "\x03\x03");
  Record(5, 90);
  ExpectCoresDoNotShow({}, {}, true);
  ExpectCoresDoNotShow({"--min-duration=300ns"}, {}, true);
}

TEST_F(MergedRanges, AClockThatStepsBack) {
  Record(6, 100);
  builder_.At(100);
  Record(7, 100);
  ExpectCoresDoNotShow({});
}

// A range of 16,000 calls inside each other is too much to keep: it is read again.
TEST_F(MergedRanges, ADeepRecursion) {
  for (int block = 0; block < 10; ++block) {
    for (int i = 0; i < 2000; ++i) builder_.Enter(threads_[0], functions_[0]);
    builder_.SplitBlock(threads_[0]);
  }
  for (int block = 0; block < 10; ++block) {
    for (int i = 0; i < 2000; ++i) builder_.Leave(threads_[0]);
    builder_.SplitBlock(threads_[0]);
  }
  ExpectCoresDoNotShow({});
}

}  // namespace
}  // namespace omnitrace::flamegraph
