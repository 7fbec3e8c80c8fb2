#include "tests/support/workspace_builder.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/workspace/coding.h"

namespace omnitrace::testing {
namespace {

constexpr uint64_t kStartTicks = 1'000'000;
constexpr uint64_t kStep = 10;

Encoded Head(RecordKind kind, uint64_t rest) {
  return Varint(rest << 2 | static_cast<uint64_t>(kind));
}

}  // namespace

WorkspaceBuilder::WorkspaceBuilder() {
  memcpy(header_.magic, kFileMagic, sizeof(kFileMagic));
  header_.version = kFormatVersion;
  header_.header_size = sizeof(FileHeader);
  header_.block_size = kBlockSize;
  header_.clock = ClockKind::kMonotonic;
  header_.pid = 4242;
  header_.start_unix_ns = 1'700'000'000'000'000'000;
  header_.start_mono_ns = header_.start_ticks = kStartTicks;
  header_.start_ticks_per_second = 1'000'000'000;
  header_.end = EndState::kExited;
  Property("program", "app");
}

void WorkspaceBuilder::Enter(uint32_t thread, uint32_t function,
                             std::initializer_list<Encoded> arguments) {
  Encoded values = Joined(arguments);
  bool sized = (functions_[function].flags & kFunctionSizedArguments) != 0;
  Append(thread, Joined({Head(RecordKind::kEnter, function), Varint(Tick(thread)),
                         sized ? Sized(values.bytes) : values}));
  Stream& stream = streams_[thread];
  stream.open.push_back(function);
  ++stream.calls;
  ++slots_[stream.slot - 1].header.calls;
}

void WorkspaceBuilder::Leave(uint32_t thread, const Encoded& result) {
  Room(thread, kVarintSlack);  // first: it may make the call a far one
  Stream& stream = streams_[thread];
  uint32_t function = stream.open.back();
  bool sized = (functions_[function].flags & kFunctionSizedResult) != 0;
  Encoded bytes = sized ? Sized(result.bytes) : result;
  if (stream.open.size() > stream.far_depth) {
    Append(thread, Joined({Head(RecordKind::kLeave, Tick(thread)), bytes}));
  } else {
    Other(thread, static_cast<uint64_t>(OtherRecord::kFarLeave),
          Joined({Varint(function), bytes}).bytes);
  }
  Reach(thread, static_cast<uint32_t>(stream.open.size()) - 1);
}

void WorkspaceBuilder::Throw(uint32_t thread, absl::string_view type, absl::string_view what) {
  Room(thread, kVarintSlack);
  Stream& stream = streams_[thread];
  Encoded thrown = Joined({Sized(type), Sized(what)});
  if (stream.open.size() > stream.far_depth) {
    Append(thread, Joined({Head(RecordKind::kThrow, Tick(thread)), thrown}));
  } else {
    Other(thread, static_cast<uint64_t>(OtherRecord::kFarThrow),
          Joined({Varint(stream.open.back()), thrown}).bytes);
  }
  Reach(thread, static_cast<uint32_t>(stream.open.size()) - 1);
}

void WorkspaceBuilder::Unwound(uint32_t thread, uint32_t depth) {
  Other(thread, static_cast<uint64_t>(OtherRecord::kUnwound), Varint(depth).bytes);
  Reach(thread, depth);
}

void WorkspaceBuilder::Dropped(uint32_t thread, DropReason reason, uint64_t calls) {
  header_.drops[static_cast<uint32_t>(reason)] += calls;
  Other(thread, static_cast<uint64_t>(OtherRecord::kDropped),
        Joined({Varint(static_cast<uint64_t>(reason)), Varint(calls)}).bytes);
}

void WorkspaceBuilder::Other(uint32_t thread, uint64_t kind, absl::string_view bytes) {
  Append(thread, Joined({Head(RecordKind::kOther, kind), Varint(Tick(thread)), Sized(bytes)}));
}

void WorkspaceBuilder::RawRecord(uint32_t thread, absl::string_view bytes) {
  Append(thread, {std::string(bytes)});
}

// Ticks since the thread's last record, or since the start of its block.
uint64_t WorkspaceBuilder::Tick(uint32_t thread) {
  Room(thread, kVarintSlack);
  Stream& stream = streams_[thread];
  uint64_t now = kStartTicks + clock_;
  uint64_t ticks = now - stream.ticks;
  stream.ticks = now;
  clock_ += kStep;
  return ticks;
}

// A thread has `depth` open calls now.
void WorkspaceBuilder::Reach(uint32_t thread, uint32_t depth) {
  Stream& stream = streams_[thread];
  stream.open.resize(depth);
  stream.far_depth = std::min(stream.far_depth, depth);
  uint32_t& least = slots_[stream.slot - 1].header.least_depth;
  least = std::min(least, depth);
}

void WorkspaceBuilder::Append(uint32_t thread, const Encoded& record) {
  Room(thread, 0).payload += record.bytes;
}

// The current block of a stream, a new one when there is none or it has no room.
WorkspaceBuilder::Slot& WorkspaceBuilder::Room(uint32_t thread, size_t bytes) {
  Stream& stream = streams_[thread];
  // The ticks of a record are taken before its size is known, so a block splits well before its
  // end.
  constexpr size_t kLimit = kBlockPayload - kMaxRecordSize;
  bool full = stream.slot != 0 && slots_[stream.slot - 1].payload.size() + bytes > kLimit;
  if (full) SplitBlock(thread);
  if (stream.slot == 0) {
    uint64_t now = kStartTicks + clock_;
    // Between blocks the clock may step back.
    if (stream.ticks == 0 || now < stream.ticks) stream.ticks = now;
    Slot slot;
    slot.header.magic = kBlockMagic;
    slot.header.kind = thread == 0 ? BlockKind::kMetadata : BlockKind::kCalls;
    slot.header.thread = thread;
    slot.header.start_depth = slot.header.least_depth = static_cast<uint32_t>(stream.open.size());
    slot.header.sequence = stream.sequence++;
    slot.header.start_ticks = stream.ticks;
    slot.header.first_call = stream.calls;
    slot.header.gap = static_cast<uint16_t>(std::exchange(stream.gap, 0));
    slot.header.start_checksum = StartChecksum(slot.header);
    stream.far_depth = slot.header.start_depth;
    slots_.push_back(std::move(slot));
    stream.slot = slots_.size();
  }
  return slots_[stream.slot - 1];
}

void WorkspaceBuilder::SplitBlock(uint32_t thread) {
  Stream& stream = streams_[thread];
  if (stream.slot == 0) return;
  Seal(&slots_[stream.slot - 1]);
  stream.slot = 0;
}

void WorkspaceBuilder::LeaveOutBlock(uint32_t thread) {
  Stream& stream = streams_[thread];
  const BlockHeader& header = slots_[stream.slot - 1].header;
  uint32_t gap = 1 + header.least_depth;
  stream.gap = header.gap == 0 ? gap : std::min<uint32_t>(gap, header.gap);
  slots_[stream.slot - 1] = Slot();
  stream.slot = 0;
}

void WorkspaceBuilder::AddHole() { slots_.emplace_back(); }

void WorkspaceBuilder::Seal(Slot* slot) const {
  slot->header.flags = kBlockSealed;
  slot->header.checksum =
      Checksum(slot->payload.data(), slot->payload.size(), slot->header.sequence);
}

void WorkspaceBuilder::AppendSlot(const Slot& slot, std::string* file) const {
  file->resize((file->size() + kBlockSize - 1) / kBlockSize * kBlockSize);
  BlockHeader header = slot.header;
  header.length = static_cast<uint32_t>(slot.payload.size());
  file->append(reinterpret_cast<const char*>(&header), sizeof(header));
  file->append(slot.payload);
}

std::string WorkspaceBuilder::Build() const {
  std::vector<Slot> slots = slots_;
  for (const auto& [thread, stream] : streams_) {
    if (stream.slot == 0) continue;
    Slot& last = slots[stream.slot - 1];
    if (killed_) {
      last.header.flags = kBlockWindow;
      last.header.calls = last.header.least_depth = 0;
    } else {
      Seal(&last);
    }
  }
  for (uint32_t thread : copies_) {
    Slot copy = slots[streams_.at(thread).slot - 1];
    Seal(&copy);
    std::fill(copy.payload.begin() + static_cast<ptrdiff_t>(copy.payload.size() / 2),
              copy.payload.end(), '\0');
    slots.push_back(std::move(copy));
  }
  FileHeader header = header_;
  header.slots = static_cast<uint32_t>(slots.size() + 1);
  header.threads = threads_;
  if (killed_) header.end = EndState::kRunning;
  if (header.last_ticks == 0) header.last_ticks = header.start_ticks + clock_;
  if (header.last_mono_ns == 0) header.last_mono_ns = header.start_mono_ns + clock_;
  header.checksum = Checksum(&header, offsetof(FileHeader, checksum), 0);
  std::string file(reinterpret_cast<const char*>(&header), sizeof(header));
  for (const Slot& slot : slots) AppendSlot(slot, &file);
  return file;
}

std::unique_ptr<workspace::Reader> WorkspaceBuilder::Open(std::string name) const {
  absl::StatusOr<std::unique_ptr<workspace::Reader>> reader =
      workspace::Reader::Open(workspace::MemorySource(Build(), std::move(name)));
  if (reader.ok()) return *std::move(reader);
  fprintf(stderr, "%s\n", reader.status().ToString().c_str());
  abort();
}

}  // namespace omnitrace::testing
