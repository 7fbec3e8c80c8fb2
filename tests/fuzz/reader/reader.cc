// Any bytes as a workspace, shown in every way that the tool has: an error or a value, within
// bounds of time and memory.
#include "runtime/workspace/reader.h"

#include <memory>
#include <utility>
#include <vector>

#include "runtime/workspace/verifier.h"
#include "tests/fuzz/reader/packed_workspace.h"
#include "tools/flamegraph/flamegraph.h"
#include "tools/flamegraph/vega.h"
#include "tools/model/contents.h"
#include "tools/model/statistics.h"
#include "tools/output/call_details.h"
#include "tools/output/chrome_output.h"
#include "tools/output/folded_output.h"
#include "tools/output/info_json.h"
#include "tools/output/json_output.h"
#include "tools/output/speedscope_output.h"
#include "tools/output/text_output.h"

namespace omnitrace::fuzz {
namespace {

using tools::CallFilter;
using tools::CallStream;
using tools::WorkspaceSet;

// Looks at every byte, and counts instead of keeping.
class CountingSink : public tools::Sink {
 public:
  void Write(absl::string_view text) override {
    for (char c : text) sum_ = sum_ + static_cast<unsigned char>(c);
  }

 private:
  volatile uint64_t sum_ = 0;
};

class DetailsOutput : public tools::Output {
 public:
  explicit DetailsOutput(tools::Sink& sink) : sink_(sink) {}
  void Add(const tools::Call& call) override { sink_.Write(CallDetails(call, {}, &status_)); }

 private:
  tools::Sink& sink_;
};

class Tour {
 public:
  explicit Tour(const WorkspaceSet& set) : set_(set) {}

  void ShowCalls() {
    for (const tools::WorkspaceFile& file : set_.files()) {
      tools::Contents contents = ContentsOf(file, filter_);
      sink_.Write(tools::Dump(InfoToJson(file.reader->info(), contents, false, true)));
    }
    PrintCallsInAllWays();
    tools::Statistics statistics(set_, filter_);
    for (const tools::FunctionStatistics& row : statistics.functions()) {
      sink_.Write(row.function->signature);
    }
  }
  void ShowGraphs() {
    for (bool merged : {false, true}) {
      flamegraph::Request request;
      request.merged = merged;
      request.max_boxes = 100;
      absl::Status damage;
      sink_.Write(VegaSpec(MakeFlamegraph(set_, request, damage)));
    }
  }

 private:
  void PrintCallsInAllWays() {
    tools::TextStyle colours = {{true, true}, {}};
    Print(tools::TreeOutput(sink_, colours, 100), {.order = CallStream::Order::kThread});
    Print(tools::LineOutput(sink_, {{}, {true}}), {});
    Print(tools::JsonOutput(sink_, {false}, nullptr), {.count_children = true});
    Print(DetailsOutput(sink_), {});
    Print(tools::ChromeOutput(sink_, {false}), {.order = CallStream::Order::kThread});
    Print(tools::FoldedOutput(sink_), {.order = CallStream::Order::kThread});
    Print(tools::SpeedscopeOutput(sink_), {.order = CallStream::Order::kThread});
  }
  template <typename Printer>
  void Print(Printer printer, CallStream::Options options) {
    CallStream stream(set_, filter_, options);
    PrintCalls(set_, stream, sink_, printer).IgnoreError();
  }

  const WorkspaceSet& set_;
  CallFilter filter_;
  CountingSink sink_;
};

void Show(std::string file, bool as_graph) {
  auto reader = workspace::Reader::Open(workspace::MemorySource(std::move(file), "fuzz.omni"));
  if (!reader.ok()) return;
  workspace::Verifier(**reader).Run();
  std::vector<std::unique_ptr<workspace::Reader>> readers;
  readers.push_back(*std::move(reader));
  absl::StatusOr<WorkspaceSet> set = WorkspaceSet::FromReaders(std::move(readers));
  if (!set.ok()) return;
  Tour tour(*set);
  as_graph ? tour.ShowGraphs() : tour.ShowCalls();
}

}  // namespace
}  // namespace omnitrace::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace omnitrace::fuzz;
  Show(Unpack({data, size}), size > 0 && (data[0] & kAsGraph) != 0);
  return 0;
}
