// The boxes of a flamegraph: passive data between those who lay them out and those who draw them.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_BOX_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_BOX_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace omnitrace::flamegraph {

enum class Outcome : uint8_t {
  kReturned,
  kThrew,
  kOpen,      // never left: still running, or the program died in it
  kVanished,  // left without a return: longjmp, or the record of its end is lost
};

// Where a record lies in its workspace, so that its values can be read again.
struct Place {
  uint64_t offset = 0;  // in the file; 0: nowhere
  uint32_t block = 0;   // index into the thread's blocks
};

// The calls of one function among those that a box stands for.
struct Share {
  uint32_t function = 0;
  uint64_t calls = 0;
  uint64_t self = 0;
};

// What a box that stands for calls of several stacks knows about them.
struct Fold {
  static constexpr size_t kMaxShares = 32;

  std::vector<Share> shares;  // of the functions with the most time, in no order
  bool more = false;          // there were more functions than kMaxShares
};

// One call, all calls of one stack (a merged flamegraph), or a fold of narrow neighbours. Boxes
// stand in order: lane by lane, a box before the boxes inside it, siblings from left to right. So
// the depth alone makes them a tree. All times are nanoseconds.
struct Box {
  uint64_t start = 0, end = 0;
  uint64_t total = 0;  // inside the calls; less than the width when a fold has gaps
  uint64_t self = 0;   // of `total`, what no other box inside this one stands for
  uint64_t calls = 1;
  uint64_t threw = 0, open = 0;  // how many of the calls did
  uint32_t lane = 0;
  uint32_t depth = 0;
  uint32_t function = 0;                 // index into Flamegraph::functions
  Outcome outcome = Outcome::kReturned;  // means something for one call
  bool running = false;                  // not left yet while the boxes are being made
  Place entered, left;                   // of one call
  std::unique_ptr<Fold> fold;            // null: one call or one stack

  uint64_t width() const { return end - start; }
};

struct NamedFunction {
  std::string name, file;
  uint32_t line = 0;

  bool operator==(const NamedFunction&) const = default;
  template <typename H>
  friend H AbslHashValue(H hash, const NamedFunction& function) {
    return H::combine(std::move(hash), function.name, function.file, function.line);
  }
};

struct Lane {
  std::string name;
  uint64_t calls = 0;
  uint32_t rows = 0;
};

// What a call was given and gave, as text.
struct Details {
  std::string arguments;
  std::string result;   // or what was thrown
  std::string changed;  // behind references, pointers and this
};

struct Flamegraph {
  std::string title, subtitle;
  bool merged = false;
  uint64_t start = 0, end = 0;  // of the axis
  std::vector<NamedFunction> functions;
  std::vector<Lane> lanes;
  std::vector<Box> boxes;
  std::vector<Share> hottest;    // functions with the most time of their own, the most first
  std::vector<Details> details;  // of the boxes, by index; empty texts for all but single calls
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_BOX_H_
