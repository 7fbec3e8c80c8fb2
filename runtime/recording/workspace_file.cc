#include "runtime/recording/workspace_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/uio.h>

#include "runtime/recording/copy.h"
#include "runtime/recording/live_file.h"
#include "runtime/recording/output_path.h"
#include "runtime/recording/system_calls.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::recording {
namespace {

constexpr uint64_t kHeaderPage = 4096;
constexpr uint64_t kDefaultSize = uint64_t{4} << 30;
// The header, the metadata, one window, and one block to append.
constexpr uint64_t kLeastSlots = 4;

constexpr uint32_t kMostRingBlocks = 16;
// A tool that is not late by more than half a second misses nothing, as far as 8 MiB of events
// reach; and of what is left each thread takes a quarter, so that there is something for others.
constexpr uint32_t kMostSharedBlocks = 128;
constexpr uint64_t kRingsPerSecond = 2;
constexpr uint32_t kSharedPart = 4;

long MapShared(long descriptor, uint64_t offset, uint64_t bytes) {
  return SystemCall(SYS_mmap, nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor,
                    offset);
}

// Compared instead of asked for by path: the program may close every descriptor that it does not
// know, and use the number for a file of its own.
bool Identify(long descriptor, uint64_t* device, uint64_t* inode) {
  struct stat status;
  if (Failed(SystemCall(SYS_fstat, descriptor, &status))) return false;
  *device = status.st_dev;
  *inode = status.st_ino;
  return true;
}

}  // namespace

bool WorkspaceFile::Create(const Path& pattern, const FileStart& start, Path* path,
                           Message* error) {
  long result = CreateOutputFile(pattern, path);
  if (!Failed(result)) {
    descriptor_ = result;
    Identify(descriptor_, &device_, &inode_);
    // The header comes first: from now on a death leaves a file that can be read.
    bool written = WriteHeader(start) && Allocate(0, kHeaderPage);
    result = written ? MapShared(descriptor_, 0, kHeaderPage) : -ENOSPC;
    if (!Failed(result)) {
      header_ = reinterpret_cast<FileHeader*>(result);
      LimitSlots(start.size_limit);
      pace_.Start(start.rate_limit);
      return true;
    }
    SystemCall(SYS_unlinkat, AT_FDCWD, path->c_str(), 0);
    Close();
  }
  *error << path->view() << ": " << ErrorText(result)
         << "; set OMNITRACE_OUT to a place that can be written; the program runs untraced";
  return false;
}

namespace {

FileHeader MakeHeader(const FileStart& start) {
  ClockPair now = ReadClockPair(start.clock);
  FileHeader header = {};
  CopyBytes(header.magic, kFileMagic, sizeof(kFileMagic));
  header.version = kFormatVersion;
  header.header_size = sizeof(FileHeader);
  header.block_size = kBlockSize;
  header.clock = start.clock;
  header.pid = ProcessId();
  header.start_unix_ns = MonotonicNanoseconds(CLOCK_REALTIME);
  header.start_mono_ns = now.nanoseconds;
  header.start_ticks = now.ticks;
  header.start_ticks_per_second = start.ticks_per_second;
  header.checksum = Checksum(&header, offsetof(FileHeader, checksum), 0);
  header.last_ticks = now.ticks;
  header.last_mono_ns = now.nanoseconds;
  header.slots = 1;
  return header;
}

}  // namespace

bool WorkspaceFile::WriteHeader(const FileStart& start) {
  FileHeader header = MakeHeader(start);
  return FitsFileLimit(sizeof(header)) && WriteAt(descriptor_, &header, sizeof(header), 0);
}

bool WorkspaceFile::Share(LiveFile* live, const FileStart& start) {
  descriptor_ = -1;
  live_ = live;
  if (!Allocate(0, kHeaderPage)) return false;
  header_ = reinterpret_cast<FileHeader*>(live->events());
  most_slots_ = kLiveSlots;
  ring_ticks_ = start.ticks_per_second / kRingsPerSecond;
  FileHeader header = MakeHeader(start);
  ZeroBytes(live->events(), sizeof(FileHeader));
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  CopyBytes(reinterpret_cast<char*>(header_) + sizeof(kFileMagic),
            reinterpret_cast<const char*>(&header) + sizeof(kFileMagic),
            sizeof(header) - sizeof(kFileMagic));
  __atomic_thread_fence(__ATOMIC_RELEASE);
  CopyBytes(header_->magic, kFileMagic, sizeof(kFileMagic));
  return true;
}

