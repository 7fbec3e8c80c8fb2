#include "runtime/workspace/verifier.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/block_index.h"
#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/metadata_checks.h"
#include "runtime/workspace/reader_state.h"
#include "runtime/workspace/value_checker.h"

namespace omnitrace::workspace {

// The blocks of one thread in order, with the functions of its open calls.
class Verifier::StreamChecker {
 public:
  StreamChecker(Verifier* verifier, const Reader::State& file)
      : verifier_(verifier),
        file_(file),
        parser_(file.metadata, file.layouts, file.scale),
        values_(verifier->reader_, file.metadata, file.layouts) {}

  void CheckBlock(const Block& block);

 private:
  // Cores' counters may differ by a little; readers hide steps back.
  static constexpr uint64_t kMostStepBack = 1'000'000;

  void CheckStart(const Block& block);
  void CheckEvent(const Event& event);
  void CheckEnd(const Event& event);
  void CheckValues(const Event& event);

  Verifier* const verifier_;
  const Reader::State& file_;
  BlockBuffer buffer_;
  BlockParser parser_;
  const ValueChecker values_;
  bool known_ = false;  // the block before was read to its end, so these must continue in the next:
  uint64_t sequence_ = 0;
  uint64_t calls_ = 0;
  uint64_t time_ = 0;
  std::vector<uint32_t> open_;  // functions; 0 when unknown
};

void Verifier::StreamChecker::CheckBlock(const Block& block) {
  if (std::optional<Problem> problem = buffer_.Read(*file_.source, block)) {
    verifier_->Report(problem->offset, problem->what);
    known_ = false;
    return;
  }
  verifier_->CheckBlockHeader(block, buffer_.header());
  CheckStart(block);
  parser_.Start(buffer_.header(), buffer_.payload(), block.offset + sizeof(BlockHeader));
  Event event = {};
  while (parser_.Next(&event)) {
    ++verifier_->result_.records;
    CheckEvent(event);
    time_ = event.time;
  }
  verifier_->result_.calls += parser_.calls();
  known_ = parser_.error().empty();
  sequence_ = block.sequence;
  calls_ = block.first_call + parser_.calls();
  if (!known_) {
    verifier_->Report(parser_.error_offset(), parser_.error());
  } else if (std::string what = parser_.Disagreement(buffer_.header());
             block.sealed && !what.empty()) {
    verifier_->Report(block.offset, std::move(what));
  }
}

void Verifier::StreamChecker::CheckStart(const Block& block) {
  bool first = block.sequence == 0;
  if (first || (known_ && block.sequence == sequence_ + 1)) {
    uint64_t calls = first ? 0 : calls_;
    size_t depth = first ? 0 : open_.size();
    if (block.first_call != calls || block.start_depth != depth) {
      verifier_->Report(block.offset, absl::StrCat("block starts at call ", block.first_call,
                                                   ", depth ", block.start_depth,
                                                   ", expected call ", calls, ", depth ", depth));
    }
    if (!first && block.start + kMostStepBack < time_) {
      verifier_->Report(block.offset, absl::StrCat("block starts at ", block.start,
                                                   " ns, expected at least ", time_, " ns"));
    }
  } else {
    open_.clear();
  }
  open_.resize(block.start_depth);
}

void Verifier::StreamChecker::CheckEvent(const Event& event) {
  switch (event.kind) {
    case Event::Kind::kEnter:
      open_.push_back(event.function);
      CheckValues(event);
      break;
    case Event::Kind::kLeave:
      CheckEnd(event);
      CheckValues(event);
      break;
    case Event::Kind::kThrow:
      CheckEnd(event);
      CheckValues(event);
      break;
    case Event::Kind::kChanged:
      CheckValues(event);
      break;
    case Event::Kind::kUnwound:
      open_.resize(event.depth);
      break;
    case Event::Kind::kDropped:
      if (static_cast<uint32_t>(event.reason) < kDropReasons) break;
      verifier_->Report(event.offset,
                        absl::StrCat("drop reason ", static_cast<uint32_t>(event.reason),
                                     ", expected at most ", kDropReasons - 1));
  }
}

void Verifier::StreamChecker::CheckEnd(const Event& event) {
  uint32_t entered = open_.back();
  open_.pop_back();
  if (entered == 0 || entered == event.function) return;
  verifier_->Report(event.offset, absl::StrCat("end of function ", event.function,
                                               ", expected of function ", entered));
}

void Verifier::StreamChecker::CheckValues(const Event& event) {
  absl::Status status = values_.Check(event);
  if (!status.ok()) verifier_->Report(event.offset, std::string(status.message()));
}

Verifier::Verifier(const Reader& reader, std::function<void(uint64_t, uint64_t)> progress)
    : reader_(reader), progress_(std::move(progress)) {}

Verification Verifier::Run() {
  result_ = Verification();
  for (const Problem& problem : reader_.state_->problems) Report(problem.offset, problem.what);
  CheckFileHeader();
  CheckMetadata();
  for (const auto& [thread, blocks] : reader_.state_->index.streams) {
    if (thread != 0) CheckStream(thread);
  }
  std::stable_sort(result_.problems.begin(), result_.problems.end(),
                   [](const Problem& a, const Problem& b) { return a.offset < b.offset; });
  return result_;
}

void Verifier::CheckFileHeader() {
  const FileHeader& header = reader_.state_->header;
  auto check = [&](bool good, size_t offset, auto... what) {
    if (!good) Report(offset, absl::StrCat(what...));
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
  if (header.reserved != 0) {
    Report(block.offset + offsetof(BlockHeader, reserved),
           absl::StrCat("reserved field ", header.reserved, ", expected 0"));
  }
  int known = header.flags & (kBlockSealed | kBlockWindow);
  if (known == 0 || header.flags != known) {
    Report(block.offset + offsetof(BlockHeader, flags),
           absl::StrCat("block flags ", static_cast<int>(header.flags),
                        ", expected 1 (sealed), 2 (window) or 3"));
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
    Report(first, std::move(what));
  }
}

void Verifier::CheckStream(uint32_t thread) {
  StreamChecker checker(this, *reader_.state_);
  for (const Block& block : reader_.blocks(thread)) {
    checker.CheckBlock(block);
    ++result_.blocks;
    if (progress_) progress_(result_.blocks, reader_.info().blocks);
  }
}

void Verifier::Report(uint64_t offset, std::string what) {
  ++result_.problem_count;
  if (result_.problems.size() < Verification::kMostProblems) {
    result_.problems.push_back({offset, std::move(what)});
  }
}

}  // namespace omnitrace::workspace
