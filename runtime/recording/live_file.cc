#include "runtime/recording/live_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "runtime/recording/clock.h"
#include "runtime/recording/copy.h"
#include "runtime/recording/live_folder.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/output_path.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/start_time.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

constexpr uint64_t kDirectoryStep = 16 << 10;

uint64_t RoundUp(uint64_t bytes, uint64_t to) { return (bytes + to - 1) / to * to; }

// Growing a file beyond its limit would send SIGXFSZ, which ends the program; and of few addresses
// the program needs all.
bool HasRoom() {
  constexpr uint64_t kManyAddresses = 16 * kLiveBytes;
  return IsWithinLimit(RLIMIT_FSIZE, kLiveBytes) && IsWithinLimit(RLIMIT_AS, kManyAddresses);
}

void CopyText(char* to, size_t capacity, std::string_view text) {
  size_t size = text.size() < capacity ? text.size() : capacity - 1;
  CopyBytes(to, text.data(), size);
  to[size] = '\0';
}

// Writing to a page of the mapping that the disk has no room for would be a SIGBUS.
bool Allocate(long descriptor, uint64_t offset, uint64_t bytes) {
  return bytes == 0 || !Failed(SystemCall(SYS_fallocate, descriptor, 0, offset, bytes));
}

}  // namespace

void LiveFile::Create() {
  // A program with other rights than its user's is nobody's to look into.
  if (is_open() || getauxval(AT_SECURE) != 0 || !HasRoom()) return;
  long descriptor = MakeFile();
  if (Failed(descriptor)) return;
  if (Allocate(descriptor, 0, kLivePage) && Map(descriptor)) Fill();
  SystemCall(SYS_close, descriptor);
  if (!is_open()) SystemCall(SYS_unlinkat, AT_FDCWD, path_.c_str(), 0);
}

long LiveFile::MakeFile() {
  pid_ = ProcessId();
  start_time_ = StartTimeOf(pid_);
  long descriptor = CreateLiveFile(pid_, start_time_, &path_);
  if (Failed(descriptor)) return descriptor;
  struct stat status;
  long result = SystemCall(SYS_ftruncate, descriptor, kLiveBytes);
  if (!Failed(result)) result = SystemCall(SYS_fstat, descriptor, &status);
  if (!Failed(result)) {
    device_ = status.st_dev;
    inode_ = status.st_ino;
    return descriptor;
  }
  SystemCall(SYS_close, descriptor);
  SystemCall(SYS_unlinkat, AT_FDCWD, path_.c_str(), 0);
  return result;
}

// In the place of what was there before, so that what points into it holds.
bool LiveFile::Map(long descriptor) {
  int flags = MAP_SHARED | (is_open() ? MAP_FIXED : 0);
  long mapped =
      SystemCall(SYS_mmap, base_, kLiveBytes, PROT_READ | PROT_WRITE, flags, descriptor, 0);
  if (Failed(mapped)) return false;
  base_ = reinterpret_cast<char*>(mapped);
  SystemCall(SYS_madvise, base_, kLiveBytes, MADV_DONTDUMP);
  return true;
}

void LiveFile::Fill() {
  LiveHeader* live = header();
  live->version = kLiveVersion;
  live->header_size = sizeof(LiveHeader);
  live->pid = pid_;
  live->start_time = start_time_;
  live->start_unix_ns = MonotonicNanoseconds(CLOCK_REALTIME);
  Path program;
  ReadProgramPath(&program);
  CopyText(live->program, sizeof(live->program), program.view());
  __atomic_thread_fence(__ATOMIC_RELEASE);
  CopyBytes(live->magic, kLiveMagic, sizeof(kLiveMagic));
}

// No descriptor is kept: programs close those that they don't know. What lies there by now may be
// another file.
long LiveFile::OpenAgain() const {
  constexpr int kFlags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;
  long descriptor = SystemCall(SYS_openat, AT_FDCWD, path_.c_str(), kFlags);
  struct stat status;
  if (Failed(descriptor)) return descriptor;
  bool same = !Failed(SystemCall(SYS_fstat, descriptor, &status)) && status.st_dev == device_ &&
              status.st_ino == inode_ && status.st_size == static_cast<off_t>(kLiveBytes);
  if (same) return descriptor;
  SystemCall(SYS_close, descriptor);
  return -ESTALE;
}

bool LiveFile::Reserve(uint64_t offset, uint64_t bytes) {
  if (!is_open()) return false;
  long descriptor = OpenAgain();
  if (Failed(descriptor)) return false;
  bool allocated = Allocate(descriptor, offset, bytes);
  SystemCall(SYS_close, descriptor);
  return allocated;
}

bool LiveFile::ReserveRecord() {
  if (!is_open()) return false;
  uint64_t needed = directory_bytes_ + kMostRecord;
  if (needed <= directory_room_) return true;
  uint64_t room = RoundUp(needed, kDirectoryStep);
  if (kLiveDirectory + room > kLiveSwitches || !Reserve(kLiveDirectory, room)) return false;
  directory_room_ = room;
  return true;
}

bool LiveFile::Finish(LiveRecord kind, const char* end) {
  char* record = directory_end();
  PutPaddedVarint(record, kFieldBytes, static_cast<uint64_t>(kind));
  PutPaddedVarint(record + kFieldBytes, kFieldBytes, static_cast<uint64_t>(end - record) - kFront);
  directory_bytes_ = static_cast<uint64_t>(end - (base_ + kLiveDirectory));
  __atomic_store_n(&header()->directory_bytes, directory_bytes_, __ATOMIC_RELEASE);
  return true;
}