void WorkspaceFile::LimitSlots(uint64_t size_limit) {
  if (size_limit == 0) {
    size_limit = kDefaultSize;
    struct statfs disk;
    if (!Failed(SystemCall(SYS_fstatfs, descriptor_, &disk))) {
      uint64_t spare = static_cast<uint64_t>(disk.f_bavail) * static_cast<uint64_t>(disk.f_bsize);
      if (spare / 4 < size_limit) size_limit = spare / 4;
    }
  }
  uint64_t slots = size_limit / kBlockSize;
  if (slots < kLeastSlots) slots = kLeastSlots;
  most_slots_ = slots > UINT32_MAX ? UINT32_MAX : static_cast<uint32_t>(slots);
}

uint32_t WorkspaceFile::TakeSlotBefore(uint32_t end) {
  uint32_t slot = __atomic_load_n(&header_->slots, __ATOMIC_RELAXED);
  do {
    if (slot >= end) return 0;
  } while (!__atomic_compare_exchange_n(&header_->slots, &slot, slot + 1, true, __ATOMIC_RELAXED,
                                        __ATOMIC_RELAXED));
  return slot;
}

uint32_t WorkspaceFile::TakeSpareSlot() {
  uint32_t slot = TakeSlotBefore(most_slots_ - most_slots_ / 4);
  return slot != 0 && Allocate(uint64_t{slot} * kBlockSize, kBlockSize) ? slot : 0;
}

RingSize WorkspaceFile::ring_size() const {
  if (live_ == nullptr) return {kMostRingBlocks, UINT64_MAX};
  uint32_t taken = __atomic_load_n(&header_->slots, __ATOMIC_RELAXED);
  uint32_t part = taken < most_slots_ ? 1 + (most_slots_ - taken) / kSharedPart : 1;
  return {part < kMostSharedBlocks ? part : kMostSharedBlocks, ring_ticks_};
}

BlockHeader* WorkspaceFile::SlotAt(uint32_t slot) const {
  return reinterpret_cast<BlockHeader*>(live_->events() + uint64_t{slot} * kBlockSize);
}

BlockHeader* WorkspaceFile::MapWindow(uint32_t slot) {
  uint64_t offset = uint64_t{slot} * kBlockSize;
  if (!Allocate(offset, kBlockSize)) return nullptr;
  if (live_ != nullptr) return SlotAt(slot);
  long mapped = MapShared(descriptor_, offset, kBlockSize);
  return Failed(mapped) ? nullptr : reinterpret_cast<BlockHeader*>(mapped);
}

// As WriteBehindHole().
void WorkspaceFile::CopyBlock(const BlockHeader& block, uint32_t slot) {
  BlockHeader* copy = SlotAt(slot);
  __atomic_store_n(&copy->magic, 0, __ATOMIC_RELEASE);
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  CopyBytes(reinterpret_cast<char*>(copy + 1), reinterpret_cast<const char*>(&block + 1),
            LengthOf(block));
  BlockHeader header = block;
  header.magic = 0;
  header.flags &= static_cast<uint8_t>(~kBlockWindow);
  *copy = header;
  __atomic_store_n(&copy->magic, kBlockMagic, __ATOMIC_RELEASE);
}

bool WorkspaceFile::WriteBlock(const BlockHeader& block, uint32_t slot) {
  if (live_ != nullptr) {
    CopyBlock(block, slot);
    return true;
  }
  uint64_t offset = uint64_t{slot} * kBlockSize;
  // The kernel takes a whole slot as one piece of memory, and does so at twice the speed at which
  // it takes as many bytes that begin behind the header and end with the records: 4.6 instead of
  // 8.3 ns for a call of 13 bytes. A thread that wrote little is not to cost a slot's disk space.
  uint32_t length = LengthOf(block);
  if (length >= kBlockPayload / 2) length = kBlockPayload;
  if (!OwnsDescriptor() || !FitsFileLimit(offset + sizeof(block) + length)) return false;
  // The window's flag is the window's alone.
  BlockHeader header = block;
  header.flags &= static_cast<uint8_t>(~kBlockWindow);
  return WriteBehindHole(&block + 1, length, offset) &&
         WriteAt(descriptor_, &header, sizeof(header), offset);
}

