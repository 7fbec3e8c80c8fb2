// Events of a real program as they would come from a live one: it was run, recorded everything, and
// what it recorded is told again.
#ifndef OMNITRACE_TESTS_ATTACH_RECORDING_H_
#define OMNITRACE_TESTS_ATTACH_RECORDING_H_

#include <functional>
#include <memory>
#include <string>

#include "runtime/workspace/reader.h"
#include "tests/support/temporary_folder.h"
#include "tools/live/live_event.h"

namespace omnitrace::testing {

class Recording {
 public:
  // Of tests/attach/program.cc, which is run once.
  static const Recording& OfProgram();

  explicit Recording(std::unique_ptr<workspace::Reader> reader);

  const workspace::Reader& reader() const { return *reader_; }
  // The process. Tests may change what is said of it.
  tools::LiveOrigin& origin() const { return origin_; }
  // Calls `take` with each event, in order. With `lost_entries`, as if no entry had been seen.
  void Tell(const std::function<void(const tools::LiveEvent&)>& take,
            bool lost_entries = false) const;

 private:
  std::unique_ptr<workspace::Reader> reader_;
  mutable tools::LiveOrigin origin_;
};

}  // namespace omnitrace::testing

#endif  // OMNITRACE_TESTS_ATTACH_RECORDING_H_
