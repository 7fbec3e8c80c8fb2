#include "runtime/workspace/verifier.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/block_index.h"
#include "runtime/workspace/metadata_checks.h"
#include "runtime/workspace/ordered_work.h"
#include "runtime/workspace/reader_state.h"

namespace omnitrace::workspace {

namespace {

bool IsBefore(const Problem& a, const Problem& b) { return a.offset < b.offset; }

}  // namespace

// The blocks of one thread in order, with the functions of its open calls.
class Verifier::StreamChecker {
 public:
  explicit StreamChecker(Verifier* verifier) : verifier_(verifier) {}

  void Add(const Block& block, BlockCheck check);

 private:
  // Cores' counters may differ by a little; readers hide steps back.
  static constexpr uint64_t kMostStepBack = 1'000'000;

  void CheckStart(const Block& block);
  std::vector<Problem> EndCalls(const std::vector<BlockCheck::FarEnd>& ends);

  Verifier* const verifier_;
  bool known_ = false;  // the block before was read to its end, so these must continue in the next:
  uint64_t sequence_ = 0;
  uint64_t calls_ = 0;
  uint64_t time_ = 0;
  std::vector<uint32_t> open_;  // functions; 0 when unknown
};

void Verifier::StreamChecker::Add(const Block& block, BlockCheck check) {
  if (check.unreadable) {
    verifier_->Report(*std::move(check.unreadable));
    known_ = false;
    return;
  }
  verifier_->CheckBlockHeader(block, check.header);
  CheckStart(block);
  std::vector<Problem> problems = EndCalls(check.far_ends);
  auto middle = problems.insert(problems.end(), std::move_iterator(check.problems.begin()),
                                std::move_iterator(check.problems.end()));
  std::inplace_merge(problems.begin(), middle, problems.end(), IsBefore);
  for (Problem& problem : problems) verifier_->Report(std::move(problem));
  verifier_->result_.problem_count += check.problem_count - check.problems.size();
  if (check.last) verifier_->Report(*std::move(check.last));
  verifier_->result_.records += check.records;
  verifier_->result_.calls += check.calls;
  open_.insert(open_.end(), check.open.begin(), check.open.end());
  known_ = check.whole;
  sequence_ = block.sequence;
  calls_ = block.first_call + check.calls;
  if (check.records > 0) time_ = check.end;
}

void Verifier::StreamChecker::CheckStart(const Block& block) {
  bool first = block.sequence == 0;
  if (first || (known_ && block.sequence == sequence_ + 1)) {
    uint64_t calls = first ? 0 : calls_;
    size_t depth = first ? 0 : open_.size();
    if (block.first_call != calls || block.start_depth != depth) {
      verifier_->Report({block.offset, absl::StrCat("block starts at call ", block.first_call,
                                                    ", depth ", block.start_depth,
                                                    ", expected call ", calls, ", depth ", depth)});
    }
    if (!first && block.start + kMostStepBack < time_) {
      verifier_->Report({block.offset, absl::StrCat("block starts at ", block.start,
                                                    " ns, expected at least ", time_, " ns")});
    }
  } else {
    open_.resize(known_ && block.gap != 0 ? std::min<size_t>(open_.size(), block.gap - 1) : 0);
  }
  open_.resize(block.start_depth);
}

// Returns those that end other calls than the open ones.
std::vector<Problem> Verifier::StreamChecker::EndCalls(
    const std::vector<BlockCheck::FarEnd>& ends) {
  std::vector<Problem> problems;
  for (const BlockCheck::FarEnd& end : ends) {
    uint32_t entered = end.depth < open_.size() ? open_[end.depth] : 0;
    open_.resize(end.depth);
    if (entered == 0 || end.function == 0 || entered == end.function) continue;
    problems.push_back({end.offset, absl::StrCat("end of function ", end.function,
                                                 ", expected of function ", entered)});
  }
  return problems;
}

Verifier::Verifier(const Reader& reader, std::function<void(uint64_t, uint64_t)> progress,
                   size_t threads)
    : reader_(reader), progress_(std::move(progress)), threads_(threads) {}

Verification Verifier::Run() {
  result_ = Verification();
  for (const Problem& problem : reader_.state_->problems) Report(problem);
  CheckFileHeader();
  CheckMetadata();
  for (const auto& [thread, blocks] : reader_.state_->index.streams) {
    if (thread != 0) CheckStream(thread);
  }
  std::stable_sort(result_.problems.begin(), result_.problems.end(), IsBefore);
  return result_;
}

void Verifier::CheckFileHeader() {
  const FileHeader& header = reader_.state_->header;
  auto check = [&](bool good, size_t offset, auto... what) {
    if (!good) Report({offset, absl::StrCat(what...)});
  };
  uint32_t clock = static_cast<uint32_t>(header.clock);
  check(clock == 1 || clock == 2, offsetof(FileHeader, clock), "clock ", clock,
        ", expected 1 or 2");
  uint32_t end = static_cast<uint32_t>(header.end);
  check(end <= 2, offsetof(FileHeader, end), "end state ", end, ", expected 0, 1 or 2");
  check(header.reserved == 0, offsetof(FileHeader, reserved), "reserved field ", header.reserved,
        ", expected 0");
  const auto& streams = reader_.state_->index.streams;
  uint32_t threads = streams.empty() ? 0 : streams.rbegin()->first;
  check(header.threads >= threads, offsetof(FileHeader, threads), header.threads,
        " threads, but there are blocks of thread ", threads);
  // A running process adds slots while they are being read.
  uint64_t slots = reader_.state_->index.slots;
  check(header.slots == slots || header.end == EndState::kRunning, offsetof(FileHeader, slots),
        header.slots, " slots, but the file has ", slots);
}

void Verifier::CheckBlockHeader(const Block& block, const BlockHeader& header) {
  bool may_follow_gap = header.kind == BlockKind::kCalls && header.sequence > 0;
  if (header.gap != 0 && !may_follow_gap) {
    Report({block.offset + offsetof(BlockHeader, gap),
            absl::StrCat("block ", header.sequence, " of ",
                         header.kind == BlockKind::kCalls ? "calls" : "metadata", " with gap ",
                         header.gap, ", expected 0")});
  }
  int known = header.flags & (kBlockSealed | kBlockWindow);
  if (known == 0 || header.flags != known) {
    Report({block.offset + offsetof(BlockHeader, flags),
            absl::StrCat("block flags ", static_cast<int>(header.flags),
                         ", expected 1 (sealed), 2 (window) or 3")});
  }
}

void Verifier::CheckMetadata() {
  BlockBuffer buffer;
  uint64_t first = 0;
  for (const Block& block : reader_.state_->index.streams.at(0)) {
    if (first == 0) first = block.offset;
    ++result_.blocks;
    // A damaged one is among the reader's problems.
    if (!buffer.Read(*reader_.state_->source, block)) CheckBlockHeader(block, buffer.header());
  }
  for (std::string& what : workspace::CheckMetadata(reader_.state_->metadata)) {
    Report({first, std::move(what)});
  }
}

void Verifier::CheckStream(uint32_t thread) {
  const Reader::State& file = *reader_.state_;
  const std::vector<Block>& blocks = reader_.blocks(thread);
  BlockChecker checker(*file.source, file.metadata, file.layouts, file.scale, reader_);
  OrderedWork<BlockCheck> work(
      blocks.size(), [&](size_t i) { return checker.Check(blocks[i]); }, threads_);
  StreamChecker stream(this);
  for (const Block& block : blocks) {
    stream.Add(block, *work.Next());
    ++result_.blocks;
    if (progress_) progress_(result_.blocks, reader_.info().blocks);
  }
}

void Verifier::Report(Problem problem) {
  ++result_.problem_count;
  if (result_.problems.size() < Verification::kMostProblems) {
    result_.problems.push_back(std::move(problem));
  }
}

}  // namespace omnitrace::workspace
