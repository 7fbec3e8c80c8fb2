#include "tools/live/process_choice.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "runtime/workspace/glob.h"
#include "runtime/workspace/status_macros.h"
#include "tools/live/live_folder.h"
#include "tools/live/process_facts.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

std::string UserName(uid_t user) {
  const passwd* entry = getpwuid(user);
  return entry != nullptr ? std::string(entry->pw_name) : absl::StrCat(user);
}

bool HasTitle(const LiveProcess& process, const std::vector<std::string>& globs) {
  absl::StatusOr<LiveHeader> header = process.file->ReadHeader();
  if (!header.ok()) return false;
  std::string title = TitleOf(process, *header);
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return WildcardMatches(glob, title); });
}

}  // namespace

absl::Status NotTraced(uint64_t pid) {
  std::optional<uid_t> owner = OwnerOf(pid);
  if (!owner) return absl::NotFoundError(absl::StrCat("there is no process ", pid));
  if (*owner != geteuid()) {
    return absl::PermissionDeniedError(
        absl::StrCat("process ", pid, " belongs to ", UserName(*owner), ": permission denied"));
  }
  if (!StartTimeOf(pid)) return absl::NotFoundError(absl::StrCat("process ", pid, " has ended"));
  return absl::NotFoundError(absl::StrCat(
      "process ", pid,
      " isn't traced: build it with omni-clang++ -fomni-ns=LIST -fomni-start=standby, and run it "
      "without OMNITRACE_MODE=off; `omnitrace ps` lists those that are"));
}

absl::StatusOr<ProcessChoice> ChoiceOf(const CommandLine& line) {
  ProcessChoice choice;
  for (const std::string& text : line.Texts("pid")) {
    uint64_t pid = 0;
    if (!absl::SimpleAtoi(text, &pid) || pid == 0)
      return UsageError(absl::StrCat("--pid=", text, ": expected the id of a process"));
    choice.pids.insert(pid);
  }
  choice.titles = line.Texts("title");
  return choice;
}

std::vector<LiveProcess> FindChosen(const ProcessChoice& choice,
                                    std::vector<absl::Status>* problems) {
  auto is_named = [&](uint64_t pid) { return choice.pids.count(pid) > 0; };
  // What is wrong with the files of others doesn't matter.
  bool by_id = choice.titles.empty() && !choice.IsAll();
  auto may_be = [&](uint64_t pid) { return !by_id || is_named(pid); };
  std::vector<LiveProcess> chosen;
  for (LiveProcess& process : FindLiveProcesses(may_be, problems)) {
    if (is_named(process.pid) || choice.IsAll() || HasTitle(process, choice.titles))
      chosen.push_back(std::move(process));
  }
  return chosen;
}

absl::StatusOr<std::vector<LiveProcess>> ChooseProcesses(const CommandLine& line) {
  ASSIGN_OR_RETURN(ProcessChoice choice, ChoiceOf(line));
  std::vector<absl::Status> problems;
  std::vector<LiveProcess> chosen = FindChosen(choice, &problems);
  for (const absl::Status& problem : problems)
    fprintf(stderr, "omnitrace: %s\n", Escaped(problem.message()).c_str());
  std::set<uint64_t> missing = choice.pids;
  for (const LiveProcess& process : chosen) missing.erase(process.pid);
  if (!missing.empty()) return NotTraced(*missing.begin());
  if (!chosen.empty() || choice.IsAll()) return chosen;
  return absl::NotFoundError(absl::StrCat("no traced process has a title that matches ",
                                          absl::StrJoin(choice.titles, " or ")));
}

}  // namespace omnitrace::tools
