// How often a live process has called what it can be asked for, while that was on.
#ifndef OMNITRACE_TOOLS_LIVE_HITS_H_
#define OMNITRACE_TOOLS_LIVE_HITS_H_

#include <cstdint>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "tools/live/live_file.h"

namespace omnitrace::tools {

// Calls that were recorded, by the places of functions in `directory`; those without any may be
// left out. Exact when the process rests meanwhile, else as of a moment ago. Those of a name that
// several places have are at any of them.
absl::StatusOr<absl::flat_hash_map<uint64_t, uint64_t>> ReadHits(const LiveFile& file,
                                                                 const LiveDirectory& directory);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_LIVE_HITS_H_
