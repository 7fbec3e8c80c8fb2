#include "tools/topics/topics.h"

namespace omnitrace::tools {

const absl::string_view kProbeText =
    R"text(A probe is an event of a program's own, with up to 16 values by name. It stands in the tree among the calls that it happens in.

  OMNITRACE_PROBE("request:start", id, path, ("user", req.user));

of <omnitrace/omnitrace.h> has three values, called id, path and user.
An expression's text is its value's name, unless a pair gives another one. Nothing is evaluated while the probe is off. It is on in a program that records from its start, and from omnitrace::trace("request:*") on until omnitrace::untrace("request:*"); OMNITRACE_ONLY chooses among probes as among functions.

  omni-clang++ -fomni-ns=shop app.cc         values of all types
  g++ -std=c++17 app.cc $(pkg-config --cflags-only-I --libs omnitrace)
                                             those of the standard library,
                                             others by type and address
  OMNITRACE_MODE=record ./app                needs no plugin
  g++ -DOMNITRACE_DISABLED app.cc            without probes

Limits (OMNITRACE_LIMITS) count a probe as a call, so min=TIME leaves all of them out. In JSON it has "event": "probe"; a flamegraph leaves it out.)text";

}  // namespace omnitrace::tools
