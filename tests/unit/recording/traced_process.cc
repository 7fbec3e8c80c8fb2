#include "tests/unit/recording/traced_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gtest/gtest.h"
#include "tests/unit/workspace/transcript.h"

namespace omnitrace::testing {
namespace {

// "1 @17 enter ..." without the time.
std::string WithoutTime(const std::string& line) {
  size_t at = line.find('@');
  return line.substr(0, at) + line.substr(line.find(' ', at) + 1);
}

}  // namespace

TracedProcess::TracedProcess() {
  std::string pattern = std::filesystem::temp_directory_path() / "recording_test.XXXXXX";
  directory_ = mkdtemp(pattern.data());
}

TracedProcess::~TracedProcess() {
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

TracedProcess& TracedProcess::Set(const std::string& variable, const std::string& value) {
  environment_[variable] = value;
  return *this;
}

int TracedProcess::Run(const std::function<void()>& body) {
  pid_ = fork();
  if (pid_ == 0) {
    if (chdir(directory_.c_str()) != 0) _exit(99);
    int error = open("stderr", O_WRONLY | O_CREAT | O_APPEND, 0600);
    dup2(error, 2);
    close(error);
    for (const auto& [variable, value] : environment_) setenv(variable.c_str(), value.c_str(), 1);
    body();
    exit(0);
  }
  int status = 0;
  waitpid(pid_, &status, 0);
  return status;
}

std::string TracedProcess::error_output() const {
  std::ifstream in(directory_ + "/stderr");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

std::vector<std::string> TracedProcess::workspaces() const {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_)) {
    if (entry.is_regular_file() && entry.path().filename() != "stderr") {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::unique_ptr<workspace::Reader> TracedProcess::Open(const std::string& path) const {
  auto reader = workspace::Reader::Open(path);
  if (!reader.ok()) {
    ADD_FAILURE() << reader.status();
    return nullptr;
  }
  for (const absl::Status& damage : (*reader)->damage()) ADD_FAILURE() << damage;
  return *std::move(reader);
}

std::unique_ptr<workspace::Reader> TracedProcess::Open() const {
  std::vector<std::string> found = workspaces();
  if (found.size() != 1) {
    ADD_FAILURE() << found.size() << " workspaces; " << error_output();
    return nullptr;
  }
  return Open(found.front());
}

std::vector<std::string> TracedProcess::events(const std::string& path) const {
  std::unique_ptr<workspace::Reader> reader = Open(path);
  if (reader == nullptr) return {};
  workspace::Transcript transcript = workspace::ReadAll(*reader);
  EXPECT_FALSE(transcript.damaged) << path;
  std::vector<std::string> lines;
  for (const std::string& line : transcript.lines) lines.push_back(WithoutTime(line));
  return lines;
}

std::vector<std::string> TracedProcess::events() const {
  std::vector<std::string> found = workspaces();
  if (found.size() == 1) return events(found.front());
  ADD_FAILURE() << found.size() << " workspaces; " << error_output();
  return {};
}

uint64_t TracedProcess::recorded_calls() const {
  auto is_entry = [](const std::string& event) { return event.find(" enter ") != event.npos; };
  std::vector<std::string> all = events();
  return static_cast<uint64_t>(std::count_if(all.begin(), all.end(), is_entry));
}

uint64_t Dropped(const workspace::Reader& reader, DropReason reason) {
  for (const workspace::Drop& drop : reader.info().drops) {
    if (drop.reason == reason) return drop.calls;
  }
  return 0;
}

}  // namespace omnitrace::testing
