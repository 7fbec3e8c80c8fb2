#include "tools/live/live_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "runtime/workspace/live_folder.h"
#include "tools/live/process_facts.h"

namespace omnitrace::tools {
namespace {

struct Identity {
  uint64_t pid;
  uint64_t start_time;
};

// PID-STARTTIME
bool ParseName(absl::string_view name, Identity* identity) {
  std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(name, absl::MaxSplits('-', 1));
  return absl::SimpleAtoi(parts.first, &identity->pid) &&
         absl::SimpleAtoi(parts.second, &identity->start_time) &&
         absl::StrCat(identity->pid, "-", identity->start_time) == name;
}

class Folder {
 public:
  Folder(std::string path, std::vector<absl::Status>* problems)
      : path_(std::move(path)), problems_(*problems) {
    int descriptor = open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor >= 0) folder_ = fdopendir(descriptor);
    if (folder_ == nullptr && errno != ENOENT) {
      problems_.push_back(absl::ErrnoToStatus(errno, absl::StrCat(path_, ": cannot be read")));
    }
  }
  ~Folder() {
    if (folder_ != nullptr) closedir(folder_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void Find(absl::FunctionRef<bool(uint64_t pid)> is_wanted, std::vector<LiveProcess>* found) {
    if (folder_ == nullptr || !IsPrivate()) return;
    while (const dirent* entry = readdir(folder_)) {
      Identity identity;
      if (!ParseName(entry->d_name, &identity)) continue;
      std::optional<LiveProcess> process = Take(entry->d_name, identity, is_wanted(identity.pid));
      if (process) found->push_back(*std::move(process));
    }
  }

 private:
  // As processes check before they put anything there.
  bool IsPrivate() {
    struct stat status;
    bool is_private = fstat(dirfd(folder_), &status) == 0 && status.st_uid == geteuid() &&
                      (status.st_mode & 077) == 0;
    if (!is_private) {
      problems_.push_back(absl::PermissionDeniedError(absl::StrCat(
          path_, ": not a folder of yours alone, so nothing in it is believed; remove it")));
    }
    return is_private;
  }

  std::optional<LiveProcess> Take(const std::string& name, const Identity& identity,
                                  bool is_wanted) {
    struct stat status;
    if (fstatat(dirfd(folder_), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return {};
    std::string path = absl::StrCat(path_, "/", name);
    // A process makes the file before it maps and fills it.
    constexpr int64_t kSecondsToFill = 2;
    bool is_new = time(nullptr) - status.st_ctime < kSecondsToFill;
    bool lives = StartTimeOf(identity.pid) == identity.start_time;
    // exec keeps id and start, and leaves the file behind.
    if (!lives || (!is_new && !HasMapped(identity.pid, status, path).value_or(true))) {
      unlinkat(dirfd(folder_), name.c_str(), 0);
      return {};
    }
    if (!is_wanted) return {};
    absl::StatusOr<std::unique_ptr<LiveFile>> file = LiveFile::Open(dirfd(folder_), name, path);
    if (file.ok()) return LiveProcess{identity.pid, *std::move(file)};
    if (!is_new) problems_.push_back(file.status());
    return {};
  }

  const std::string path_;
  std::vector<absl::Status>& problems_;
  DIR* folder_ = nullptr;
};

}  // namespace

std::vector<LiveProcess> FindLiveProcesses(absl::FunctionRef<bool(uint64_t pid)> is_wanted,
                                           std::vector<absl::Status>* problems) {
  std::vector<LiveProcess> found;
  for (const LiveFolderRule& rule : kLiveFolders)
    Folder(absl::StrCat(rule.base, geteuid(), rule.name), problems).Find(is_wanted, &found);
  std::sort(found.begin(), found.end(),
            [](const LiveProcess& a, const LiveProcess& b) { return a.pid < b.pid; });
  return found;
}

}  // namespace omnitrace::tools
