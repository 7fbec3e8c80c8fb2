#include "tools/topics/topics.h"

namespace omnitrace::tools {

const absl::string_view kScriptText =
    R"text(A script for `omnitrace attach` says what it listens to by what it exports, in either way:

  exports['request:start'] = function(trace) { ... };

  exports.local = function(traces) {
    traces.on('foo::*', function(trace) { ... });
    traces.on('cleanup', function() { ... });
  };

A pattern is a whole name in which * stands for any characters. Every traced function is an event when it is entered and when it ends, every probe when it is reached. An event has

  event      'enter', 'return', 'throw' or 'probe'
  name       of the function or probe
  timestamp  milliseconds since the epoch
  time       nanoseconds since the recording began
  title, pid, hostname, thread
  args       of a function, by name; `this` of a method; at the end, too
  return     the result; or thrown: {type, what, and the exception's fields}
  duration   nanoseconds; at the end

and a probe's values by their names; one whose name is above is in `props`. Values are those of `omnitrace calls --json`; an integer that a Number doesn't hold exactly is a BigInt.

There are console, timers, promises, require (of the script's own files, and of 'omnitrace'), and of process argv (from the third on the arguments behind --), exit, env, stdout, stderr and hrtime. Errors are printed with file, line and column, and the session goes on; a second Ctrl-C stops a handler that doesn't come to an end. Code can't run inside the process: exports.remote is an error.

require('omnitrace') makes much of many events, in bounded memory:

  Counts, Rate, Distribution    how many, how often, quantiles
  Histogram, Groups             bars; any of these, by key
  Pairs                         a start and an end with the same key
  property('args.coin')         gets a property of an event by its path
  live(draw, {interval: 1000})  draws anew on a terminal, blocks in a pipe
  bars, sparkline, table, timeText, rateText ...
                                drawings and numbers for that

What the usual reducers show needs no script: `omnitrace top`, `hist`, `rate`, `latency`.)text";

}  // namespace omnitrace::tools
