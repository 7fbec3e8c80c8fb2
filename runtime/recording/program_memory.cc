#include "runtime/recording/program_memory.h"

#include <errno.h>
#include <sys/uio.h>

#include "runtime/recording/stable_memory.h"
#include "runtime/recording/system_calls.h"

// Of the C library, from glibc 2.32 on.
extern "C" __attribute__((weak)) char __libc_single_threaded;

namespace omnitrace::recording {
namespace {

constexpr uint64_t kPage = 4096;
constexpr size_t kMostPages = 9;

// Asks by a call that reads eight bytes there and then refuses them.
bool HasMemory(uint64_t address) {
  constexpr int kNoSuchAction = -1;
  return SystemCall(SYS_rt_sigprocmask, kNoSuchAction, address, nullptr, 8) != -EFAULT;
}

}  // namespace

// A transfer stops at the first part that cannot be read as a whole, hence one part for each page.
size_t ProgramMemory::ReadUntrusted(uint64_t address, char* out, size_t size) const {
  if (!IsPlausible(address)) return 0;
  iovec remote[kMostPages];
  size_t parts = 0, planned = 0;
  while (planned < size && parts < kMostPages) {
    uint64_t from = address + planned;
    size_t part = kPage - from % kPage;
    if (part > size - planned) part = size - planned;
    remote[parts++] = {reinterpret_cast<void*>(from), part};
    planned += part;
  }
  iovec local = {out, planned};
  auto read = [&](uint64_t whose) {
    return SystemCall(SYS_process_vm_readv, whose, &local, 1, remote, parts, 0);
  };
  long result = read(thread_);
  // A process that shares the memory of the one that began the log, which is gone.
  if (result == -ESRCH) result = read(ProcessId());
  return Failed(result) ? 0 : static_cast<size_t>(result);
}

bool IsSingleThreaded() { return &__libc_single_threaded != nullptr && __libc_single_threaded; }

bool ProgramMemory::IsReadable(uint64_t address, uint32_t size) {
  if (size == 0) return true;
  uint64_t page = address / kPage, last = (address + size - 1) / kPage;
  if (page == last && known_pages_[page % kKnownPages] == page) return true;
  bool stable = IsStable(address, size);
  for (; page <= last; ++page) {
    if (!stable && !IsPageReadable(page)) return false;
    known_pages_[page % kKnownPages] = page;
  }
  return true;
}

bool ProgramMemory::IsPageReadable(uint64_t page) {
  if (known_pages_[page % kKnownPages] == page) return true;
  return probes_++ < kMostProbes && HasMemory(page * kPage);
}

Piece ProgramMemory::Get(uint64_t address, uint32_t size, Trust trust) {
  Piece piece = {nullptr, address, size, trust != Trust::kNone};
  if (!IsPlausible(address)) return piece;
  if (trust == Trust::kGiven || (trust == Trust::kOwned && IsReadable(address, size))) {
    piece.bytes = reinterpret_cast<const char*>(address);
    return piece;
  }
  piece.trusted = false;
  size_t room = static_cast<size_t>(end_ - next_);
  // An object larger than the room is copied in part; Part() fetches what is missing.
  piece.size = size < room / 2 ? size : static_cast<uint32_t>(room / 2);
  if (exhausted() || (piece.size == 0 && size != 0)) return piece;
  ++reads_;
  if (ReadUntrusted(address, next_, piece.size) != piece.size) return piece;
  piece.bytes = next_;
  next_ += piece.size;
  return piece;
}

Piece ProgramMemory::PartOfCopy(const Piece& whole, int64_t offset, uint32_t size) {
  Piece part = {nullptr, whole.address + static_cast<uint64_t>(offset), size, false};
  if (whole.bytes == nullptr) return part;
  if (offset < 0 || static_cast<uint64_t>(offset) + size > whole.size) {
    return Get(part.address, size, Trust::kNone);
  }
  part.bytes = whole.bytes + offset;
  part.size = whole.size - static_cast<uint32_t>(offset);
  return part;
}

Piece ProgramMemory::Follow(const Piece& from, uint64_t address, uint32_t size, Trust trust) {
  bool inside = from.bytes != nullptr && address >= from.address &&
                address - from.address <= from.size && size <= from.size - (address - from.address);
  if (inside) return Part(from, static_cast<int64_t>(address - from.address), size);
  return Get(address, size, trust);
}

}  // namespace omnitrace::recording
