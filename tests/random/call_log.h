// What a generated program says about its own calls: an array of events, written as JSON lines to
// the file that CHECK_OUT names, after the last static object is gone.
//
//   ["enter", NAME, {PARAMETER: VALUE, ...}]
//   ["leave", "returned" | "thrown" | "unwound", RESULT]    unwound: left by longjmp
//   ["body", "returned" | "thrown", N]                      of a destructor: N destructors of parts
//                                                           follow, and are inside the call
#ifndef OMNITRACE_TESTS_RANDOM_CALL_LOG_H_
#define OMNITRACE_TESTS_RANDOM_CALL_LOG_H_

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "json_text.h"

namespace check {

// An object of a class, and which of the constructors.
struct Made {
  const void* object;
  int type;
  int constructor;
  bool operator==(const Made& other) const {
    return object == other.object && type == other.type && constructor == other.constructor;
  }
};

[[noreturn]] void WriteAndAbort();

// The first static object of the program, so the last to go.
class Log {
 public:
  Log() { std::set_terminate(WriteAndAbort); }
  ~Log() { Write(); }

  // True where the program has to come to its end: too many calls or too deep.
  bool Stops() const { return calls_ > most_calls_ || frames_.size() > kDeepest; }
  void AllowMore(int calls) { most_calls_ = calls_ + calls; }
  size_t Depth() const { return frames_.size(); }

  [[gnu::noinline]] void Enter(const Name& name, const Fields& args, Made made = {}) {
    ++calls_;
    frames_.push_back(made);
    Add("[\"enter\", \"" + name.text + "\", " + args.Text() + "]");
  }
  // A constructor enters with the first of its initializers that is evaluated, which is another
  // one in a base; so several of them say this.
  [[gnu::noinline]] void EnterOnce(const Name& name, const Fields& args, Made made) {
    if (!frames_.empty() && frames_.back() == made) return;
    complete_.erase({made.object, made.type});
    Enter(name, args, made);
  }
  // With the initializer of a virtual base, which only the most derived object evaluates.
  [[gnu::noinline]] void EnterComplete(const Name& name, const Fields& args, Made made) {
    EnterOnce(name, args, made);
    complete_.insert({made.object, made.type});
  }
  bool WasComplete(Made made) { return complete_.erase({made.object, made.type}) > 0; }
  [[gnu::noinline]] void Leave(const char* how, const std::string& result) {
    frames_.pop_back();
    Add(std::string("[\"leave\", \"") + how + "\", " + result + "]");
  }
  void EndBody(const char* how, size_t parts) {
    frames_.pop_back();
    Add(std::string("[\"body\", \"") + how + "\", " + std::to_string(parts) + "]");
  }
  void LeaveDownTo(size_t depth) {
    while (frames_.size() > depth) Leave("unwound", "null");
  }

  void Write() {
    const char* path = std::getenv("CHECK_OUT");
    FILE* file = path ? std::fopen(path, "w") : nullptr;
    if (!file) return;
    for (const std::string& event : events_) std::fprintf(file, "%s\n", event.c_str());
    std::fclose(file);
  }

 private:
  static constexpr size_t kDeepest = 15;
  void Add(const std::string& event) { events_.push_back(event); }

  int calls_ = 0;
  int most_calls_ = 100;
  std::vector<Made> frames_;
  std::set<std::pair<const void*, int>> complete_;
  std::vector<std::string> events_;
};
static Log log;

inline void WriteAndAbort() {
  log.Write();
  std::abort();
}

}  // namespace check

#endif  // OMNITRACE_TESTS_RANDOM_CALL_LOG_H_
