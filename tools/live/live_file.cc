#include "tools/live/live_file.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/slot_table.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::tools {
namespace {

absl::Status SystemError(absl::string_view path, absl::string_view what) {
  return absl::ErrnoToStatus(errno, absl::StrCat(path, ": ", what));
}

}  // namespace

absl::StatusOr<std::unique_ptr<LiveFile>> LiveFile::Open(int folder, const std::string& name,
                                                         std::string path) {
  int descriptor = openat(folder, name.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return SystemError(path, "cannot be opened");
  std::unique_ptr<LiveFile> file(new LiveFile(descriptor, std::move(path)));
  struct stat status;
  if (fstat(descriptor, &status) != 0) return SystemError(file->path(), "cannot be looked at");
  if (!S_ISREG(status.st_mode) || status.st_uid != geteuid())
    return absl::InvalidArgumentError(absl::StrCat(file->path(), ": not a file of yours"));
  RETURN_IF_ERROR(file->ReadHeader().status());
  return file;
}

LiveFile::~LiveFile() { close(descriptor_); }

absl::Status LiveFile::ReadAt(uint64_t offset, void* data, size_t size) const {
  char* to = static_cast<char*>(data);
  for (size_t done = 0; done < size;) {
    ssize_t got = pread(descriptor_, to + done, size - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return SystemError(path_, "cannot be read");
    if (got == 0) {
      return absl::DataLossError(absl::StrCat(path_, ": offset ", offset + done,
                                              ": the file ends here, expected ", kLiveBytes,
                                              " bytes; somebody has cut it"));
    }
    done += static_cast<size_t>(got);
  }
  return absl::OkStatus();
}

absl::Status LiveFile::WriteAt(uint64_t offset, const void* data, size_t size) const {
  ssize_t written = pwrite(descriptor_, data, size, static_cast<off_t>(offset));
  if (written == static_cast<ssize_t>(size)) return absl::OkStatus();
  return SystemError(path_, "cannot be written");
}

absl::StatusOr<LiveHeader> LiveFile::ReadHeader() const {
  LiveHeader header;
  RETURN_IF_ERROR(ReadAt(0, &header, sizeof(header)));
  auto problem = [&](auto... what) {
    return absl::InvalidArgumentError(absl::StrCat(path_, ": ", what...));
  };
  if (memcmp(header.magic, kLiveMagic, sizeof(kLiveMagic)) != 0)
    return problem("not the live file of a traced process");
  if (header.version != kLiveVersion) {
    return problem("live file of version ", header.version, ", expected ", kLiveVersion,
                   "; use the omnitrace that the program was built with");
  }
  if (header.directory_bytes > kLiveSwitches - kLiveDirectory)
    return problem("directory of ", header.directory_bytes, " bytes");
  if (header.switch_bytes > kLiveSwitchBytes)
    return problem("switches of ", header.switch_bytes, " bytes");
  return header;
}

absl::StatusOr<std::shared_ptr<const LiveDirectory>> LiveFile::ReadDirectory() const {
  ASSIGN_OR_RETURN(LiveHeader header, ReadHeader());
  if (directory_ != nullptr && header.directory_bytes == directory_bytes_) return directory_;
  std::string bytes(header.directory_bytes, '\0');
  RETURN_IF_ERROR(ReadAt(kLiveDirectory, bytes.data(), bytes.size()));
  absl::StatusOr<LiveDirectory> directory = ParseLiveDirectory(bytes);
  if (!directory.ok()) {
    return absl::DataLossError(absl::StrCat(path_, ": ", directory.status().message()));
  }
  directory_bytes_ = bytes.size();
  return directory_ = std::make_shared<LiveDirectory>(*std::move(directory));
}

absl::StatusOr<std::vector<uint8_t>> LiveFile::ReadSwitches() const {
  ASSIGN_OR_RETURN(LiveHeader header, ReadHeader());
  std::vector<uint8_t> switches(header.switch_bytes);
  RETURN_IF_ERROR(ReadAt(kLiveSwitches, switches.data(), switches.size()));
  return switches;
}

absl::StatusOr<std::vector<uint64_t>> LiveFile::ReadHits() const {
  ASSIGN_OR_RETURN(LiveHeader header, ReadHeader());
  std::vector<uint64_t> hits(std::min<uint64_t>(header.switch_bytes, kLiveHitNumbers));
  RETURN_IF_ERROR(ReadAt(kLiveHits, hits.data(), hits.size() * sizeof(uint64_t)));
  return hits;
}

absl::Status LiveFile::WriteSwitches(uint64_t place, absl::Span<const uint8_t> bits) const {
  return WriteAt(kLiveSwitches + place, bits.data(), bits.size());
}

absl::Status LiveFile::WriteObserver(uint32_t place, const LiveObserver& observer) const {
  uint64_t offset = offsetof(LiveHeader, observers) + place * sizeof(observer);
  return WriteAt(offset, &observer, sizeof(observer));
}

absl::Status LiveFile::WriteRules(uint32_t place, const LiveObserver& observer,
                                  absl::string_view rules) const {
  LiveRulesHeader header = {observer, static_cast<uint32_t>(rules.size()), 0};
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  absl::StrAppend(&bytes, rules);
  return WriteAt(kLiveRules + place * kLiveRuleBytes, bytes.data(), bytes.size());
}

absl::StatusOr<std::unique_ptr<workspace::ByteSource>> LiveFile::OpenEvents() const {
  int descriptor = fcntl(descriptor_, F_DUPFD_CLOEXEC, 0);
  if (descriptor < 0) return SystemError(path_, "cannot be read");
  return workspace::PartOfFile(descriptor, kLiveEvents, kLiveSlots * kLiveSlotBytes,
                               absl::StrCat(path_, " behind ", kLiveEvents));
}

// On a disk the kernel gives the memory to others when it is needed, and would first write what is
// to be given back: 0.1 s for 8 MiB.
void LiveFile::ReleaseEvents() const {
  struct statfs system;
  if (fstatfs(descriptor_, &system) != 0 || system.f_type != TMPFS_MAGIC) return;
  absl::StatusOr<std::unique_ptr<workspace::ByteSource>> events = OpenEvents();
  if (!events.ok()) return;
  // By thread the blocks in order: over the first one the next is written.
  std::map<uint32_t, std::map<uint64_t, uint32_t>> rings;
  workspace::SlotTable slots;
  slots.Refresh(**events, kLiveSlots, true,
                [&](uint32_t slot, const BlockHeader&, const BlockHeader& now) {
                  bool in_ring = now.thread != 0 && (now.flags & kBlockWindow) == 0;
                  if (now.magic != 0 && in_ring) rings[now.thread].emplace(now.sequence, slot);
                });
  for (const auto& [thread, ring] : rings) {
    for (auto block = std::next(ring.begin()); block != ring.end(); ++block) {
      off_t offset = static_cast<off_t>(kLiveEvents + block->second * kLiveSlotBytes);
      fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset, kLiveSlotBytes);
    }
  }
}

absl::Status LiveFile::AddChange() const {
  ASSIGN_OR_RETURN(LiveHeader header, ReadHeader());
  uint32_t changes = header.changes + 1;
  return WriteAt(offsetof(LiveHeader, changes), &changes, sizeof(changes));
}

}  // namespace omnitrace::tools
