// Live files as a fuzzer writes them, and what becomes of them while a tool looks on: without the
// empty space between their parts, and with sizes and sums that fit.
#ifndef OMNITRACE_TESTS_FUZZ_LIVE_PACKED_LIVE_FILE_H_
#define OMNITRACE_TESTS_FUZZ_LIVE_PACKED_LIVE_FILE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/workspace/format.h"
#include "tests/fuzz/bytes.h"

namespace omnitrace::fuzz {

//   packed = u8 flags, u16 size, steps, fields, u16 size, directory, u16 size, switches,
//            events as reader/packed_workspace.h has them
//   fields = LiveHeader from `version` to `shortages`, observers
//   step   = u8 kind, what that takes
enum PackedLiveFlags : uint8_t {
  kKeepHeader = 1,     // magic, version and sizes are what the fields say
  kFromBeginning = 2,  // of the events; else those that come after it was opened
  kRecords = 4,        // what comes is written to a workspace
  kHasRules = 8,       // that only the process can go by
};

enum class Step : uint8_t {
  kLook,    // the tool does
  kBytes,   // u8 slot, u16 place in it, u8 size, bytes; a block's header gets its sum again
  kGrow,    // u8 slot, u8 size, bytes: as when a thread has written more of a block
  kMoveOn,  // u8 slot, u8 size, bytes: as when it has begun the next one in its place
  kCopy,    // u8 slot, u8 slot: a block to another place
  kCut,     // u32 size of the file
  kHeader,  // u8 place, u8 size, bytes of the live file's header
};
inline constexpr int kSteps = 7;

// In a folder of the memory's, where files have holes. Its name is there as long as it is.
class LiveFileOnDisk {
 public:
  // Takes all but the flags and the steps, which come before.
  LiveFileOnDisk(bool keep_header, Bytes packed);
  ~LiveFileOnDisk();
  LiveFileOnDisk(const LiveFileOnDisk&) = delete;
  LiveFileOnDisk& operator=(const LiveFileOnDisk&) = delete;

  // Any step but kLook.
  void Take(Step step, Bytes* steps);
  const std::string& path() const { return path_; }

 private:
  void Grow(uint32_t slot, std::string_view bytes);
  void MoveOn(uint32_t slot, std::string_view bytes);
  BlockHeader ReadBlock(uint32_t slot) const;
  void WriteBlock(uint32_t slot, BlockHeader header);
  void Write(uint64_t offset, std::string_view bytes);

  std::string path_;
  int descriptor_;
};

}  // namespace omnitrace::fuzz

#endif  // OMNITRACE_TESTS_FUZZ_LIVE_PACKED_LIVE_FILE_H_
