"""Tools that watch processes, and a target that counts what it emits (emitter.cc)."""
import json
import os
import queue
import re
import signal
import subprocess
import tempfile
import threading
import unittest

from target import DEADLINE, STANDBY, Target

# Tells when it has attached, and at its end what it got.
COUNT = '''
  const counts = new Map();
  exports.local = traces => {
    for (const pattern of process.argv.slice(2)) {
      traces.on(pattern, trace => {
        counts.set(trace.name, (counts.get(trace.name) ?? 0) + (trace.event === 'return' ? 0 : 1));
      });
    }
    setTimeout(() => console.log('attached'), 0);
    traces.on('cleanup', () => console.log(JSON.stringify(Object.fromEntries(counts))));
  };
'''


class Lines:
    """Of a pipe, as they come."""

    def __init__(self, pipe):
        self.all = []
        self._ended = False
        self._queue = queue.Queue()
        self._thread = threading.Thread(target=self._read, args=(pipe,), daemon=True)
        self._thread.start()

    def _read(self, pipe):
        for line in pipe:
            self._queue.put(line.rstrip('\n'))
        pipe.close()
        self._queue.put(None)

    def next(self):
        """None at the end."""
        line = None if self._ended else self._queue.get(timeout=DEADLINE)
        self._ended = line is None
        if line is not None:
            self.all.append(line)
        return line

    def find(self, text):
        """The next line that has it."""
        while text not in (line := self.next() or self._missing(text)):
            pass
        return line

    def _missing(self, text):
        raise AssertionError(f'{text!r} is in none of {self.all}')

    def rest(self):
        while self.next() is not None:
            pass
        return self.all


class Tool:
    """One that goes on and on: omnitrace ARGUMENTS, run by a command or not."""

    def __init__(self, workshop, *arguments, prefix=(), **options):
        self.process = subprocess.Popen([*prefix, workshop.tool, *map(str, arguments)], text=True,
                                        stdin=options.pop('stdin', subprocess.DEVNULL),
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        self.out = Lines(self.process.stdout)
        self.errors = Lines(self.process.stderr)

    def wait(self):
        """Its exit status."""
        return self.process.wait(timeout=DEADLINE)

    def end(self, how=signal.SIGINT):
        self.process.send_signal(how)
        return self.wait()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def lost(self):
        """At its end."""
        for line in self.errors.rest():
            if found := re.search(r': (\d+) calls were lost$', line):
                return int(found[1])
        return 0

    def counts(self):
        """What COUNT got."""
        return json.loads(self.out.rest()[-1])


class Emitter:
    def __init__(self, workshop, *arguments, environment=None):
        program = workshop.build('emitter', *STANDBY, source='emitter.cc')
        self.folder = tempfile.mkdtemp(dir=workshop.folder.name)
        self.process = subprocess.Popen([program, *map(str, arguments)], stdout=subprocess.PIPE,
                                        text=True, cwd=self.folder,
                                        env={**os.environ, **(environment or {})})
        self.pid = self.process.pid
        self.process.stdout.readline()  # from now on signals are answered

    def counts(self):
        self.process.send_signal(signal.SIGUSR1)
        return json.loads(self.process.stdout.readline())

    def wait_for(self, what, more):
        """Until it counts so many more than now."""
        least = self.counts()[what] + more
        while self.counts()[what] < least:
            pass

    def last_counts(self):
        """When it has come to its end."""
        out, _ = self.process.communicate(timeout=DEADLINE)
        assert self.process.returncode == 0, self.process.returncode
        return json.loads(out)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.last_counts()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def workspaces(self):
        return [os.path.join(self.folder, name) for name in sorted(os.listdir(self.folder))]


class ObservingTest(unittest.TestCase):
    workshop = None
    maxDiff = None

    def script(self, text):
        descriptor, path = tempfile.mkstemp(suffix='.js', dir=self.workshop.folder.name)
        with os.fdopen(descriptor, 'w', encoding='utf-8') as out:
            out.write(text)
        return path

    def tool(self, *arguments, **options):
        tool = Tool(self.workshop, *arguments, **options)
        self.addCleanup(tool.kill)
        return tool

    def attach(self, script, *arguments, pid=None, after=(), **options):
        """Once it has printed that it has attached."""
        chosen = () if pid is None else ('-p', pid)
        tool = self.tool('attach', *chosen, *arguments, self.script(script), '--', *after,
                         **options)
        tool.out.find('attached')
        return tool

    def count(self, pid, *patterns, **options):
        return self.attach(COUNT, pid=pid, after=patterns, **options)

    def emitter(self, *arguments, **options):
        emitter = Emitter(self.workshop, *arguments, **options)
        self.addCleanup(emitter.kill)
        return emitter

    def target(self, program=None, **options):
        target = Target(program or self.workshop.build('standby', *STANDBY),
                        self.workshop.folder.name, **options)
        self.addCleanup(target.kill)
        return target

    def on(self, pid):
        return {name for name, on in self.workshop.probes(pid).items() if on}
