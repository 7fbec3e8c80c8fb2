// How often each function was called by each other one, for calls=N.
#ifndef OMNITRACE_RUNTIME_RECORDING_CALL_COUNTS_H_
#define OMNITRACE_RUNTIME_RECORDING_CALL_COUNTS_H_

#include <cstdint>

namespace omnitrace::recording {

// Shared by all threads, without a lock. All zeros is closed.
class CallCounts {
 public:
  bool Open();
  // The number of this call among those of `callee` from `caller`, from 1. Pairs that find no place
  // in the table count as 1: they are recorded.
  uint64_t Count(uint32_t caller, uint32_t callee);

 private:
  struct Entry {
    uint64_t pair;  // caller << 32 | callee; 0: free
    uint64_t calls;
  };
  Entry* entries_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CALL_COUNTS_H_
