// `omnitrace call`: one call in full, with its callers and children.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "runtime/workspace/glob.h"
#include "runtime/workspace/status_macros.h"
#include "tools/command.h"
#include "tools/model/call_filter.h"
#include "tools/model/call_stream.h"
#include "tools/model/workspace_set.h"
#include "tools/output/call_details.h"
#include "tools/output/json_output.h"
#include "tools/support/terminal.h"

namespace omnitrace::tools {
namespace {

constexpr Option kOptions[] = {
    {0, "last", "GLOB", "the last call of a function that the glob matches, in place of an ID"},
    {0, "json", "", "one JSON object: callers, call, children"},
    kTypesOption,
};

struct Wanted {
  uint64_t id = 0;  // 0: by `glob`
  std::string glob;
  std::vector<std::string> files;
};

// A call and its callers, the outermost first.
struct Found {
  uint64_t id = 0;
  std::vector<uint64_t> callers;
};

absl::StatusOr<Wanted> ReadWanted(const CommandLine& line) {
  Wanted wanted = {.glob = std::string(line.Text("last")), .files = line.operands()};
  if (line.Has("last")) return wanted;
  if (line.operands().empty()) return UsageError("needs the ID of a call, or --last");
  if (!absl::SimpleAtoi(line.operands()[0], &wanted.id) || wanted.id == 0) {
    return UsageError(absl::StrCat("\"", line.operands()[0],
                                   "\" is no ID of a call: they are "
                                   "numbers from 1, see `omnitrace calls`"));
  }
  wanted.files.erase(wanted.files.begin());
  return wanted;
}

std::optional<Found> Find(CallStream stream, const Wanted& wanted) {
  std::optional<Found> found;
  absl::flat_hash_map<const workspace::Thread*, std::vector<uint64_t>> open;
  while (stream.Next()) {
    const Call& call = stream.call();
    std::vector<uint64_t>& callers = open[call.thread];
    callers.resize(call.depth);
    bool matches =
        wanted.id == 0 ? GlobMatches(wanted.glob, call.function->name) : wanted.id == call.id;
    if (matches) found = {call.id, callers};
    if (matches && wanted.id != 0) break;
    callers.push_back(call.id);
  }
  return found;
}

class CallOutput {
 public:
  virtual ~CallOutput() = default;
  virtual void Caller(const Call& call) = 0;
  virtual void Wanted(const Call& call) = 0;
  virtual void Child(const Call& call) = 0;
  virtual void End() = 0;
  const absl::Status& status() const { return status_; }

 protected:
  absl::Status status_;
};

class CallTextOutput : public CallOutput {
 public:
  CallTextOutput(Sink& sink, const TextStyle& style) : sink_(sink), style_(style) {}

  void Caller(const Call& call) override {
    if (call.depth == 0) sink_.Write("callers\n");
    Relative(call, 2 * std::min<size_t>(call.depth, 100));
  }
  void Wanted(const Call& call) override { sink_.Write(CallDetails(call, style_, &status_)); }
  void Child(const Call& call) override {
    if (children_++ == 0) sink_.Write("children\n");
    Relative(call, 0);
  }
  void End() override {}

 private:
  void Relative(const Call& call, size_t indent) {
    std::string text = absl::StrFormat("%7d  %s", call.id, std::string(indent, ' '));
    AppendCall(call, style_, &text, &status_);
    AppendDuration(call, style_, &text);
    sink_.Write(absl::StrCat(text, "\n"));
  }

  Sink& sink_;
  const TextStyle style_;
  uint64_t children_ = 0;
};

class CallJsonOutput : public CallOutput {
 public:
  CallJsonOutput(Sink& sink, const ValueStyle& style, const WorkspaceSet& set)
      : sink_(sink), style_(style), set_(set) {
    sink_.Write("{\"callers\":[");
  }

  void Caller(const Call& call) override { Element(call); }
  void Wanted(const Call& call) override {
    sink_.Write(absl::StrCat("],\"call\":", Text(call), ",\"children\":["));
    first_ = true;
  }
  void Child(const Call& call) override { Element(call); }
  void End() override { sink_.Write("]}\n"); }

 private:
  std::string Text(const Call& call) { return Dump(CallToJson(call, style_, set_, &status_)); }
  void Element(const Call& call) {
    sink_.Write(absl::StrCat(first_ ? "" : ",", Text(call)));
    first_ = false;
  }

  Sink& sink_;
  const ValueStyle style_;
  const WorkspaceSet& set_;
  bool first_ = true;
};

// The callers come before the call in the stream, and its children after it.
absl::Status Show(const Found& found, CallStream stream, const Sink& sink, CallOutput& output) {
  const workspace::Thread* thread = nullptr;  // of the call, once it has been met
  uint32_t depth = 0;
  while (!sink.closed() && stream.Next()) {
    const Call& call = stream.call();
    if (std::binary_search(found.callers.begin(), found.callers.end(), call.id)) {
      output.Caller(call);
    } else if (call.id == found.id) {
      output.Wanted(call);
      thread = call.thread;
      depth = call.depth;
    } else if (call.parent == found.id) {
      output.Child(call);
    } else if (call.thread == thread && call.depth <= depth) {
      break;
    }
  }
  output.End();
  return output.status();
}

absl::StatusOr<ExitStatus> Run(const CommandLine& line) {
  ASSIGN_OR_RETURN(Wanted wanted, ReadWanted(line));
  ASSIGN_OR_RETURN(WorkspaceSet set, WorkspaceSet::Open(wanted.files));
  CallFilter filter(line);
  ValueStyle values = ValueStyleOf(line);
  CallStream::Options options = {.order = values.stable ? CallStream::Order::kThread
                                                        : CallStream::Order::kTime};
  std::optional<Found> found = Find(CallStream(set, filter, options), wanted);
  if (!found.has_value()) {
    std::string what = wanted.id == 0 ? absl::StrCat("no call of ", wanted.glob)
                                      : absl::StrCat("no call with the ID ", wanted.id);
    return absl::NotFoundError(absl::StrCat(what, " is recorded, or the filters hide it"));
  }
  Terminal terminal(line, Terminal::Paging::kWhenLong);
  Sink& sink = terminal.out();
  std::unique_ptr<CallOutput> output;
  options.count_children = line.Has("json");
  if (line.Has("json")) {
    output = std::make_unique<CallJsonOutput>(sink, values, set);
  } else {
    output = std::make_unique<CallTextOutput>(sink, TextStyle{terminal.style(), values});
  }
  absl::Status status = Show(*found, CallStream(set, filter, options), sink, *output);
  RETURN_IF_ERROR(terminal.Close());
  RETURN_IF_ERROR(status);
  return kDone;
}

}  // namespace

extern const Command kCall;
const Command kCall = {"call",
                       "one call in full, with its callers and children",
                       {"[ID] [FILE...]",
                        "Shows everything that is known of one call, the calls that it was made "
                        "in, and the calls that "
                        "it made. Its ID is that of `omnitrace calls`.",
                        {{"Options", kOptions}, kFilterGroup, kTerminalGroup}},
                       &Run};

}  // namespace omnitrace::tools
