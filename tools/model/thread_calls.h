// The calls of one thread in order of entry, each one whole: with its end, wherever that lies. One
// block is held at a time.
#ifndef OMNITRACE_TOOLS_MODEL_THREAD_CALLS_H_
#define OMNITRACE_TOOLS_MODEL_THREAD_CALLS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "runtime/workspace/reader.h"
#include "tools/model/call.h"
#include "tools/model/call_filter.h"
#include "tools/model/far_outcomes.h"

namespace omnitrace::tools {

class ThreadCalls {
 public:
  struct Options {
    bool skip_deep_blocks = false;  // those where the filter's depth hides everything
  };

  ThreadCalls(const WorkspaceFile& file, const workspace::Thread& thread, const CallFilter& filter,
              Options options);

  // Hidden calls are delivered too: they count in the numbering of all.
  bool Next();

  // Of the current call. Times are those of the set.
  uint64_t ordinal() const;  // calls of the thread before it, as far as the file goes back
  uint32_t depth() const { return entry().depth; }  // recorded callers
  uint64_t start() const { return entry().start + file_.start; }
  bool shown() const { return entry().shown; }
  bool outlives_block() const { return entry().far; }
  // No call of this recorded depth or deeper is still open from before.
  uint32_t floor() const { return std::min(entry().floor, entry().depth); }
  // All but id, parent and depth. `children` counts those in the block of entry only. The texts
  // are valid until Next().
  void Describe(Call* call) const;

  size_t blocks_read() const { return blocks_read_; }
  const absl::Status& status() const {
    return cursor_.status().ok() ? unread_value_ : cursor_.status();
  }

 private:
  // Compact, as a thousand threads hold a block each.
  struct Text {
    uint32_t offset = 0, size = 0;  // in texts_
  };
  struct Entry {
    uint64_t start = 0, end = 0;  // of the file
    uint64_t offset = 0;
    uint32_t function = 0, depth = 0, floor = 0, children = 0;
    Text arguments, changed, result;  // result: or the thrown type
    uint32_t what_size = 0, thrown_size = 0;  // of the texts that follow the thrown type
    Call::Outcome outcome = Call::Outcome::kOpen;
    bool shown = false, far = false;
  };

  const Entry& entry() const { return entries_[current_]; }
  bool LoadBlock();
  bool SkipDeepBlocks();
  void Take(const workspace::Event& event);
  void Enter(const workspace::Event& event);
  void Change(const workspace::Event& event);
  void End(const workspace::Event& event, Call::Outcome outcome);
  void FindFarOutcomes(size_t block);
  void DecideShown();
  bool Shows(const Entry& entry);
  void Describe(const Entry& entry, Call* call) const;
  bool ShowsFunction(uint32_t id);
  Text Store(absl::string_view text);

  const WorkspaceFile& file_;
  const workspace::Thread& thread_;
  const CallFilter& filter_;
  const Options options_;
  const bool thread_shown_;
  workspace::EventCursor cursor_;
  FarOutcomes far_outcomes_;
  absl::flat_hash_map<uint32_t, bool> shows_function_;

  bool pending_ = false;  // the cursor stands on the first event of a block not taken yet
  size_t blocks_read_ = 0;
  absl::Status unread_value_;  // the first that a condition asked for
  uint64_t first_ordinal_ = 0;
  size_t block_ = 0;
  std::vector<Entry> entries_;   // of the block
  std::string texts_;            // of the block
  std::vector<uint32_t> open_;   // entries of the block that have not ended
  uint32_t floor_ = UINT32_MAX;  // since the last entry
  size_t current_ = 0;
};

// The calls of a thread that the filter shows. Without a filter no block is decoded but an unsealed
// last one. Damage is for those who read the calls themselves.
uint64_t CountCalls(const WorkspaceFile& file, const workspace::Thread& thread,
                    const CallFilter& filter);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_THREAD_CALLS_H_
