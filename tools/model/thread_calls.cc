#include "tools/model/thread_calls.h"

#include <algorithm>
#include <utility>

namespace omnitrace::tools {

using workspace::Block;
using workspace::Event;
using workspace::EventCursor;

ThreadCalls::ThreadCalls(const WorkspaceFile& file, const workspace::Thread& thread,
                         const CallFilter& filter, Options options)
    : file_(file),
      thread_(thread),
      filter_(filter),
      options_(options),
      thread_shown_(filter.ShowsThread(thread)),
      cursor_(*file.reader, thread.index),
      far_outcomes_(*file.reader, thread.index) {}

bool ThreadCalls::Next() {
  if (current_ + 1 < entries_.size()) {
    ++current_;
    return true;
  }
  do {
    if (!LoadBlock()) return false;
  } while (entries_.empty());
  return true;
}

bool ThreadCalls::LoadBlock() {
  entries_.clear();
  texts_.clear();
  open_.clear();
  current_ = 0;
  if (!pending_ && !cursor_.Next()) return false;
  if (!SkipDeepBlocks()) return false;
  size_t block = block_ = cursor_.block();
  ++blocks_read_;
  do {
    Take(cursor_.event());
    pending_ = cursor_.Next();
  } while (pending_ && cursor_.block() == block);
  FindFarOutcomes(block);
  DecideShown();
  return true;
}

bool ThreadCalls::SkipDeepBlocks() {
  if (!options_.skip_deep_blocks) return true;
  size_t block = cursor_.block();
  size_t count = file_.reader->blocks(thread_.index).size();
  size_t next = block;
  while (next < count && far_outcomes_.least_depth(next) >= filter_.depth()) ++next;
  if (next == block) return true;
  cursor_ = EventCursor(*file_.reader, thread_.index, next, count);
  return cursor_.Next();
}

void ThreadCalls::Take(const Event& event) {
  switch (event.kind) {
    case Event::Kind::kEnter:
      Enter(event);
      break;
    case Event::Kind::kLeave:
      End(event, Call::Outcome::kReturned);
      break;
    case Event::Kind::kThrow:
      End(event, Call::Outcome::kThrew);
      break;
    case Event::Kind::kUnwound:
      floor_ = std::min(floor_, event.depth);
      End(event, Call::Outcome::kUnwound);
      break;
    case Event::Kind::kChanged:
      Change(event);
      break;
    case Event::Kind::kDropped:
      break;
  }
}

void ThreadCalls::Enter(const Event& event) {
  if (entries_.empty()) first_ordinal_ = event.ordinal;
  Entry entry;
  entry.start = event.time;
  entry.offset = event.offset;
  entry.function = event.function;
  entry.depth = event.depth;
  entry.floor = std::exchange(floor_, UINT32_MAX);
  entry.shown = ShowsFunction(event.function);
  if (entry.shown) entry.arguments = Store(event.bytes);
  open_.push_back(static_cast<uint32_t>(entries_.size()));
  entries_.push_back(entry);
}

void ThreadCalls::Change(const Event& event) {
  if (open_.empty() || entries_[open_.back()].depth != event.depth) return;
  Entry& entry = entries_[open_.back()];
  if (entry.shown) entry.changed = Store(event.bytes);
}

void ThreadCalls::End(const Event& event, Call::Outcome outcome) {
  while (!open_.empty() && entries_[open_.back()].depth >= event.depth) {
    Entry& entry = entries_[open_.back()];
    open_.pop_back();
    entry.end = event.time;
    entry.outcome = outcome;
    if (!entry.shown) continue;
    if (outcome == Call::Outcome::kReturned) entry.result = Store(event.bytes);
    if (outcome == Call::Outcome::kThrew) {
      entry.result = Store(event.thrown_type);
      entry.what_size = Store(event.thrown_what).size;
      entry.thrown_size = Store(event.thrown_value).size;
    }
  }
}

void ThreadCalls::FindFarOutcomes(size_t block) {
  for (; !open_.empty(); open_.pop_back()) {
    Entry& entry = entries_[open_.back()];
    FarOutcomes::Outcome outcome = far_outcomes_.Find(block, entry.depth);
    entry.far = true;
    entry.outcome = outcome.kind;
    bool open = outcome.kind == Call::Outcome::kOpen;
    entry.end = std::max(entry.start, open ? file_.reader->info().duration_ns : outcome.time);
    bool threw = outcome.kind == Call::Outcome::kThrew;
    if (!outcome.changed.empty()) entry.changed = Store(outcome.changed);
    entry.result = Store(threw ? outcome.thrown_type : outcome.result);
    entry.what_size = Store(outcome.thrown_what).size;
    entry.thrown_size = Store(outcome.thrown_value).size;
  }
}

// Needs the calls' ends. Counts the shown children on the way.
void ThreadCalls::DecideShown() {
  std::vector<uint32_t> callers;
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    Entry& entry = entries_[i];
    entry.shown = entry.shown && Shows(entry);
    uint32_t floor = std::min(entry.floor, entry.depth);
    while (!callers.empty() && entries_[callers.back()].depth >= floor) callers.pop_back();
    if (!entry.shown) continue;
    if (!callers.empty()) ++entries_[callers.back()].children;
    callers.push_back(i);
  }
}