Appended WorkspaceFile::AppendBlock(const BlockHeader& block) {
  if (block.kind == BlockKind::kCalls && pace_.IsLimited() &&
      !pace_.Allows(sizeof(block) + block.length, MonotonicNanoseconds(CLOCK_MONOTONIC))) {
    CountDrops(DropReason::kRate, block.calls);
    return Appended::kLeftOut;
  }
  uint32_t slot = TakeSlot();
  if (live_ != nullptr && !Allocate(uint64_t{slot} * kBlockSize, kBlockSize)) slot = 0;
  return slot != 0 && WriteBlock(block, slot) ? Appended::kYes : Appended::kNoSpace;
}

// A slot without its magic is a hole: until the block is whole, it stays or becomes one.
bool WorkspaceFile::WriteBehindHole(const void* data, uint64_t size, uint64_t offset) {
  static constexpr BlockHeader kHole = {};
  struct iovec parts[] = {{const_cast<BlockHeader*>(&kHole), sizeof(kHole)},
                          {const_cast<void*>(data), size}};
  long result;
  do {
    result = SystemCall(SYS_pwritev, descriptor_, parts, 2, offset, 0);
  } while (result == -EINTR);
  if (result < static_cast<long>(sizeof(kHole))) return false;
  uint64_t written = static_cast<uint64_t>(result);
  return WriteAt(descriptor_, static_cast<const char*>(data) + written - sizeof(kHole),
                 sizeof(kHole) + size - written, offset + written);
}

void WorkspaceFile::UpdateClock() {
  ClockPair now = ReadClockPair(header_->clock);
  header_->last_ticks = now.ticks;
  header_->last_mono_ns = now.nanoseconds;
}

void WorkspaceFile::CutBehind(uint32_t slot, uint32_t length) {
  if (slot + 1 != header_->slots || !OwnsDescriptor()) return;
  uint64_t end = uint64_t{slot} * kBlockSize + sizeof(BlockHeader) + length;
  SystemCall(SYS_ftruncate, descriptor_, end);
}

void WorkspaceFile::Sync() {
  if (OwnsDescriptor()) SystemCall(SYS_fdatasync, descriptor_);
}

// The mappings stay: other threads may still be writing to them. Slots that were taken, but that
// the disk had no room for, are none: readers of a file that ends before them would miss something.
void WorkspaceFile::Close() {
  struct stat status;
  bool known = OwnsDescriptor() && !Failed(SystemCall(SYS_fstat, descriptor_, &status));
  if (OwnsDescriptor()) SystemCall(SYS_close, descriptor_);
  descriptor_ = -1;
  if (!known || header_ == nullptr) return;
  uint64_t slots = (static_cast<uint64_t>(status.st_size) + kBlockSize - 1) / kBlockSize;
  if (slots < header_->slots) header_->slots = static_cast<uint32_t>(slots);
}

bool WorkspaceFile::Allocate(uint64_t offset, uint64_t bytes) {
  if (live_ != nullptr) {
    bool reserved = live_->Reserve(kLiveEvents + offset, bytes);
    if (!reserved) live_->CountShortage();
    return reserved;
  }
  if (!FitsFileLimit(offset + bytes) || !OwnsDescriptor()) return false;
  long result = SystemCall(SYS_fallocate, descriptor_, 0, offset, bytes);
  if (!Failed(result)) return true;
  if (result != -EOPNOTSUPP && result != -ENOSYS) return false;
  static constexpr char kZeros[4096] = {};
  for (uint64_t done = 0; done < bytes; done += sizeof(kZeros)) {
    if (!WriteAt(descriptor_, kZeros, sizeof(kZeros), offset + done)) return false;
  }
  return true;
}

// Writing beyond RLIMIT_FSIZE would send SIGXFSZ, which ends the program.
bool WorkspaceFile::FitsFileLimit(uint64_t end) const { return IsWithinLimit(RLIMIT_FSIZE, end); }

bool WorkspaceFile::OwnsDescriptor() {
  uint64_t device = 0, inode = 0;
  return descriptor_ > 0 && Identify(descriptor_, &device, &inode) && device == device_ &&
         inode == inode_;
}

}  // namespace omnitrace::recording
