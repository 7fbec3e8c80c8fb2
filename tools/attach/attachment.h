// A script on live processes, from its start to its end.
#ifndef OMNITRACE_TOOLS_ATTACH_ATTACHMENT_H_
#define OMNITRACE_TOOLS_ATTACH_ATTACHMENT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tools/live/process_choice.h"
#include "tools/live/rule_options.h"

namespace omnitrace::attach {

struct Attachment {
  absl::string_view command;  // for messages
  std::string path;           // as ScriptOptions::path
  std::vector<std::string> arguments;
  tools::ProcessChoice processes;
  tools::LiveFilter filter;
  absl::Duration most = absl::InfiniteDuration();  // it ends then
};

// Of a command line that has kProcessOptions, kRuleOptions and --for.
absl::StatusOr<Attachment> AttachmentOf(absl::string_view command, const tools::CommandLine& line);

// Runs the script on what the processes record of what it listens to, until it has nothing to do
// any more, the named processes have ended, nobody reads its output, or the user ends it (SIGINT,
// SIGTERM, SIGHUP); then lets the processes go. A second SIGINT stops a handler that doesn't come
// to an end. Returns the script's exit status; errors: as Script::Load() and Watch::Start().
absl::StatusOr<int> Run(const Attachment& attachment);

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_ATTACHMENT_H_
