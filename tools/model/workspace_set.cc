#include "tools/model/workspace_set.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::tools {
namespace {

namespace fs = std::filesystem;
using workspace::Reader;

bool IsWorkspace(const fs::path& path) {
  char magic[sizeof(kFileMagic)] = {};
  std::ifstream(path, std::ios::binary).read(magic, sizeof magic);
  return memcmp(magic, kFileMagic, sizeof magic) == 0;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindWorkspaces(const std::string& directory) {
  std::vector<std::pair<fs::file_time_type, std::string>> found;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (!entry->is_regular_file(ignored) || !IsWorkspace(entry->path())) continue;
    found.emplace_back(entry->last_write_time(ignored), entry->path().lexically_normal().string());
  }
  if (error) return absl::NotFoundError(absl::StrCat(directory, ": ", error.message()));
  if (found.empty()) {
    return absl::NotFoundError(
        absl::StrCat(directory,
                     ": no workspace here; run a program that omni-clang++ has built, "
                     "or name a file"));
  }
  std::sort(found.rbegin(), found.rend());
  std::vector<std::string> paths;
  for (auto& [time, path] : found) paths.push_back(std::move(path));
  return paths;
}

absl::StatusOr<std::vector<std::string>> ExpandPaths(absl::Span<const std::string> paths) {
  if (paths.empty()) {
    ASSIGN_OR_RETURN(std::vector<std::string> found, FindWorkspaces("."));
    found.resize(1);
    return found;
  }
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      ASSIGN_OR_RETURN(std::vector<std::string> found, FindWorkspaces(path));
      files.insert(files.end(), found.begin(), found.end());
    } else {
      files.push_back(path);
    }
  }
  return files;
}

absl::StatusOr<WorkspaceSet> WorkspaceSet::Open(absl::Span<const std::string> paths) {
  ASSIGN_OR_RETURN(std::vector<std::string> files, ExpandPaths(paths));
  std::vector<std::unique_ptr<Reader>> readers;
  std::vector<absl::Status> unopened;
  for (const std::string& file : files) {
    absl::StatusOr<std::unique_ptr<Reader>> reader = Reader::Open(file);
    if (reader.ok()) {
      readers.push_back(*std::move(reader));
    } else {
      unopened.push_back(reader.status());
    }
  }
  if (readers.empty()) return unopened.front();
  ASSIGN_OR_RETURN(WorkspaceSet set, FromReaders(std::move(readers)));
  set.unopened_ = std::move(unopened);
  return set;
}

absl::StatusOr<WorkspaceSet> WorkspaceSet::FromReaders(
    std::vector<std::unique_ptr<Reader>> readers) {
  if (readers.empty()) return absl::InvalidArgumentError("no workspace given");
  std::stable_sort(readers.begin(), readers.end(), [](const auto& a, const auto& b) {
    return a->info().start_unix_ns < b->info().start_unix_ns;
  });
  WorkspaceSet set;
  uint64_t earliest = readers.front()->info().start_unix_ns;
  for (std::unique_ptr<Reader>& reader : readers) {
    uint64_t start = reader->info().start_unix_ns - earliest;
    auto names = std::make_unique<FunctionNames>(*reader);
    set.files_.push_back({std::move(reader), std::move(names), start});
  }
  return set;
}

uint64_t WorkspaceSet::bytes() const {
  uint64_t sum = 0;
  for (const WorkspaceFile& file : files_) sum += file.reader->info().bytes;
  return sum;
}

absl::Status WorkspaceSet::damage() const {
  std::vector<absl::Status> all = unopened_;
  for (const WorkspaceFile& file : files_) {
    const std::vector<absl::Status>& damage = file.reader->damage();
    all.insert(all.end(), damage.begin(), damage.end());
  }
  if (all.empty()) return absl::OkStatus();
  if (all.size() == 1) return all.front();
  return absl::Status(all.front().code(), absl::StrCat(all.front().message(), " (and ",
                                                       all.size() - 1, " more like this)"));
}

}  // namespace omnitrace::tools
