#include "tools/live/process_facts.h"

#include <sys/sysmacros.h>

#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace omnitrace::tools {
namespace {

constexpr size_t kStartTimeField = 22;  // of /proc/PID/stat, from 1
constexpr size_t kFirstField = 3;       // of StatOf()

std::string PathOf(uint64_t pid, absl::string_view file) {
  return absl::StrCat("/proc/", pid, "/", file);
}

}  // namespace

std::vector<std::string> StatOf(const std::string& folder) {
  std::ifstream file(absl::StrCat(folder, "/stat"));
  std::stringstream text;
  text << file.rdbuf();
  std::string stat = text.str();
  size_t name_end = stat.rfind(") ");
  if (name_end == std::string::npos) return {};
  return absl::StrSplit(absl::string_view(stat).substr(name_end + 2), ' ');
}

std::optional<uint64_t> StartTimeOf(uint64_t pid) {
  constexpr size_t kIndex = kStartTimeField - kFirstField;
  std::vector<std::string> stat = StatOf(absl::StrCat("/proc/", pid));
  if (stat.size() <= kIndex || stat[0] == "Z" || stat[0] == "X") return std::nullopt;
  uint64_t time = 0;
  return absl::SimpleAtoi(stat[kIndex], &time) ? std::make_optional(time) : std::nullopt;
}

std::string NameOf(uint64_t pid) {
  std::ifstream file(PathOf(pid, "comm"));
  std::string name;
  std::getline(file, name);
  return name;
}

std::optional<uid_t> OwnerOf(uint64_t pid) {
  struct stat status;
  if (stat(PathOf(pid, "").c_str(), &status) != 0) return std::nullopt;
  return status.st_uid;
}

// A line is "low-high rwxp offset major:minor inode path". Some file systems have another device
// there than stat() says, and in another root directory the path is another one. One that has been
// removed is marked.
std::optional<bool> HasMapped(uint64_t pid, const struct stat& file, const std::string& path) {
  std::ifstream maps(PathOf(pid, "maps"));
  std::string line;
  std::string end = absl::StrCat(" ", path, file.st_nlink == 0 ? " (deleted)" : "");
  if (!std::getline(maps, line)) return std::nullopt;
  do {
    std::istringstream fields(line);
    std::string range, rights, offset, device;
    uint64_t inode = 0;
    fields >> range >> rights >> offset >> device >> inode;
    char expected[32];
    snprintf(expected, sizeof(expected), "%02x:%02x", major(file.st_dev), minor(file.st_dev));
    if (absl::EndsWith(line, end) || (inode == file.st_ino && device == expected)) return true;
  } while (std::getline(maps, line));
  return false;
}

}  // namespace omnitrace::tools
