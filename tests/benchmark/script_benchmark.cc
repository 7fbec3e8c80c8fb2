// What an event costs in a script, from its bytes to its handler. The goal is a million a second on
// one core, with two numbers and a text of 20 characters.
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "benchmark/benchmark.h"
#include "runtime/workspace/format.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/workspace_builder.h"
#include "tools/attach/script.h"
#include "tools/support/sink.h"

namespace omnitrace {
namespace {

using attach::Script;
using tools::LiveEvent;
using namespace testing;  // NOLINT: values only

// One function, whose events differ by what they hold.
class Source {
 public:
  static constexpr int kEvents = 1024;

  Source(uint32_t flags, bool with_object) {
    WorkspaceBuilder builder;
    workspace::Function function;
    function.name = (flags & kFunctionProbe) != 0 ? "request:start" : "shop::Machine::insert";
    function.flags = flags;
    function.parameters = {{"id", builder.Int(), 0}, {"size", builder.Long(), 0}};
    uint32_t point = builder.Struct("Point", {{"x", builder.Int()}, {"name", builder.String()}});
    function.parameters.push_back({"path", with_object ? point : builder.String(), 0});
    uint32_t id = builder.AddFunction(function);
    builder.AddThread("main");
    reader_ = builder.Open();
    for (int i = 0; i < kEvents; ++i) {
      Encoded path = Text(absl::StrFormat("/a/path/of/%09d", i));
      if (with_object) path = Record({Signed(i), path});
      arguments_.push_back(Joined({Signed(i), Signed(i * 1000), path}).bytes);
    }
    event_ = {};
    event_.kind = (flags & kFunctionProbe) != 0 ? LiveEvent::Kind::kProbe : LiveEvent::Kind::kEnter;
    event_.has_arguments = true;
    event_.origin = &origin_;
    event_.reader = reader_.get();
    event_.function = &reader_->function(id);
    event_.thread = 1;
  }

  const LiveEvent& Next() {
    event_.time += 1000;
    event_.arguments = arguments_[++next_ % kEvents];
    return event_;
  }

 private:
  const tools::LiveOrigin origin_ = {4242, "shop", "host", uint64_t{1700000000} * 1000000000};
  std::unique_ptr<workspace::Reader> reader_;
  std::vector<std::string> arguments_;
  LiveEvent event_;
  size_t next_ = 0;
};

void RunScript(benchmark::State& state, const std::function<const LiveEvent&()>& next,
               const char* text, bool fails = false) {
  TemporaryFolder folder;
  tools::StringSink output;
  attach::ScriptOptions options;
  options.path = folder.path() / "script.js";
  options.output = options.errors = &output;
  std::ofstream(options.path) << text;
  std::unique_ptr<Script> script = *Script::Load(options);
  for (auto _ : state) script->Add(next());
  script->Cleanup();
  if (script->errors() > 0 && !fails) state.SkipWithError(output.text().c_str());
  state.SetItemsProcessed(state.iterations());
}

void RunScript(benchmark::State& state, Source source, const char* text, bool fails = false) {
  RunScript(
      state, [&source]() -> const LiveEvent& { return source.Next(); }, text, fails);
}

void BM_CountingProbes(benchmark::State& state) {
  RunScript(state, Source(kFunctionProbe, false),
            "let count = 0; exports['request:*'] = trace => { ++count; };");
}
BENCHMARK(BM_CountingProbes);

void BM_ReadingProbes(benchmark::State& state) {
  RunScript(state, Source(kFunctionProbe, false),
            "let sum = 0; const paths = new Map();"
            "exports['request:*'] = trace => {"
            "  sum += trace.id + trace.size + trace.timestamp;"
            "  paths.set(trace.path, (paths.get(trace.path) ?? 0) + 1);"
            "};");
}
BENCHMARK(BM_ReadingProbes);

// As two probes around a request do.
void BM_ProbesInTurn(benchmark::State& state) {
  Source start(kFunctionProbe, false), end(0, false);
  bool is_start = false;
  RunScript(
      state,
      [&]() -> const LiveEvent& {
        is_start = !is_start;
        return is_start ? start.Next() : end.Next();
      },
      "let open = 0; exports['request:start'] = () => { ++open; };"
      "exports['shop::*'] = () => { --open; };");
}
BENCHMARK(BM_ProbesInTurn);

void BM_ThrowingHandler(benchmark::State& state) {
  RunScript(state, Source(kFunctionProbe, false),
            "exports['request:*'] = trace => { throw new Error(`no ${trace.id}`); };", true);
}
BENCHMARK(BM_ThrowingHandler);

void BM_TwoHandlers(benchmark::State& state) {
  RunScript(state, Source(kFunctionProbe, false),
            "let count = 0; exports.local = traces => {"
            "  traces.on('request:*', () => { ++count; }); traces.on('*', () => { ++count; }); };");
}
BENCHMARK(BM_TwoHandlers);

void BM_CountingCalls(benchmark::State& state) {
  RunScript(state, Source(0, false), "let count = 0; exports['shop::*'] = trace => { ++count; };");
}
BENCHMARK(BM_CountingCalls);

void BM_CallsWithAnObject(benchmark::State& state) {
  RunScript(state, Source(kFunctionSizedArguments, true),
            "let count = 0; exports['shop::*'] = trace => { ++count; };");
}
BENCHMARK(BM_CallsWithAnObject);

void BM_NobodyListens(benchmark::State& state) {
  RunScript(state, Source(kFunctionProbe, false), "exports['other:*'] = () => {};");
}
BENCHMARK(BM_NobodyListens);

}  // namespace
}  // namespace omnitrace

BENCHMARK_MAIN();