uint8_t* LiveFile::TakeSwitches(uint64_t bytes, bool pages) {
  if (!is_open()) return nullptr;
  uint64_t first = switch_bytes_, behind = first + bytes;
  if (pages) {
    first = RoundUp(first, kLivePage);
    behind = first + RoundUp(bytes, kLivePage);
  }
  if (behind > kLiveSwitchBytes) return nullptr;
  // What is left of a page that is in use is there.
  bool is_there = first % kLivePage != 0 && (behind - 1) / kLivePage == first / kLivePage;
  if (!is_there && !Reserve(kLiveSwitches + first, behind - first)) return nullptr;
  switch_bytes_ = behind;
  header()->switch_bytes = static_cast<uint32_t>(behind);
  return switches() + first;
}

uint64_t* LiveFile::HitsOf(const uint8_t* a_switch) {
  if (!Holds(a_switch) || NumberOf(a_switch) >= kLiveHitNumbers) return nullptr;
  uint64_t offset = NumberOf(a_switch) * sizeof(uint64_t);
  uint64_t page = offset / kLivePage;
  auto bit = static_cast<uint8_t>(1u << page % 8);
  if ((hit_pages_[page / 8] & bit) == 0) {
    if (!Reserve(kLiveHits + page * kLivePage, kLivePage)) return nullptr;
    hit_pages_[page / 8] |= bit;
  }
  return reinterpret_cast<uint64_t*>(base_ + kLiveHits + offset);
}

bool LiveFile::MapSwitches(const uint8_t* shared, void* place, uint64_t bytes) {
  long descriptor = OpenAgain();
  if (Failed(descriptor)) return false;
  long mapped = SystemCall(SYS_mmap, place, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
                           descriptor, kLiveSwitches + NumberOf(shared));
  SystemCall(SYS_close, descriptor);
  return !Failed(mapped);
}

void LiveFile::SetState(LiveState state) {
  auto number = static_cast<uint32_t>(state);
  if (is_open()) __atomic_store_n(&header()->state, number, __ATOMIC_RELEASE);
}

void LiveFile::SetRecording(std::string_view path) {
  if (is_open()) CopyText(header()->recording, sizeof(header()->recording), path);
}

void LiveFile::SetTitle(std::string_view title) {
  if (is_open()) CopyText(header()->title, sizeof(header()->title), title);
}

void LiveFile::ClearSwitches(uint8_t bits) {
  for (uint64_t i = 0; i < switch_bytes_; ++i) {
    uint8_t* a_switch = switches() + i;
    // Looked at first: most have none of them, and a page that isn't written to isn't copied.
    if ((__atomic_load_n(a_switch, __ATOMIC_RELAXED) & bits) == 0) continue;
    __atomic_fetch_and(a_switch, static_cast<uint8_t>(~bits), __ATOMIC_RELAXED);
  }
}

// The used parts of the parent's file, as this process sees them.
bool LiveFile::Copy(long descriptor) const {
  return Allocate(descriptor, kLiveDirectory, directory_room_) &&
         Allocate(descriptor, kLiveSwitches, switch_bytes_) &&
         WriteAt(descriptor, base_ + kLiveDirectory, directory_bytes_, kLiveDirectory) &&
         WriteAt(descriptor, base_ + kLiveSwitches, switch_bytes_, kLiveSwitches);
}

bool LiveFile::TakeOver(long descriptor) {
  for (uint8_t& pages : hit_pages_) pages = 0;
  LiveHeader mine = *header();
  mine.pid = pid_;
  mine.start_time = start_time_;
  mine.start_unix_ns = MonotonicNanoseconds(CLOCK_REALTIME);
  mine.state = static_cast<uint32_t>(LiveState::kStandby);
  mine.recording[0] = '\0';
  mine.directory_bytes = directory_bytes_;
  mine.switch_bytes = static_cast<uint32_t>(switch_bytes_);
  for (LiveObserver& observer : mine.observers) observer = {};
  // The header comes last: before it, this is nobody's file.
  return Allocate(descriptor, 0, kLivePage) && Copy(descriptor) &&
         WriteAt(descriptor, &mine, sizeof(mine), 0) && Map(descriptor);
}

void LiveFile::Renew() {
  if (!is_open() || pid_ == ProcessId()) return;
  long descriptor = MakeFile();
  bool renewed = !Failed(descriptor) && TakeOver(descriptor);
  if (!Failed(descriptor)) SystemCall(SYS_close, descriptor);
  // Nobody watches this process yet.
  if (renewed) return ClearSwitches(kLiveObserverBits);
  if (!Failed(descriptor)) SystemCall(SYS_unlinkat, AT_FDCWD, path_.c_str(), 0);
  // Else the parent's tools would turn this process's functions on, too.
  MakePrivate(base_ + kLiveSwitches, RoundUp(switch_bytes_, kLivePage));
  ClearSwitches(kLiveObserverBits);
  base_ = nullptr;
}

void LiveFile::Remove() {
  if (is_open() && pid_ == ProcessId()) SystemCall(SYS_unlinkat, AT_FDCWD, path_.c_str(), 0);
}

LiveFile* GetLiveFile() {
  // Inherited by forked children, as the mapping is.
  OMNITRACE_CONSTINIT static LiveFile live;
  return &live;
}

}  // namespace omnitrace::recording
