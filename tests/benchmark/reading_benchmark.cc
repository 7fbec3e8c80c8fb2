// What reading consists of: numbers, blocks' sums, and the events of a recording.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/workspace/coding.h"
#include "runtime/workspace/reader.h"
#include "tests/benchmark/recorded_calls.h"

namespace omnitrace::testing {
namespace {

constexpr size_t kNumbers = 1024;

// Below 2 to the power of `bits`, and rarely much less.
std::vector<uint64_t> Numbers(int64_t bits) {
  std::vector<uint64_t> numbers(kNumbers);
  uint64_t state = 1;
  for (uint64_t& number : numbers) {
    state = state * 6364136223846793005 + 1442695040888963407;
    number = state >> (64 - bits);
  }
  return numbers;
}

char* PutAll(const std::vector<uint64_t>& numbers, char* out) {
  for (uint64_t number : numbers) out = PutVarint(out, number);
  return out;
}

void CountNumbers(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(kNumbers));
}

void VarintPut(benchmark::State& state) {
  const std::vector<uint64_t> numbers = Numbers(state.range(0));
  std::vector<char> bytes(kNumbers * kVarintSlack + kVarintSlack);
  for (auto _ : state) {
    benchmark::DoNotOptimize(PutAll(numbers, bytes.data()));
    benchmark::ClobberMemory();
  }
  CountNumbers(state);
}
BENCHMARK(VarintPut)->Arg(7)->Arg(20)->Arg(64);

void VarintGet(benchmark::State& state) {
  std::vector<char> bytes(kNumbers * kVarintSlack + kVarintSlack);
  const char* const end = PutAll(Numbers(state.range(0)), bytes.data());
  for (auto _ : state) {
    uint64_t sum = 0;
    for (const char* in = bytes.data(); in != end;) {
      uint64_t number = 0;
      in = GetVarint(in, end, &number);
      sum += number;
    }
    benchmark::DoNotOptimize(sum);
  }
  CountNumbers(state);
}
BENCHMARK(VarintGet)->Arg(7)->Arg(20)->Arg(64);

void BlockChecksum(benchmark::State& state) {
  const std::vector<char> block(kBlockPayload, 'x');
  for (auto _ : state) benchmark::DoNotOptimize(Checksum(block.data(), block.size(), 0));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(block.size()));
}
BENCHMARK(BlockChecksum);

// Of calls with an int and a result; `decode` makes values of their bytes.
void ReadEvents(benchmark::State& state, bool decode) {
  auto reader = workspace::Reader::Open(RecordingToRead());
  if (!reader.ok()) return state.SkipWithError(reader.status().ToString().c_str());
  const uint32_t thread = (*reader)->threads().front().index;
  int64_t events = 0;
  for (auto _ : state) {
    workspace::EventCursor cursor(**reader, thread);
    for (; cursor.Next(); ++events) {
      const workspace::Event& event = cursor.event();
      if (!decode || event.kind != workspace::Event::Kind::kEnter) continue;
      benchmark::DoNotOptimize(
          (*reader)->DecodeArguments((*reader)->function(event.function), event.bytes));
    }
    if (!cursor.status().ok()) return state.SkipWithError(cursor.status().ToString().c_str());
  }
  state.SetItemsProcessed(events);
}
BENCHMARK_CAPTURE(ReadEvents, alone, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ReadEvents, and_arguments, true)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace omnitrace::testing
