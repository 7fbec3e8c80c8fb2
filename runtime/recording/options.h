// What the environment says about recording.
#ifndef OMNITRACE_RUNTIME_RECORDING_OPTIONS_H_
#define OMNITRACE_RUNTIME_RECORDING_OPTIONS_H_

#include <cstdint>
#include <string_view>

#include "runtime/recording/text.h"

namespace omnitrace::recording {

// 0 is no limit, and kNoLimit for what values may take; for the size, what the disk has to spare;
// for changed, nothing.
struct Limits {
  static constexpr uint64_t kNoLimit = uint64_t{1} << 62;  // may be added to
#define LIMIT(key, field, value, kind, meaning) uint64_t field = value;
#include "runtime/recording/options.inc"
#undef LIMIT
  bool keep_last = false;
  // What freezes the recording; empty: nothing. Globs; they live in the environment.
  std::string_view freeze_throw;  // the type of an exception that a traced function lets pass
  std::string_view freeze_over;   // a function that takes at least freeze_over_time, nanoseconds
  uint64_t freeze_over_time = 0;
};

enum class Mode : uint8_t { kAsBuilt, kRecord, kStandby, kOff };

struct Options {
  Mode mode = Mode::kAsBuilt;
  const char* only = nullptr;  // globs; null: everything. Lives in the environment
  const char* out = nullptr;   // a pattern; null: the default
  bool monotonic_clock = false;
  Limits limits;
};

// The value of an environment variable, or null.
using Environment = const char* (*)(const char* name);

// False, with a line for the user in `error`, when a value is not understood.
bool ParseOptions(Environment environment, Options* options, Message* error);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_OPTIONS_H_
