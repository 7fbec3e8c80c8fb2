// Each second, a row for every server that has answered so far: all of its requests, those of this
// second, the answers of status 500 and above, and how long an answer took on average.
//
//   omnitrace attach -t 'http-server *' processes.js
'use strict';

const servers = new Map();  // by process

class Server {
  open = new Map();  // start times by request
  requests = 0;
  recent = 0;
  failures = 0;
  time = 0;  // nanoseconds

  start(trace) {
    this.open.set(trace.id, trace.time);
  }

  // The start of a request that was under way when the script began is unknown.
  end(trace) {
    this.title = trace.title;
    const start = this.open.get(trace.id);
    if (start === undefined) return;
    this.open.delete(trace.id);
    this.time += trace.time - start;
    ++this.requests;
    ++this.recent;
    this.failures += trace.status >= 500;
  }
}

function server({pid}) {
  if (!servers.has(pid)) servers.set(pid, new Server());
  return servers.get(pid);
}

exports.local = traces => {
  traces.on('request:start', trace => server(trace).start(trace));
  traces.on('request:end', trace => server(trace).end(trace));
};

function print(pid, title, ...numbers) {
  console.log([String(pid).padStart(8), title.padEnd(20),
               ...numbers.map(number => String(number).padStart(8))].join('  '));
}

setInterval(() => {
  const rows = [...servers].filter(([, each]) => each.requests > 0).sort(([a], [b]) => a - b);
  if (rows.length === 0) return;
  print('pid', 'title', 'requests', 'recent', 'failed', 'mean ms');
  for (const [pid, each] of rows) {
    print(pid, each.title, each.requests, each.recent, each.failures,
          (each.time / each.requests / 1e6).toFixed(1));
    each.recent = 0;
  }
  console.log();
}, 1000);
