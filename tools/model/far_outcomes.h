// How calls end that outlive the block of their entry. Block headers say how deep each block
// reaches, so only the block that has the end is decoded, however many lie between. Of all lookups
// of a thread, whose calls nest, few need a block that the one before did not: one is kept.
#ifndef OMNITRACE_TOOLS_MODEL_FAR_OUTCOMES_H_
#define OMNITRACE_TOOLS_MODEL_FAR_OUTCOMES_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "runtime/workspace/reader.h"
#include "tools/model/call.h"

namespace omnitrace::tools {

class FarOutcomes {
 public:
  FarOutcomes(const workspace::Reader& reader, uint32_t thread);

  struct Outcome {
    Call::Outcome kind = Call::Outcome::kOpen;
    uint64_t time = 0;  // of the file; not for kOpen
    std::string result{}, changed{}, thrown_type{}, thrown_what{}, thrown_value{};
  };
  // Of the call at `depth` that is open at the end of block `block`. Fast when the deepest call of
  // a block is asked for first.
  Outcome Find(size_t block, uint32_t depth);

  // The least number of open calls in a block; 0 also when nothing is known.
  uint32_t least_depth(size_t block) const { return least_depth_[block]; }

 private:
  void Decode(size_t block);
  // How many of the calls that are open at the end of the block before are open at this one's
  // start.
  uint32_t Kept(size_t block) const;

  const workspace::Reader& reader_;
  const std::vector<workspace::Block>& blocks_;
  const uint32_t thread_;
  std::vector<uint32_t> least_depth_;

  // Of the block decoded last.
  size_t decoded_ = SIZE_MAX;
  std::map<uint32_t, Outcome> ends_;  // by depth, of calls entered before it
  bool damaged_ = false;
  uint64_t last_time_ = 0;
};

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_FAR_OUTCOMES_H_
