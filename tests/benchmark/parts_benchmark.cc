// What the parts cost, one by one: omnitrace_benchmark [--benchmark_filter=REGEX].
#include <benchmark/benchmark.h>

#include "tests/benchmark/recorded_calls.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  omnitrace::testing::PrepareRecordings();
  size_t run = benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  omnitrace::testing::RemoveRecordings();
  return run == 0 ? 1 : 0;
}
