// Any bytes as a workspace, verified and shown in one of the ways that the tool has: an error or a
// value, within bounds of time and memory.
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

constexpr char kCondition[] =
    "args[0] == 1 || size(args[1]) > 2 || changed[0].x ~ 'a*' || return[0] < 1.5 || thrown.what ~ "
    "'*'";

class View {
 public:
  View(const WorkspaceSet& set, unsigned number) : set_(set), number_(number) {}

  void Show() {
    tools::TextStyle colours = {{true, true}, {}};
    CallStream::Options by_thread = {.order = CallStream::Order::kThread};
    switch (number_ % 10) {
      case 0:
        return Print(tools::TreeOutput(sink_, colours, 100), by_thread);
      case 1:
        return Print(tools::LineOutput(sink_, {{}, {true}}), {});
      case 2:
        return Print(tools::JsonOutput(sink_, {false}, nullptr), {.count_children = true});
      case 3:
        return Print(DetailsOutput(sink_), {});
      case 4:
        return Print(tools::ChromeOutput(sink_, {false}), by_thread);
      case 5:
        return Print(tools::FoldedOutput(sink_), by_thread);
      case 6:
        return Print(tools::SpeedscopeOutput(sink_), by_thread);
      case 7:
        return ShowNumbers();
      case 8:
        return ShowGraph();
      case 9:
        return ShowSome();
    }
  }

 private:
  template <typename Printer>
  void Print(Printer printer, CallStream::Options options) {
    CallStream stream(set_, filter_, options);
    PrintCalls(set_, stream, sink_, printer).IgnoreError();
  }
  void ShowNumbers() {
    for (const tools::WorkspaceFile& file : set_.files()) {
      tools::Contents contents = ContentsOf(file, filter_);
      sink_.Write(tools::Dump(InfoToJson(file.reader->info(), contents, false, true)));
    }
    tools::Statistics statistics(set_, filter_);
    for (const tools::FunctionStatistics& row : statistics.functions()) {
      sink_.Write(row.function->signature);
    }
  }
  void ShowGraph() {
    flamegraph::Request request;
    request.merged = number_ >= 10;
    request.max_boxes = 100;
    absl::Status damage;
    sink_.Write(VegaSpec(MakeFlamegraph(set_, request, damage)));
  }
  void ShowSome() {
    const tools::Usage usage = {"", "", {tools::kFilterGroup}};
    filter_ = CallFilter(*tools::ParseCommandLine(usage, {"--where", kCondition}));
    Print(tools::LineOutput(sink_, {}), {});
  }

  const WorkspaceSet& set_;
  const unsigned number_;
  CallFilter filter_;
  CountingSink sink_;
};

void Show(std::string file, unsigned view) {
  auto reader = workspace::Reader::Open(workspace::MemorySource(std::move(file), "fuzz.omni"));
  if (!reader.ok()) return;
  workspace::Verifier(**reader).Run();
  std::vector<std::unique_ptr<workspace::Reader>> readers;
  readers.push_back(*std::move(reader));
  absl::StatusOr<WorkspaceSet> set = WorkspaceSet::FromReaders(std::move(readers));
  if (set.ok()) View(*set, view).Show();
}

}  // namespace
}  // namespace omnitrace::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace omnitrace::fuzz;
  Show(Unpack({data, size}), size > 0 ? data[0] / kFirstView : 0);
  return 0;
}
