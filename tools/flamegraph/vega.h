// A flamegraph as a Vega specification. Everything that moves (zoom, pan, focus, search) is in the
// specification itself, so it works in any viewer; vega_spec.json is all of it but the data.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_VEGA_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_VEGA_H_

#include <string>

#include "tools/flamegraph/box.h"

namespace omnitrace::flamegraph {

// As JSON text. The data stand in columns that Vega's `flatten` turns into rows, with dictionaries
// for functions and texts: a quarter of the size of an object for each box.
std::string VegaSpec(const Flamegraph& flamegraph);

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_VEGA_H_
