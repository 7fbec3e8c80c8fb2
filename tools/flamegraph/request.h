// What is asked of a flamegraph.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_REQUEST_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_REQUEST_H_

#include <cstddef>
#include <string>

#include "tools/model/call_filter.h"

namespace omnitrace::flamegraph {

struct Request {
  bool merged = false;       // one box per distinct stack, not per call
  std::string focus;         // globs: only calls of such functions and what is inside them
  size_t max_boxes = 10000;  // at least 1
  bool stable = false;       // for comparisons: one event is one nanosecond, no addresses
  size_t cores = 0;          // that read; doesn't show; 0: as many as pay
  tools::CallFilter filter;
};

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_REQUEST_H_
