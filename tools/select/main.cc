// omnitrace-select: what `omnitrace select` becomes. A program of its own, because it is linked with
// Clang, which the other commands must not depend on.
#include <stdio.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/select/report.h"
#include "tools/select/unit.h"
#include "tools/select/usage.h"
#include "tools/support/own_program.h"
#include "tools/support/progress.h"
#include "tools/support/sink.h"

namespace omnitrace::tools {
namespace {

using clang::tooling::CompilationDatabase;

constexpr char kName[] = "omnitrace select";

absl::StatusOr<std::unique_ptr<CompilationDatabase>> LoadCommands(const std::string& folder) {
  std::string error;
  auto commands = CompilationDatabase::loadFromDirectory(folder, error);
  if (commands != nullptr) return commands;
  return absl::NotFoundError(absl::StrCat(
      folder, ": no compile_commands.json that can be read; CMake writes one with "
      "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON, Meson always, `bear -- make` for others (", error, ")"));
}

// All files of the database, or those of them that the user named.
absl::StatusOr<std::vector<std::string>> ChooseFiles(const CompilationDatabase& commands,
                                                     std::vector<std::string> named) {
  std::vector<std::string> all = commands.getAllFiles();
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  if (named.empty()) return all;
  for (std::string& file : named) {
    file = std::filesystem::absolute(file).lexically_normal();
    if (std::binary_search(all.begin(), all.end(), file)) continue;
    return absl::NotFoundError(absl::StrCat(file, " is not in compile_commands.json"));
  }
  return named;
}

// Parses files on several threads and puts the results together.
class Parser {
 public:
  Parser(const CompilationDatabase& commands, const std::vector<std::string>& files,
         std::string include_dir, const Options& options)
      : commands_(commands), files_(files), include_dir_(std::move(include_dir)), options_(options),
        progress_("parsing", files.size()) {}

  void Run(size_t jobs) {
    std::vector<std::thread> threads;
    for (size_t i = 0; i < std::min(jobs, files_.size()); ++i) {
      threads.emplace_back([this] { Work(); });
    }
    for (std::thread& thread : threads) thread.join();
  }

  const Report& report() const { return report_; }
  const std::vector<std::string>& failed() const { return failed_; }

 private:
  void Work() {
    for (size_t i = next_++; i < files_.size(); i = next_++) {
      Unit unit = ParseUnit(commands_, files_[i], include_dir_, options_);
      std::lock_guard<std::mutex> lock(mutex_);
      progress_.Update(++done_);
      fputs(unit.diagnostics.c_str(), stderr);
      if (!unit.is_parsed) failed_.push_back(files_[i]);
      report_.Add(std::move(unit));
    }
  }

  const CompilationDatabase& commands_;
  const std::vector<std::string>& files_;
  const std::string include_dir_;
  const Options& options_;
  std::atomic<size_t> next_ = 0;
  std::mutex mutex_;  // of everything below
  Progress progress_;
  size_t done_ = 0;
  Report report_;
  std::vector<std::string> failed_;
};

// Complains of what the user has to know; false when the answer is not whole.
bool Complain(const Parser& parser, size_t files) {
  for (const std::string& glob : parser.report().Unmatched()) {
    fprintf(stderr, "%s: warning: '%s' matches nothing in any input; `%s --explain '*'` lists "
            "what there is\n", kName, glob.c_str(), kName);
  }
  if (parser.failed().empty()) return true;
  fprintf(stderr, "%s: %zu of %zu files could not be parsed, and their functions may be missing: "
          "%s\n", kName, parser.failed().size(), files,
          absl::StrJoin(parser.failed(), ", ").c_str());
  return false;
}

absl::StatusOr<ExitStatus> Select(const CommandLine& line) {
  Options options;
  options.namespaces = line.operands()[0];
  options.exclude = absl::StrJoin(line.List("exclude"), ",");
  options.min_lines = static_cast<unsigned>(line.Number("min-lines", 0));
  ASSIGN_OR_RETURN(std::unique_ptr<CompilationDatabase> commands,
                   LoadCommands(std::string(line.Text("build", "."))));
  ASSIGN_OR_RETURN(std::vector<std::string> files,
                   ChooseFiles(*commands, {line.operands().begin() + 1, line.operands().end()}));

  ASSIGN_OR_RETURN(std::filesystem::path self, OwnProgram());
  Parser parser(*commands, files, self.parent_path().parent_path() / "include", options);
  parser.Run(std::max<size_t>(1, line.Number("jobs", std::thread::hardware_concurrency())));
  FileSink out(1, "standard output");
  parser.report().Print(line.Has("explain"), line.Has("json"), out);
  out.Flush();
  RETURN_IF_ERROR(out.status());
  bool is_whole = Complain(parser, files.size());
  return is_whole && parser.report().traced() > 0 ? kDone : kNo;
}

int Run(const std::vector<std::string>& arguments) {
  absl::StatusOr<CommandLine> line = ParseCommandLine(kSelectUsage, arguments);
  absl::StatusOr<ExitStatus> status = line.ok() ? Select(*line) : line.status();
  if (status.ok()) return *status;
  fprintf(stderr, "%s: %s\n", kName, std::string(status.status().message()).c_str());
  return IsUsageError(status.status()) ? kUsage : kNo;
}

}  // namespace
}  // namespace omnitrace::tools

int main(int argc, char** argv) {
  return omnitrace::tools::Run(std::vector<std::string>(argv + 1, argv + argc));
}
