// What went wrong in a script, and the log of it that does not flood the terminal.
#ifndef OMNITRACE_TOOLS_ATTACH_SCRIPT_ERROR_H_
#define OMNITRACE_TOOLS_ATTACH_SCRIPT_ERROR_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tools/support/sink.h"

namespace omnitrace::attach {

struct ScriptError {
  std::string place;                // "FILE:LINE:COLUMN", both from 1; "" when unknown
  std::string message;              // "TypeError: x is undefined"
  std::vector<std::string> frames;  // "f (FILE:LINE:COLUMN)" or the place alone, inner first

  bool empty() const { return message.empty(); }
  // "FILE:LINE:COLUMN: TypeError: x is undefined".
  std::string Headline() const;
};

// A handler that fails does so a million times a second: the first errors of a place and a type are
// printed, the others counted.
class ErrorLog {
 public:
  static constexpr uint64_t kPrinted = 3;

  explicit ErrorLog(tools::Sink* sink) : sink_(*sink) {}

  void Add(const ScriptError& error);
  // Prints how many more there were, and forgets them.
  void Summarize();
  uint64_t count() const { return count_; }

 private:
  struct Repeated {
    uint64_t count = 0;
    std::string last;  // its headline
  };
  // Places are few, unless the script makes code as it goes: the others share one entry.
  static constexpr size_t kMostPlaces = 1000;

  tools::Sink& sink_;
  std::map<std::string, Repeated> seen_;
  uint64_t count_ = 0;
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_SCRIPT_ERROR_H_
