// How fast a recording may grow: rate=BYTES.
#ifndef OMNITRACE_RUNTIME_RECORDING_PACE_H_
#define OMNITRACE_RUNTIME_RECORDING_PACE_H_

#include <cstdint>

namespace omnitrace::recording {

// A leaky bucket (the generic cell rate algorithm, ITU-T I.371) that one second's bytes fit into.
// All zeros has no limit.
class Pace {
 public:
  void Start(uint64_t bytes_a_second) { rate_ = bytes_a_second; }

  bool IsLimited() const { return rate_ != 0; }
  // Whether so many bytes may be written now, a time in nanoseconds; then they are counted. By any
  // thread.
  bool Allows(uint64_t bytes, uint64_t now);

 private:
  uint64_t rate_;
  uint64_t empty_at_;  // when the bucket will be, in nanoseconds
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_PACE_H_
