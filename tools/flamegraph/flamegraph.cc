#include "tools/flamegraph/flamegraph.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "tools/flamegraph/call_feed.h"
#include "tools/flamegraph/details.h"
#include "tools/flamegraph/folding.h"
#include "tools/flamegraph/function_index.h"
#include "tools/flamegraph/layout.h"
#include "tools/flamegraph/stack_layout.h"
#include "tools/flamegraph/time_layout.h"
#include "tools/output/json_output.h"
#include "tools/support/progress.h"
#include "tools/support/utf8.h"

namespace omnitrace::flamegraph {
namespace {

using tools::WorkspaceFile;
using tools::WorkspaceSet;

constexpr size_t kHottest = 6;

std::string FileName(const std::string& path) {
  return tools::Escaped(std::filesystem::path(path).filename().string());
}

// "12345678" as "12,345,678".
std::string Grouped(uint64_t number) {
  std::string text = absl::StrCat(number);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string Counted(uint64_t number, const char* noun) {
  return absl::StrCat(Grouped(number), " ", noun, number == 1 ? "" : "s");
}

std::string TitleOf(const WorkspaceSet& workspaces) {
  std::string title = FileName(workspaces.files()[0].reader->info().program);
  size_t more = workspaces.files().size() - 1;
  return more == 0 ? title : absl::StrCat(title, " and ", Counted(more, "other process"), "es");
}

std::string SubtitleOf(const WorkspaceSet& workspaces, const Request& request, uint64_t calls,
                       size_t threads) {
  uint64_t dropped = 0;
  for (const WorkspaceFile& file : workspaces.files()) {
    for (const workspace::Drop& drop : file.reader->info().drops) dropped += drop.calls;
  }
  return absl::StrCat(
      request.stable ? "workspace" : FileName(workspaces.files()[0].reader->info().path), " · ",
      Counted(calls, "call"), " in ", Counted(threads, "thread"),
      request.stable ? " · one event is 1 ns wide" : "",
      request.merged ? " · merged: a box is all calls of one stack" : "",
      request.focus.empty() ? "" : absl::StrCat(" · inside ", tools::Escaped(request.focus)),
      dropped == 0 ? "" : absl::StrCat(" · ", Counted(dropped, "call"), " not recorded"));
}

std::string LaneName(const WorkspaceSet& workspaces, const WorkspaceFile& file,
                     const workspace::Thread& thread, uint64_t calls, bool stable) {
  std::string process = workspaces.files().size() > 1
                            ? absl::StrCat(FileName(file.reader->info().program), " ",
                                           tools::ShownPid(file, workspaces, {stable}), " · ")
                            : "";
  return absl::StrCat(process, "thread ", thread.index, thread.name.empty() ? "" : " · ",
                      tools::Escaped(thread.name), " · ", Counted(calls, "call"));
}

// Collects what MakeFlamegraph returns.
class Maker {
 public:
  Maker(const WorkspaceSet& workspaces, const Request& request)
      : workspaces_(workspaces), request_(request) {
    if (request.merged) {
      auto stacks = std::make_unique<StackLayout>(request.max_boxes);
      stacks_ = stacks.get();
      layout_ = std::move(stacks);
    } else {
      layout_ = std::make_unique<TimeLayout>(request.max_boxes);
    }
  }

  absl::Status ReadCalls();
  Flamegraph Finish();

 private:
  void MergeLanes();
  void FoldSurplusLanes();
  void NameFolds();
  void Measure();

  const WorkspaceSet& workspaces_;
  const Request& request_;
  std::unique_ptr<Layout> layout_;
  StackLayout* stacks_ = nullptr;  // the layout, when merged
  FunctionIndex functions_;
  std::vector<LaneSource> sources_;  // by lane
  Flamegraph flamegraph_;
};

absl::Status Maker::ReadCalls() {
  size_t blocks = 0, done = 0;
  for (const WorkspaceFile& file : workspaces_.files()) blocks += file.reader->info().blocks;
  tools::Progress progress("flamegraph", blocks);
  absl::Status damage;
  for (const WorkspaceFile& file : workspaces_.files()) {
    CallFeed feed(file, request_, functions_, *layout_, stacks_);
    for (const workspace::Thread& thread : file.reader->threads()) {
      if (!request_.filter.ShowsThread(thread)) continue;
      uint32_t lane = static_cast<uint32_t>(flamegraph_.lanes.size());
      uint64_t calls =
          feed.Run(thread, lane, [&](size_t blocks) { progress.Update(done + blocks); });
      done += file.reader->blocks(thread.index).size();
      if (calls == 0) continue;
      flamegraph_.lanes.push_back(
          {LaneName(workspaces_, file, thread, calls, request_.stable), calls});
      sources_.push_back({&file, &thread});
    }
    damage.Update(feed.damage());
  }
  return damage;
}

void Maker::MergeLanes() {
  uint64_t calls = 0;
  for (const Lane& lane : flamegraph_.lanes) calls += lane.calls;
  if (calls > 0) flamegraph_.lanes = {{"all threads", calls}};
}

// More threads than boxes: the threads with the fewest calls share one box in one last lane.
void Maker::FoldSurplusLanes() {
  std::vector<Box>& boxes = flamegraph_.boxes;
  std::vector<Lane>& lanes = flamegraph_.lanes;
  if (boxes.size() <= request_.max_boxes) return;
  std::vector<uint32_t> by_calls(lanes.size());
  for (uint32_t i = 0; i < lanes.size(); ++i) by_calls[i] = i;
  std::stable_sort(by_calls.begin(), by_calls.end(),
                   [&lanes](uint32_t a, uint32_t b) { return lanes[a].calls > lanes[b].calls; });
  std::vector<bool> kept(lanes.size());
  for (size_t i = 0; i + 1 < request_.max_boxes; ++i) kept[by_calls[i]] = true;

  std::vector<Lane> kept_lanes;
  std::vector<LaneSource> kept_sources;
  std::vector<uint32_t> numbers(lanes.size());
  for (uint32_t i = 0; i < lanes.size(); ++i) {
    numbers[i] = static_cast<uint32_t>(kept_lanes.size());
    if (!kept[i]) continue;
    kept_lanes.push_back(lanes[i]);
    kept_sources.push_back(sources_[i]);
  }
  std::vector<Box> kept_boxes;
  Box rest;
  rest.calls = 0;
  rest.start = std::numeric_limits<uint64_t>::max();
  rest.lane = static_cast<uint32_t>(kept_lanes.size());
  for (Box& box : boxes) {
    if (kept[box.lane]) {
      box.lane = numbers[box.lane];
      kept_boxes.push_back(std::move(box));
    } else {
      Absorb(box, /*inside=*/box.depth > 0, rest);
    }
  }
  kept_lanes.push_back(
      {absl::StrCat(Counted(lanes.size() - kept_lanes.size(), "thread"), " more"), rest.calls});
  kept_boxes.push_back(std::move(rest));
  lanes = std::move(kept_lanes);
  boxes = std::move(kept_boxes);
  sources_ = std::move(kept_sources);
}

// A fold is named and coloured by the function with the most time in it.
void Maker::NameFolds() {
  for (Box& box : flamegraph_.boxes) {
    if (box.fold == nullptr) continue;
    const std::vector<Share>& shares = box.fold->shares;
    box.function =
        std::max_element(shares.begin(), shares.end(), [](const Share& a, const Share& b) {
          return std::pair(a.self, a.calls) < std::pair(b.self, b.calls);
        })->function;
  }
}

void Maker::Measure() {
  if (flamegraph_.boxes.empty()) return;
  flamegraph_.start = std::numeric_limits<uint64_t>::max();
  for (const Box& box : flamegraph_.boxes) {
    flamegraph_.start = std::min(flamegraph_.start, box.start);
    flamegraph_.end = std::max(flamegraph_.end, box.end);
    Lane& lane = flamegraph_.lanes[box.lane];
    lane.rows = std::max(lane.rows, box.depth + 1);
  }
}

Flamegraph Maker::Finish() {
  size_t threads = flamegraph_.lanes.size();
  flamegraph_.merged = request_.merged;
  flamegraph_.boxes = layout_->Finish();
  if (request_.merged) {
    MergeLanes();
  } else {
    FoldSurplusLanes();
  }
  NameFolds();
  Measure();
  flamegraph_.hottest = functions_.Hottest(kHottest);
  flamegraph_.functions = functions_.Take();
  flamegraph_.details = request_.merged
                            ? std::vector<Details>(flamegraph_.boxes.size())
                            : ReadDetails(sources_, flamegraph_.boxes, {request_.stable});
  uint64_t calls = 0;
  for (const Lane& lane : flamegraph_.lanes) calls += lane.calls;
  flamegraph_.title = TitleOf(workspaces_);
  flamegraph_.subtitle = SubtitleOf(workspaces_, request_, calls, threads);
  return std::move(flamegraph_);
}

}  // namespace

Flamegraph MakeFlamegraph(const WorkspaceSet& workspaces, const Request& request,
                          absl::Status& damage) {
  Maker maker(workspaces, request);
  damage = maker.ReadCalls();
  return maker.Finish();
}

}  // namespace omnitrace::flamegraph
