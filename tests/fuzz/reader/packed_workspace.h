// Workspaces as a fuzzer writes them: without the empty space between slots, and with sums that are
// made when the file is, so that a changed byte gets further than to a sum that no longer fits.
#ifndef OMNITRACE_TESTS_FUZZ_READER_PACKED_WORKSPACE_H_
#define OMNITRACE_TESTS_FUZZ_READER_PACKED_WORKSPACE_H_

#include <string>

#include "tests/fuzz/bytes.h"

namespace omnitrace::fuzz {

//   packed = u8 flags, header, block*           header and block headers as in the file
//   block  = u16 length, block_header, `length` bytes of payload
enum PackedFlags : uint8_t {
  kIsFile = 1,     // what follows is the file itself
  kKeepSums = 2,   // sums, lengths and constants stay as they are
  kIsCut = 4,      // the file ends with the last block's payload
  kFirstView = 8,  // the flags from here on are the number of the way in which it is shown
};

std::string Unpack(Bytes packed);

}  // namespace omnitrace::fuzz

#endif  // OMNITRACE_TESTS_FUZZ_READER_PACKED_WORKSPACE_H_
