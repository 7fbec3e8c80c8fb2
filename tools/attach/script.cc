#include "tools/attach/script.h"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "runtime/workspace/status_macros.h"
#include "tools/attach/clock.h"
#include "tools/attach/embedded.h"
#include "tools/attach/engine.h"
#include "tools/attach/environment.h"
#include "tools/attach/event_feed.h"
#include "tools/attach/exception.h"
#include "tools/attach/script_error.h"
#include "tools/attach/strings.h"
#include "tools/support/utf8.h"

namespace omnitrace::attach {
namespace {

constexpr char kStandardInput[] = "[stdin]";
// In one go: timers beyond that wait. When memory is out, each call fails and takes none away.
constexpr int kMostCalls = 10000;

std::string ReadAll(std::istream& in) {
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::StatusOr<std::string> ReadScript(const std::string& path) {
  if (path == "-") return ReadAll(std::cin);
  absl::string_view own = path;
  if (absl::ConsumePrefix(&own, kOwnFiles)) {
    std::optional<absl::string_view> source = EmbeddedSource(absl::StrCat(own, ".js"));
    bool is_script = source.has_value() && !absl::StrContains(own, '/');
    if (is_script) return std::string(*source);
    return absl::NotFoundError(absl::StrCat(path, ": the tool brings no such script"));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat(path, ": ", strerror(errno)));
  std::string text = ReadAll(file);
  if (file.bad()) return absl::NotFoundError(absl::StrCat(path, ": it cannot be read"));
  return text;
}

}  // namespace

class Script::State {
 public:
  State(const ScriptOptions& given, std::unique_ptr<Engine> engine)
      : options(given),
        errors(options.errors),
        engine(std::move(engine)),
        environment(options, this->engine.get()),
        feed(this->engine.get(), &environment, &errors) {}

  absl::Status Run(absl::string_view source);
  bool RunTimer(double now, bool begins);
  void RunCleanups();

  const ScriptOptions options;
  ErrorLog errors;
  std::unique_ptr<Engine> engine;
  Environment environment;
  EventFeed feed;
  bool cleaned = false;
};

absl::Status Script::State::Run(absl::string_view source) {
  JSContext* context = engine->context();
  std::string name = options.path == "-" ? kStandardInput : options.path;
  JS::RootedString file(context, NewString(context, tools::Escaped(name)));
  JS::RootedString text(context, tools::IsUtf8(source) ? NewString(context, source) : nullptr);
  if (!tools::IsUtf8(source)) {
    return absl::InvalidArgumentError(absl::StrCat(name, ": it is not UTF-8"));
  }
  JS::RootedValueArray<2> arguments(context);
  JS::RootedValue ignored(context);
  bool ran = file != nullptr && text != nullptr;
  if (ran) {
    arguments[0].setString(file);
    arguments[1].setString(text);
    ran = environment.Call("main", arguments, &ignored);
  }
  if (ran) engine->RunJobs(&errors);
  if (ran) return absl::OkStatus();
  ScriptError error = engine->TakeError();
  if (error.empty() && engine->exiting()) return absl::OkStatus();
  std::string message = error.Headline();
  for (const std::string& frame : error.frames) absl::StrAppend(&message, "\n    at ", frame);
  return absl::InvalidArgumentError(message);
}

bool Script::State::RunTimer(double now, bool begins) {
  JSContext* context = engine->context();
  JS::RootedValueArray<2> arguments(context);
  JS::RootedValue ran(context);
  arguments[0].setNumber(now);
  arguments[1].setBoolean(begins);
  bool called = environment.Call("runTimer", arguments, &ran);
  if (!called) errors.Add(engine->TakeError());
  if (engine->exiting()) return false;
  bool stopped = engine->TakeInterruption();
  engine->RunJobs(&errors);
  return !stopped && (!called || ran.toBoolean());
}

void Script::State::RunCleanups() {
  JS::RootedValue more(engine->context());
  for (int calls = 0; calls < kMostCalls && !engine->exiting(); ++calls) {
    if (!environment.Call("cleanup", JS::HandleValueArray::empty(), &more)) {
      errors.Add(engine->TakeError());
      if (engine->TakeInterruption()) break;
    } else if (!more.toBoolean()) {
      break;
    }
  }
  engine->RunJobs(&errors);
}

Script::Script(std::unique_ptr<State> state) : state_(std::move(state)) {}
Script::~Script() = default;

absl::StatusOr<std::unique_ptr<Script>> Script::Load(const ScriptOptions& options) {
  ASSIGN_OR_RETURN(std::string source, ReadScript(options.path));
  ASSIGN_OR_RETURN(std::unique_ptr<Engine> engine, Engine::Create(options.heap_bytes));
  auto state = std::make_unique<State>(options, std::move(engine));
  absl::Status status = state->environment.Start();
  if (status.ok()) status = state->feed.Start();
  if (status.ok()) status = state->Run(source);
  if (state->engine->interrupted()) return absl::CancelledError(status.message());
  RETURN_IF_ERROR(status);
  return std::unique_ptr<Script>(new Script(std::move(state)));
}

const std::vector<std::string>& Script::patterns() const { return state_->environment.patterns(); }

bool Script::ListensTo(absl::string_view name) const {
  return absl::c_any_of(
      patterns(), [name](const std::string& pattern) { return PatternMatches(pattern, name); });
}

void Script::Add(const tools::LiveEvent& event) { state_->feed.Add(event); }
void Script::Flush() { state_->feed.Flush(); }
uint64_t Script::TakeDropped() { return state_->feed.TakeDropped(); }
void Script::Forget(const tools::LiveOrigin& origin) { state_->feed.Forget(origin); }

void Script::RunTimers() {
  double now = SteadyMilliseconds();
  if (state_->environment.next_timer() > now) return;
  for (int calls = 0; calls < kMostCalls && state_->RunTimer(now, calls == 0); ++calls) {
  }
}

absl::Time Script::NextTimer() const {
  double due = state_->environment.next_timer();
  if (std::isinf(due)) return absl::InfiniteFuture();
  return absl::Now() + absl::Milliseconds(due - SteadyMilliseconds());
}

bool Script::alive() const {
  return !exiting() && (!patterns().empty() || state_->environment.has_timers());
}

void Script::Cleanup() {
  if (std::exchange(state_->cleaned, true)) return;
  Flush();
  state_->RunCleanups();
  state_->errors.Summarize();
}

void Script::Interrupt() { Engine::Interrupt(); }
bool Script::interrupted() const { return state_->engine->interrupted(); }
bool Script::exiting() const { return state_->engine->exiting(); }
uint64_t Script::errors() const { return state_->errors.count(); }

int Script::exit_status() const {
  if (exiting()) return state_->engine->exit_status();
  JSContext* context = state_->engine->context();
  JS::RootedValue status(context);
  bool known = state_->environment.Call("exitCode", JS::HandleValueArray::empty(), &status);
  return known && status.isNumber() ? static_cast<int>(status.toNumber()) & 0xff : 0;
}

}  // namespace omnitrace::attach
