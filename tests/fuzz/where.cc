// Any text as a condition: understood and asked of calls of all kinds, or refused with a caret.
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "tests/fuzz/bytes.h"
#include "tests/support/workspace_builder.h"
#include "tools/model/call_filter.h"
#include "tools/model/call_stream.h"
#include "tools/model/workspace_set.h"
#include "tools/where/parser.h"

namespace omnitrace::fuzz {
namespace {

using namespace omnitrace::testing;
using tools::CallFilter;
using tools::CallStream;
using tools::WorkspaceSet;

WorkspaceSet MakeCalls() {
  WorkspaceBuilder builder;
  uint32_t item = builder.Struct("Item", {{"name", builder.String()}, {"n", builder.Int()}});
  uint32_t coin = builder.Enum("Coin", {{"penny", 1}, {"nickel", 5}});
  uint32_t f = builder.AddFunction("foo::f", {{"n", builder.Int()}, {"real", builder.Double()}},
                                   builder.Int());
  uint32_t g = builder.AddFunction("foo::g",
                                   {{"items", builder.Vector(item)},
                                    {"map", builder.Map(builder.String(), builder.Int())},
                                    {"coin", coin},
                                    {"pointer", builder.Pointer(item)}},
                                   builder.String());
  uint32_t main = builder.AddThread("main");
  builder.Enter(main, g,
                {Sequence({Record({Text("a"), Signed(7)}), Record({Text("\\xff"), Signed(-1)})}),
                 Sequence({Record({Text("k"), Signed(1)})}), Signed(5), Varint(0)});
  builder.Enter(main, f, {Signed(1), Raw(2.5)});
  builder.Leave(main, Signed(-3));
  builder.Enter(main, f, {Signed(2), Raw(-0.0)});
  builder.Throw(main, "St13runtime_error", "what");
  builder.Leave(main, Text("result", 100));
  builder.Enter(main, f, {Signed(3), Raw(1e300)});
  std::vector<std::unique_ptr<workspace::Reader>> readers;
  readers.push_back(builder.Open());
  return *WorkspaceSet::FromReaders(std::move(readers));
}

void Ask(const std::string& condition) {
  static const WorkspaceSet calls = MakeCalls();
  static const tools::Usage usage = {"", "", {tools::kFilterGroup}};
  absl::StatusOr<tools::CommandLine> line =
      tools::ParseCommandLine(usage, {"--where=" + condition});
  if (!line.ok()) abort();
  CallFilter filter(*line);
  CallStream stream(calls, filter, {});
  while (stream.Next()) {
  }
  if (!stream.status().ok()) abort();
}

}  // namespace
}  // namespace omnitrace::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  // As it is: a byte behind it is nobody's.
  absl::string_view text(reinterpret_cast<const char*>(data), size);
  absl::StatusOr<omnitrace::where::Expression> parsed = omnitrace::where::Parse(text);
  if (parsed.ok()) {
    omnitrace::fuzz::Ask(std::string(text));
  } else if (parsed.status().message().empty() || parsed.status().message().back() != '^') {
    abort();
  }
  return 0;
}
