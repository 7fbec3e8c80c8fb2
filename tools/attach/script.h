// A JavaScript file that is run on the events of live processes:
//
//   ASSIGN_OR_RETURN(std::unique_ptr<Script> script, Script::Load(options));
//   for (const std::string& pattern : script->patterns()) TurnOn(pattern);
//   while (script->alive() && !script->exiting()) {
//     while (NextEvent(&event)) script->Add(event);
//     script->Flush();
//     script->RunTimers();
//     Wait(until script->NextTimer());
//   }
//   script->Cleanup();
//
// A script says what it listens to by what it exports, in either way:
//
//   exports['request:start'] = function(trace) { ... };
//   exports.cleanup = function() { ... };
//   exports.local = function(traces) {
//     traces.on('foo::*', function(trace) { ... });
//     traces.on('cleanup', function() { ... });
//   };
//
// A pattern is a whole name in which `*` stands for any characters. All handlers whose pattern
// matches an event's name get the same object, in the order in which they were registered:
//
//   timestamp   integer, milliseconds since the epoch
//   title, pid, hostname   of the process
//   name        the function's or the probe's
//   thread      index in the process, from 1
//   time        nanoseconds since the process's start_unix_ns; exact up to 2^53, 104 days
//   event       'enter', 'return', 'throw' or 'probe'
//
// A probe's values are properties, too; one whose name is above, or is `props`, is in the object
// `props` instead. Of functions there are `args` (an object by parameter), `this` where a method
// has recorded it, and at the end `duration` (nanoseconds), and `return` or `thrown` ({type, what,
// fields...}). What is not known (the entry was lost) is not there, and neither is what void
// returns.
// Values are what `omnitrace calls --json` prints, as objects, but for one thing: an integer that a
// Number does not hold exactly (beyond 2^53 - 1) is a BigInt, which JSON.stringify writes as text.
//
// Errors in handlers and timers are printed, the first ones of each place, and the session goes on.
// Promise jobs run after each batch of events and after each timer.
#ifndef OMNITRACE_TOOLS_ATTACH_SCRIPT_H_
#define OMNITRACE_TOOLS_ATTACH_SCRIPT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/live/live_event.h"
#include "tools/support/sink.h"

namespace omnitrace::attach {

struct ScriptOptions {
  // A file, "-" for standard input, or "omnitrace:NAME" for a module that the tool brings.
  std::string path;
  std::vector<std::string> arguments;  // those after --
  // What it may hold: more is an error of the script, and twice as much its end, with status 1.
  size_t heap_bytes = size_t{512} << 20;
  // Not owned. What the script writes; warnings and errors.
  tools::Sink* output = nullptr;
  tools::Sink* errors = nullptr;
  // The descriptor that `output` writes to, which is asked whether it is a terminal, and for its
  // size; -1: none.
  int output_descriptor = -1;
};

// Belongs to the thread that loaded it. There is one at a time in a process, and it must be gone
// before the process exits.
class Script {
 public:
  // Runs the file, and exports.local. Errors: NotFound (no such file), InvalidArgument with file,
  // line and column (a syntax error, or what the script threw; exports.remote), Cancelled
  // (interrupted), ResourceExhausted. A script that has called process.exit is no error.
  static absl::StatusOr<std::unique_ptr<Script>> Load(const ScriptOptions& options);
  ~Script();
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  // What it listens to, in order of registration. They become more while it runs: never fewer, so
  // that size() tells.
  const std::vector<std::string>& patterns() const;
  // Whether any of them matches a name.
  bool ListensTo(absl::string_view name) const;

  // Takes the event's values. Handlers run when a batch is full, and at the latest in Flush; an
  // event that nobody listens to costs a look into a table.
  void Add(const tools::LiveEvent& event);
  void Flush();
  // Calls since this was last asked whose events no handler has got: the rest of a batch in which
  // one was interrupted, and what there was no memory for. Not what comes behind process.exit.
  uint64_t TakeDropped();
  // Call when an origin's events are read no more: what was kept of its functions is freed.
  void Forget(const tools::LiveOrigin& origin);

  // Runs the timers that are due.
  void RunTimers();
  absl::Time NextTimer() const;  // InfiniteFuture when there is none
  // It has patterns, or timers that are not unref()ed.
  bool alive() const;

  // Flushes, runs the 'cleanup' handlers, and prints how many errors there were beyond the printed
  // ones. Once: later calls do nothing.
  void Cleanup();

  // Async-signal-safe; also while Load runs. Stops the code of the script that runs now, which is
  // told as an error; the rest of its batch of events is dropped (TakeDropped). When none runs,
  // nothing happens. Not the way to end a session: a handler is stopped in the middle.
  static void Interrupt();
  bool interrupted() const;  // ever

  // process.exit was called, or it held too much: no more of the script runs.
  bool exiting() const;
  int exit_status() const;  // of process.exit, or process.exitCode
  uint64_t errors() const;  // printed or not

 private:
  class State;

  explicit Script(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_SCRIPT_H_
