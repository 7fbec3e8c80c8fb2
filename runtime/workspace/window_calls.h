// How many calls threads have entered through each window of a ring, and how far a follower knows
// what has become of them. Threads use a window in turns; all blocks of one may be overwritten
// before anybody has seen them, and then the next one tells.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_WINDOW_CALLS_H_
#define OMNITRACE_RUNTIME_WORKSPACE_WINDOW_CALLS_H_

#include <cstdint>
#include <map>

namespace omnitrace::workspace {

// Of numbers that anybody may have written: no sum is less than what it is made of.
inline uint64_t AddBounded(uint64_t a, uint64_t b) { return a + b < a ? UINT64_MAX : a + b; }

class WindowCalls {
 public:
  // What one thread says of its window, and what has been read of it so far.
  struct Turn {
    uint32_t window;
    uint64_t earlier_calls;  // by threads that had it before
    uint64_t calls;          // the thread's own that were read, or that it knows to be lost
    // In this look for the first time: the last block of the one before may not have been found,
    // as it is moved when the window gets another thread.
    bool is_new;
    bool is_read;  // all that there is of it by now
  };

  void StartLook() { ++look_; }
  // In each look all threads that there are, in the order in which they began. False as long as
  // this one, or one before it, isn't read: it must not be missing in the next look.
  bool Add(const Turn& turn);
  // Calls up to this number aren't missed.
  void Skip(uint32_t window, uint64_t calls);
  // Neither is anything else that was entered up to now: through windows below this number, of
  // which nothing is known, what was before the first word of them.
  void SkipAll(uint32_t windows);

  // Calls of threads of which no later block tells.
  uint64_t lost() const { return lost_; }

 private:
  struct Window {
    uint64_t known = 0;        // calls that were read, or are lost
    uint64_t waits_since = 0;  // the look in which a thread wasn't read
  };

  std::map<uint32_t, Window> windows_;
  uint32_t old_windows_ = 0;
  uint64_t look_ = 0;
  uint64_t lost_ = 0;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_WINDOW_CALLS_H_
