// What it costs a tool to write a workspace of the events that it reads, reading included.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdint>
#include <memory>
#include <string>

#include "runtime/workspace/reader.h"
#include "runtime/workspace/status_macros.h"
#include "runtime/workspace/writer.h"
#include "tests/benchmark/recorded_calls.h"

namespace omnitrace::testing {
namespace {

absl::Status CopyThread(const workspace::Reader& source, const std::string& path, int64_t* events) {
  ASSIGN_OR_RETURN(std::unique_ptr<workspace::Writer> writer,
                   workspace::Writer::Create(path, source));
  workspace::EventCursor cursor(source, source.threads().front().index);
  for (; cursor.Next(); ++*events) RETURN_IF_ERROR(writer->Write(cursor.event()));
  return writer->Close();
}

// Of calls with an int and a result.
void CopyEvents(benchmark::State& state) {
  auto reader = workspace::Reader::Open(RecordingToRead());
  if (!reader.ok()) return state.SkipWithError(reader.status().ToString().c_str());
  const std::string path = RecordingToRead() + ".copy";
  int64_t events = 0;
  for (auto _ : state) {
    absl::Status status = CopyThread(**reader, path, &events);
    if (!status.ok()) return state.SkipWithError(status.ToString().c_str());
    state.PauseTiming();
    unlink(path.c_str());
    state.ResumeTiming();
  }
  state.SetItemsProcessed(events);
}
BENCHMARK(CopyEvents)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace omnitrace::testing
