// Recordings for the benchmarks of the parts, in a folder of their own.
#ifndef OMNITRACE_TESTS_BENCHMARK_RECORDED_CALLS_H_
#define OMNITRACE_TESTS_BENCHMARK_RECORDED_CALLS_H_

#include <string>

namespace omnitrace::testing {

// Makes the folder and a recording to be read in it, by a process that ends. What this process
// records from then on goes into a ring there. Before any hook is called.
void PrepareRecordings();
void RemoveRecordings();

const std::string& RecordingToRead();

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_BENCHMARK_RECORDED_CALLS_H_