bool ThreadCalls::Shows(const Entry& entry) {
  uint64_t start = entry.start + file_.start, end = entry.end + file_.start;
  if (!filter_.ShowsCall(entry.depth, start, end)) return false;
  if (!filter_.has_conditions()) return true;
  Call call;
  Describe(entry, &call);
  absl::Status damage;
  bool shown = filter_.ShowsValues(SubjectOf(call, entry.depth), &damage);
  if (!damage.ok()) unread_value_.Update(Located(call, damage));
  return shown;
}

bool ThreadCalls::ShowsFunction(uint32_t id) {
  if (!thread_shown_) return false;
  auto [known, is_new] = shows_function_.try_emplace(id, false);
  if (is_new) known->second = filter_.ShowsFunction(file_.reader->function(id));
  return known->second;
}

ThreadCalls::Text ThreadCalls::Store(absl::string_view text) {
  Text stored = {static_cast<uint32_t>(texts_.size()), static_cast<uint32_t>(text.size())};
  texts_.append(text.data(), text.size());
  return stored;
}

uint64_t ThreadCalls::ordinal() const {
  const std::vector<Block>& blocks = file_.reader->blocks(thread_.index);
  uint64_t lost = blocks.front().first_call;  // keep=last
  return first_ordinal_ - lost - blocks[block_].left_out + current_;
}

void ThreadCalls::Describe(Call* call) const { Describe(entry(), call); }

void ThreadCalls::Describe(const Entry& entry, Call* call) const {
  absl::string_view texts = texts_;
  call->outcome = entry.outcome;
  call->start = entry.start + file_.start;
  call->end = entry.end + file_.start;
  call->children = entry.children;
  call->offset = entry.offset;
  call->file = &file_;
  call->thread = &thread_;
  call->function = &file_.reader->function(entry.function);
  call->arguments = texts.substr(entry.arguments.offset, entry.arguments.size);
  call->changed = texts.substr(entry.changed.offset, entry.changed.size);
  absl::string_view result = texts.substr(entry.result.offset, entry.result.size);
  bool threw = entry.outcome == Call::Outcome::kThrew;
  call->result = threw ? absl::string_view() : result;
  call->thrown_type = threw ? result : absl::string_view();
  absl::string_view behind = texts.substr(entry.result.offset + entry.result.size);
  call->thrown_what = behind.substr(0, threw ? entry.what_size : 0);
  call->thrown_value = behind.substr(call->thrown_what.size(), threw ? entry.thrown_size : 0);
}

namespace {

uint64_t CountAllCalls(const workspace::Reader& reader, uint32_t thread) {
  const std::vector<Block>& blocks = reader.blocks(thread);
  if (blocks.empty()) return 0;
  const Block& last = blocks.back();
  uint64_t before = blocks.front().first_call + last.left_out;
  uint64_t count = last.first_call - std::min(last.first_call, before);
  if (last.sealed) return count + last.calls;
  EventCursor cursor(reader, thread, blocks.size() - 1, 1);
  while (cursor.Next()) count += cursor.event().kind == Event::Kind::kEnter;
  return count;
}

}  // namespace

uint64_t CountCalls(const WorkspaceFile& file, const workspace::Thread& thread,
                    const CallFilter& filter) {
  if (filter.shows_everything()) return CountAllCalls(*file.reader, thread.index);
  uint64_t count = 0;
  ThreadCalls calls(file, thread, filter, {});
  while (calls.Next()) count += calls.shown();
  return count;
}

}  // namespace omnitrace::tools
