// What recording consists of: the clock, the hooks, and the values that they copy.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/recording/call_recorder.h"
#include "runtime/recording/clock.h"
#include "runtime/recording/encoder.h"
#include "runtime/recording/process_options.h"
#include "runtime/workspace/coding.h"
#include "tests/unit/recording/described_program.h"

namespace omnitrace::testing {
namespace {

void ClockRead(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(recording::ReadTicks(ClockKind::kTsc));
}
BENCHMARK(ClockRead);

// `block` and `result` as the plugin would pass them.
void EnterAndLeave(benchmark::State& state, TracedFunction& function, const uint64_t* block,
                   const void* result) {
  uintptr_t return_address = 1;
  for (auto _ : state) {
    uint64_t token = omnitrace_enter(function.site(), block, &return_address);
    omnitrace_leave(function.site(), token, result);
  }
}

void EnterAndLeaveNothing(benchmark::State& state) {
  static TracedFunction function("foo::nothing");
  EnterAndLeave(state, function, nullptr, nullptr);
}
BENCHMARK(EnterAndLeaveNothing);

void EnterAndLeaveInts(benchmark::State& state) {
  static TracedFunction function("foo::pair", {ByValue("a", Int()), ByValue("b", Int())}, Int());
  const uint64_t block[] = {Word(123456), Word(7)};
  const int result = 123463;
  EnterAndLeave(state, function, block, &result);
}
BENCHMARK(EnterAndLeaveInts);

// The thread's log exists once it has recorded a call.
const recording::ThreadLog& LogOfThisThread() {
  static TracedFunction function("foo::first");
  CallTimes(function, 1);
  return *recording::GetCurrentLog();
}

// A function with the one parameter, whose value is at `object`.
void Encode(benchmark::State& state, Type* type, const void* object) {
  TracedFunction function("foo::value", {InMemory("value", type)});
  const recording::ThreadLog& log = LogOfThisThread();
  const uint64_t block[] = {reinterpret_cast<uint64_t>(object)};
  char out[4096];
  char* const end = out + sizeof(out) - kVarintSlack;
  for (auto _ : state) {
    recording::Encoder encoder(out, end, log, recording::GetOptions().limits);
    if (!encoder.PutArguments(*function.site(), reinterpret_cast<const char*>(block))) {
      return state.SkipWithError("no room for the value");
    }
    benchmark::DoNotOptimize(encoder.out());
  }
}

void EncodeString(benchmark::State& state) {
  const std::string text(static_cast<size_t>(state.range(0)), 'x');
  Encode(state, StringType(), &text);
}
BENCHMARK(EncodeString)->Arg(8)->Arg(20)->Arg(500);

void EncodeVector(benchmark::State& state) {
  const std::vector<int> numbers(static_cast<size_t>(state.range(0)), 7);
  Encode(state, VectorOf(Int()), &numbers);
}
BENCHMARK(EncodeVector)->Arg(8)->Arg(200);

void EncodeVectorOfStrings(benchmark::State& state) {
  const std::vector<std::string> texts(8, "eight");
  Encode(state, VectorOf(StringType()), &texts);
}
BENCHMARK(EncodeVectorOfStrings);

struct Item {
  int id;
  double price;
  bool sold;
};

void EncodeStruct(benchmark::State& state) {
  const Item item = {7, 2.5, true};
  static Type* const type = MakeType(
      TypeKind::kClass, "foo::Item", sizeof(Item),
      {Field("id", Int(), offsetof(Item, id)), Field("price", Double(), offsetof(Item, price)),
       Field("sold", Bool(), offsetof(Item, sold))});
  Encode(state, type, &item);
}
BENCHMARK(EncodeStruct);

}  // namespace
}  // namespace omnitrace::testing
