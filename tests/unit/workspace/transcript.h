// A workspace as lines of text, so that tests compare what a reader sees at a glance:
//   "1 @10 enter 0 foo::f(n: 1)", "1 @20 leave 0 foo::f = 2", "1 @30 throw 1 foo::g E: no"
#ifndef OMNITRACE_TESTS_UNIT_WORKSPACE_TRANSCRIPT_H_
#define OMNITRACE_TESTS_UNIT_WORKSPACE_TRANSCRIPT_H_

#include <string>
#include <vector>

#include "runtime/workspace/reader.h"

namespace omnitrace::workspace {

struct Transcript {
  std::vector<std::string> lines;  // thread @time event depth and what it carries
  bool damaged = false;            // a cursor or a value gave an error
};

// All events of all threads, in the order of threads and blocks.
Transcript ReadAll(const Reader& reader);

std::string Describe(const Value& value);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_TESTS_UNIT_WORKSPACE_TRANSCRIPT_H_
