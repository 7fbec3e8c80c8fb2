#include "tools/flamegraph/vega.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace omnitrace::flamegraph {
namespace {

using ::nlohmann::json;
using ::testing::HasSubstr;

const json& Named(const json& list, const std::string& name) {
  for (const json& entry : list) {
    if (entry["name"] == name) return entry;
  }
  static const json kNothing;
  ADD_FAILURE() << "nothing is named " << name;
  return kNothing;
}

Box MakeBox(uint32_t lane, uint32_t depth, uint32_t function, uint64_t start, uint64_t end) {
  Box box;
  box.lane = lane;
  box.depth = depth;
  box.function = function;
  box.start = start;
  box.end = end;
  return box;
}

Flamegraph TwoThreads() {
  Flamegraph graph;
  graph.title = "app";
  graph.start = 10;
  graph.end = 90;
  graph.functions = {{"foo::unused", "a.cc", 1}, {"foo::run", "a.cc", 7}, {"foo::stop", "", 0}};
  graph.lanes = {{"one", 3, 2}, {"two", 1, 1}};
  graph.boxes.push_back(MakeBox(0, 0, 1, 10, 90));
  graph.boxes.push_back(MakeBox(0, 1, 2, 20, 30));
  graph.boxes.push_back(MakeBox(0, 1, 2, 40, 50));
  graph.boxes.push_back(MakeBox(1, 0, 1, 15, 85));
  graph.details.resize(4);
  graph.details[1] = {"n = 1", "7", ""};
  graph.details[2] = {"n = 1", "8", "n = 2"};
  return graph;
}

TEST(VegaSpec, HasTheBoxesInColumns) {
  json spec = json::parse(VegaSpec(TwoThreads()));
  EXPECT_EQ(Named(spec["signals"], "title")["value"], "app");
  EXPECT_EQ(Named(spec["signals"], "extent")["value"], json({10, 90}));
  EXPECT_EQ(Named(spec["signals"], "rows")["value"], 5);

  const json& boxes = Named(spec["data"], "boxes")["values"][0];
  EXPECT_EQ(boxes["start"], json({10, 20, 40, 15}));
  EXPECT_EQ(boxes["width"], json({80, 10, 10, 70}));
  EXPECT_EQ(boxes["row"], json({1, 2, 2, 4}));
  EXPECT_EQ(boxes["size"], json({3, 1, 1, 1}));
}

TEST(VegaSpec, WritesFunctionsAndTextsOnce) {
  json spec = json::parse(VegaSpec(TwoThreads()));
  const json& functions = Named(spec["data"], "functions")["values"][0];
  EXPECT_EQ(functions["name"], json({"foo::run", "foo::stop"}));
  EXPECT_EQ(functions["place"], json({"a.cc:7", ""}));
  const json& boxes = Named(spec["data"], "boxes")["values"][0];
  EXPECT_EQ(boxes["f"], json({1, 2, 2, 1}));
  EXPECT_EQ(Named(spec["signals"], "texts")["value"], json({"", "n = 1", "7", "8", "n = 2"}));
  EXPECT_EQ(boxes["given"], json({0, 1, 1, 0}));
  EXPECT_EQ(boxes["gave"], json({0, 2, 3, 0}));
  EXPECT_EQ(boxes["changed"], json({0, 0, 4, 0}));
}

TEST(VegaSpec, ColumnsAreThoseThatTheTemplateUnpacks) {
  json spec = json::parse(VegaSpec(TwoThreads()));
  for (const char* name : {"functions", "lanes", "boxes"}) {
    const json& data = Named(spec["data"], name);
    size_t rows = data["values"][0].front().size();
    for (const json& field : data["transform"][0]["fields"]) {
      ASSERT_TRUE(data["values"][0].contains(field)) << name << " " << field;
      EXPECT_EQ(data["values"][0][field.get<std::string>()].size(), rows) << name << " " << field;
    }
  }
}

TEST(VegaSpec, TellsWhatAFoldStandsFor) {
  Flamegraph graph = TwoThreads();
  Box& fold = graph.boxes[1];
  fold.calls = 912;
  fold.threw = 3;
  fold.fold = std::make_unique<Fold>();
  fold.fold->shares = {{2, 12, 5}, {1, 900, 70}};
  json spec = json::parse(VegaSpec(graph));
  const json& boxes = Named(spec["data"], "boxes")["values"][0];
  EXPECT_EQ(boxes["calls"][1], 912);
  EXPECT_EQ(boxes["others"][1], 1);
  EXPECT_EQ(boxes["threw"][1], 3);
  EXPECT_EQ(Named(spec["signals"], "texts")["value"][boxes["given"][1].get<size_t>()],
            "foo::run × 900\nfoo::stop × 12");
}

TEST(VegaSpec, AnEmptyRecordingIsASpecificationToo) {
  json spec = json::parse(VegaSpec(Flamegraph()));
  EXPECT_EQ(Named(spec["signals"], "extent")["value"], json({0, 1}));
  EXPECT_TRUE(Named(spec["data"], "boxes")["values"].empty());
}

TEST(VegaSpec, SurvivesNamesThatAreNotUtf8) {
  Flamegraph graph = TwoThreads();
  graph.functions[1].name = "foo::\xff\xfe";
  graph.details[1].arguments = "\xc3";
  EXPECT_THAT(VegaSpec(graph), HasSubstr("foo::\xef\xbf\xbd"));
}

}  // namespace
}  // namespace omnitrace::flamegraph
