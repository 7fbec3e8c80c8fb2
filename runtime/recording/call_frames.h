// Where on the stack the open calls of a thread are. When a call is entered whose frame cannot lie
// inside that of the innermost open call, that one is gone without having returned: longjmp.
//
// Rejected: a hook behind every setjmp. It sees only jumps that land in traced functions, and a
// main that isn't traced, with a setjmp of its own, is the usual case.
#ifndef OMNITRACE_RUNTIME_RECORDING_CALL_FRAMES_H_
#define OMNITRACE_RUNTIME_RECORDING_CALL_FRAMES_H_

#include <cstdint>

namespace omnitrace::recording {

// Inlined calls share the frame of the function that they were inlined into.
struct CallFrame {
  uintptr_t slot;           // address of the return address
  uint32_t return_address;  // its low half
  uint32_t function;        // id of the function

  static CallFrame At(const void* slot, uint64_t function) {
    return {reinterpret_cast<uintptr_t>(slot), *static_cast<const uint32_t*>(slot),
            static_cast<uint32_t>(function)};
  }
  // Whether a call here may have been made by `caller`, or by what it called: from a frame below,
  // or inlined. No function is inlined into itself, so the same one in the same place was called
  // again.
  bool IsInside(const CallFrame& caller) const {
    return slot < caller.slot || (slot == caller.slot && return_address == caller.return_address &&
                                  function != caller.function);
  }
};

// Where the entry of a call stands in its block, and when it was.
struct EntryMark {
  char* start;
  char* end;
  uint64_t ticks_before;  // of the record in front of it
  uint64_t ticks;
};

class CallFrames {
 public:
  // Deeper calls are not remembered. 24 MiB of addresses; what is never touched costs nothing.
  static constexpr uint64_t kMost = 1 << 20;

  // For the calling thread; again when a log changes hands. False when there is no memory: then
  // nothing else may be called.
  bool Open();
  // Marks are kept from now on, in 32 MiB of addresses more. False when there is no memory.
  bool KeepMarks();

  // Depth counts from 1; 0 is the frame that everything is inside of.
  void Set(uint64_t depth, const CallFrame& frame) {
    if (depth < kMost) frames_[depth] = frame;
  }
  // That of a call and, behind it, room for the one inside; null beyond what is remembered.
  CallFrame* Find(uint64_t depth) { return depth + 1 < kMost ? frames_ + depth : nullptr; }
  uint32_t FunctionAt(uint64_t depth) const { return depth < kMost ? frames_[depth].function : 0; }
  // What the call's mutable arguments were at its entry (Encoder::digest); 0 when not remembered.
  void SetDigest(uint64_t depth, uint64_t digest) {
    if (depth < kMost) digests_[depth] = digest;
  }
  uint64_t DigestAt(uint64_t depth) const { return depth < kMost ? digests_[depth] : 0; }
  void SetMark(uint64_t depth, const EntryMark& mark) {
    if (marks_ != nullptr && depth < kMost) marks_[depth] = mark;
  }
  // Null when none was kept.
  const EntryMark* MarkAt(uint64_t depth) const {
    return marks_ != nullptr && depth < kMost && marks_[depth].end != nullptr ? marks_ + depth
                                                                              : nullptr;
  }
  // Whether all is as it should be. When not, DepthAt looks closer.
  bool IsInside(const CallFrame& frame, uint64_t depth) const {
    return depth >= kMost || frame.IsInside(frames_[depth]);
  }
  // The depth of the innermost call, from `depth` outwards, that is still there when `frame` is
  // entered. A system call, and the first time a look at the mappings.
  uint32_t DepthAt(uint32_t depth, const CallFrame& frame);

 private:
  bool OnOneStack(uintptr_t a, uintptr_t b);

  CallFrame* frames_;
  uint64_t* digests_;
  EntryMark* marks_;
  uintptr_t stack_low_, stack_high_;  // the mapping in which the two frames looked at last lay
  uint32_t searches_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_CALL_FRAMES_H_
