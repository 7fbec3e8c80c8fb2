#include <memory>
#include <vector>

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/support/workspace_builder.h"
#include "tools/output/chrome_output.h"
#include "tools/output/folded_output.h"
#include "tools/output/speedscope_output.h"

namespace omnitrace::tools {
namespace {

using omnitrace::testing::WorkspaceBuilder;

// main runs 1,000 ns, in it f twice 100 ns, the second time with g for 50 ns inside; then a worker.
class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    WorkspaceBuilder builder;
    uint32_t main = builder.AddFunction("main"), f = builder.AddFunction("f;x");
    uint32_t g = builder.AddFunction("g");
    uint32_t first = builder.AddThread("main"), worker = builder.AddThread("worker");
    auto enter = [&](uint32_t thread, uint32_t function, uint64_t at) {
      builder.At(at);
      builder.Enter(thread, function);
    };
    auto leave = [&](uint32_t thread, uint64_t at) {
      builder.At(at);
      builder.Leave(thread);
    };
    enter(first, main, 0);
    enter(first, f, 100);
    leave(first, 200);
    enter(first, f, 300);
    enter(first, g, 310);
    leave(first, 360);
    leave(first, 400);
    leave(first, 1000);
    enter(worker, g, 1100);
    leave(worker, 1107);
    std::vector<std::unique_ptr<workspace::Reader>> readers;
    readers.push_back(builder.Open());
    set_ = std::make_unique<WorkspaceSet>(WorkspaceSet::FromReaders(std::move(readers)).value());
  }

  std::string Print(Output& output, StringSink& sink) {
    CallFilter filter;
    CallStream stream(*set_, filter, {.order = CallStream::Order::kThread});
    EXPECT_TRUE(PrintCalls(*set_, stream, sink, output).ok());
    return sink.text();
  }

  std::unique_ptr<WorkspaceSet> set_;
  StringSink sink_;
};

TEST_F(ExportTest, FoldedStacksHaveTheirOwnTime) {
  FoldedOutput output(sink_);
  EXPECT_EQ(Print(output, sink_), "main 800\nmain;f:x 150\nmain;f:x;g 50\ng 7\n");
}

TEST_F(ExportTest, ChromeEventsAreComplete) {
  ChromeOutput output(sink_, {});
  nlohmann::json trace = nlohmann::json::parse(Print(output, sink_));
  const nlohmann::json& events = trace["traceEvents"];
  ASSERT_EQ(events.size(), 7u);  // two names of threads, five calls
  EXPECT_EQ(events[0]["args"]["name"], "main");
  EXPECT_EQ(events[2]["name"], "main");
  EXPECT_EQ(events[2]["dur"], 1.0);
  EXPECT_EQ(events[5]["name"], "g");
  EXPECT_EQ(events[5]["ts"], 0.31);
  EXPECT_EQ(events[6]["tid"], 2);
}

TEST_F(ExportTest, SpeedscopeProfilesOpenAndCloseInOrder) {
  SpeedscopeOutput output(sink_);
  nlohmann::json file = nlohmann::json::parse(Print(output, sink_));
  ASSERT_EQ(file["profiles"].size(), 2u);
  const nlohmann::json& events = file["profiles"][0]["events"];
  std::vector<uint64_t> stack;
  uint64_t last = 0;
  for (const nlohmann::json& event : events) {
    EXPECT_GE(event["at"].get<uint64_t>(), last);
    last = event["at"];
    if (event["type"] == "O") {
      stack.push_back(event["frame"]);
    } else {
      ASSERT_FALSE(stack.empty());
      EXPECT_EQ(event["frame"], stack.back());
      stack.pop_back();
    }
  }
  EXPECT_TRUE(stack.empty());
  EXPECT_EQ(events.size(), 8u);
  EXPECT_EQ(file["profiles"][0]["endValue"], 1000);
  EXPECT_EQ(file["shared"]["frames"][1]["name"], "f;x");
}

}  // namespace
}  // namespace omnitrace::tools
