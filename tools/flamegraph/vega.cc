#include "tools/flamegraph/vega.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"
#include "tools/flamegraph/embedded.h"
#include "tools/flamegraph/function_label.h"

namespace omnitrace::flamegraph {
namespace {

using Json = nlohmann::ordered_json;

// Texts that repeat are written once. Index 0 is the empty text.
class Dictionary {
 public:
  size_t Add(const std::string& text) {
    auto [entry, added] = index_.emplace(text, texts_.size());
    if (added) texts_.push_back(text);
    return entry->second;
  }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_{""};
  absl::flat_hash_map<std::string, size_t> index_{{"", 0}};
};

// The functions that the boxes name, numbered from 1 as Vega's row_number does.
class FunctionTable {
 public:
  explicit FunctionTable(const Flamegraph& flamegraph)
      : flamegraph_(flamegraph), numbers_(flamegraph.functions.size()) {}

  size_t Number(uint32_t function) {
    if (numbers_[function] == 0) {
      Append(flamegraph_.functions[function]);
      numbers_[function] = ++count_;
    }
    return numbers_[function];
  }
  Json TakeColumns() { return std::move(columns_); }

 private:
  void Append(const NamedFunction& function) {
    Colour colour = ColourOf(function.name);
    columns_["name"].push_back(function.name);
    columns_["plain"].push_back(PlainName(function.name));
    columns_["short"].push_back(std::string(ShortName(function.name)));
    columns_["place"].push_back(
        function.file.empty() ? "" : absl::StrCat(function.file, ":", function.line));
    columns_["hue"].push_back(colour.hue);
    columns_["tone"].push_back(colour.tone);
  }

  const Flamegraph& flamegraph_;
  std::vector<size_t> numbers_;
  size_t count_ = 0;
  Json columns_;
};

// A line for each: "run × 900", "stop × 12", "…".
std::string DescribeShares(const Fold& fold, const Flamegraph& flamegraph) {
  constexpr size_t kShown = 6;
  std::vector<Share> shares = fold.shares;
  std::sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) {
    return std::pair(b.self, b.calls) < std::pair(a.self, a.calls);
  });
  std::string text;
  for (size_t i = 0; i < std::min(kShown, shares.size()); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : "\n",
                    PlainName(flamegraph.functions[shares[i].function].name), " × ",
                    shares[i].calls);
  }
  if (shares.size() > kShown) absl::StrAppend(&text, "\n…");
  return text;
}

// How many functions besides the named one a box stands for. One more than a fold can hold says
// "and others".
size_t OtherFunctions(const Box& box) {
  if (box.fold == nullptr) return 0;
  return box.fold->more ? Fold::kMaxShares : box.fold->shares.size() - 1;
}

// The number of boxes in the subtree of each box, itself included.
std::vector<size_t> SubtreeSizes(const std::vector<Box>& boxes) {
  std::vector<size_t> sizes(boxes.size());
  std::vector<size_t> path;
  auto close = [&](size_t depth, size_t end) {
    for (; path.size() > depth; path.pop_back()) sizes[path.back()] = end - path.back();
  };
  for (size_t i = 0; i < boxes.size(); ++i) {
    bool new_lane = i > 0 && boxes[i].lane != boxes[i - 1].lane;
    close(new_lane ? 0 : boxes[i].depth, i);
    path.push_back(i);
  }
  close(0, boxes.size());
  return sizes;
}

Json LegendColumns(const Flamegraph& flamegraph, FunctionTable& functions) {
  Json columns;
  for (const Share& share : flamegraph.hottest) {
    columns["f"].push_back(functions.Number(share.function));
    columns["calls"].push_back(share.calls);
    columns["self"].push_back(share.self);
  }
  return columns;
}

// A row for the name of each lane, and its boxes below it.
Json LaneColumns(const std::vector<Lane>& lanes, std::vector<size_t>& first_rows, size_t& rows) {
  Json columns;
  for (const Lane& lane : lanes) {
    columns["name"].push_back(lane.name);
    columns["row"].push_back(rows);
    columns["rows"].push_back(lane.rows);
    first_rows.push_back(rows + 1);
    rows += lane.rows + 1;
  }
  return columns;
}

// What is unusual about a box, as vega_spec.json's `state`.
int StateOf(const Box& box) {
  if (box.calls == 1) return static_cast<int>(box.outcome);
  if (box.threw == box.calls) return static_cast<int>(Outcome::kThrew);
  if (box.open == box.calls) return static_cast<int>(Outcome::kOpen);
  return static_cast<int>(Outcome::kReturned);
}

Json BoxColumns(const Flamegraph& flamegraph, const std::vector<size_t>& first_rows,
                FunctionTable& functions, Dictionary& texts) {
  Json columns;
  std::vector<size_t> sizes = SubtreeSizes(flamegraph.boxes);
  for (size_t i = 0; i < flamegraph.boxes.size(); ++i) {
    const Box& box = flamegraph.boxes[i];
    const Details& details = flamegraph.details[i];
    size_t others = OtherFunctions(box);
    columns["start"].push_back(box.start);
    columns["width"].push_back(box.width());
    columns["row"].push_back(first_rows[box.lane] + box.depth);
    columns["depth"].push_back(box.depth);
    columns["size"].push_back(sizes[i]);
    columns["f"].push_back(functions.Number(box.function));
    columns["calls"].push_back(box.calls);
    columns["others"].push_back(others);
    columns["state"].push_back(StateOf(box));
    columns["threw"].push_back(box.threw);
    columns["open"].push_back(box.open);
    columns["total"].push_back(box.total);
    columns["self"].push_back(box.self);
    columns["given"].push_back(
        texts.Add(others > 0 ? DescribeShares(*box.fold, flamegraph) : details.arguments));
    columns["gave"].push_back(texts.Add(details.result));
    columns["changed"].push_back(texts.Add(details.changed));
  }
  return columns;
}

Json& Named(Json& list, absl::string_view name) {
  return *std::find_if(list.begin(), list.end(),
                       [name](const Json& entry) { return entry["name"] == std::string(name); });
}

}  // namespace

std::string VegaSpec(const Flamegraph& flamegraph) {
  FunctionTable functions(flamegraph);
  Dictionary texts;
  std::vector<size_t> first_rows;
  size_t rows = 0;
  Json lanes = LaneColumns(flamegraph.lanes, first_rows, rows);
  Json boxes = BoxColumns(flamegraph, first_rows, functions, texts);
  Json legend = LegendColumns(flamegraph, functions);

  Json spec = Json::parse(kVegaTemplate);
  Json& data = spec["data"];
  if (!flamegraph.boxes.empty()) {
    Named(data, "functions")["values"] = Json::array({functions.TakeColumns()});
    Named(data, "legend")["values"] = Json::array({std::move(legend)});
    Named(data, "lanes")["values"] = Json::array({std::move(lanes)});
    Named(data, "boxes")["values"] = Json::array({std::move(boxes)});
  }
  Json& signals = spec["signals"];
  Named(signals, "title")["value"] = flamegraph.title;
  Named(signals, "subtitle")["value"] = flamegraph.subtitle;
  Named(signals, "extent")["value"] = {flamegraph.start,
                                       std::max(flamegraph.start + 1, flamegraph.end)};
  Named(signals, "rows")["value"] = rows;
  Named(signals, "texts")["value"] = texts.texts();
  return spec.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace omnitrace::flamegraph
