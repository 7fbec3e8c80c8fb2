"""Programs that are observed, and who observes them: `omnitrace attach`, on another processor."""
import atexit
import json
import os
import select
import signal
import subprocess
from dataclasses import dataclass

from programs import FOLDER

EMITTER = os.path.normpath(os.path.join(FOLDER, '..', 'live', 'emitter.cc'))
# Prints a line for the first event, and how many there were of each process at the end.
COUNT = '''
const counts = {};
let first = true;
exports['%s'] = trace => {
  if (first) console.log('first');
  first = false;
  counts[trace.pid] = (counts[trace.pid] ?? 0) + 1;
};
exports.cleanup = () => console.log(JSON.stringify(counts));
'''
PROCESSORS = sorted(os.sched_getaffinity(0))
TARGETS, TOOLS = PROCESSORS[:1], PROCESSORS[-1:]

# Ignored where a script starts the benchmark in the background; the tools inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pin(processors):
    return lambda: os.sched_setaffinity(0, processors)


class Process:
    """One that is a program's; its lines are read by line(), and its end by end()."""

    def __init__(self, command, processors=None, environment=None, **options):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **(environment or {})},
            preexec_fn=pin(processors) if processors else None, **options)
        atexit.register(self.process.kill)  # of those that run when something has gone wrong
        self.pid = self.process.pid
        self.seconds = None  # of processors, when it has ended

    def line(self):
        return self.process.stdout.readline()

    def ask(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        return self.line()

    def end(self, number=None):
        """What is left of its output; `number` is a signal that it is sent first."""
        if number is not None:
            self.process.send_signal(number)
        self.process.stdin.close()
        rest = self.process.stdout.read()
        self.process.stdout.close()
        _, status, usage = os.wait4(self.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if self.process.returncode != 0:
            raise SystemExit(f'{self.process.args}: status {self.process.returncode}')
        self.seconds = usage.ru_utime + usage.ru_stime
        return rest


class Emitter(Process):
    """Counts exactly what it emits: see emitter.cc."""

    def __init__(self, workshop, *arguments, **options):
        super().__init__([build_emitter(workshop), *map(str, arguments)], cwd=workshop.folder.name,
                         **options)
        self.line()  # from now on it answers signals

    def counts(self):
        self.process.send_signal(signal.SIGUSR1)
        return json.loads(self.line())

    def sent(self, number=signal.SIGTERM):
        return json.loads(self.end(number).splitlines()[-1])['sent']


def build_emitter(workshop, name='emitter', start='-fomni-start=standby'):
    return workshop.program(name, '-pthread', '-fomni-ns=shop', start, sources=(EMITTER,))


@dataclass(frozen=True)
class Observed:
    received: int
    lost: int
    seconds: float  # of the tool's processors


class Observer(Process):
    """A script that counts what matches `pattern`; begins with the first event."""

    def __init__(self, workshop, pids, pattern, script=COUNT, processors=None):
        self.errors = workshop.path('errors')
        path = workshop.path('count.js')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(script % pattern)
        chosen = [word for pid in pids for word in ('-p', str(pid))]
        with open(self.errors, 'w', encoding='utf-8') as errors:
            super().__init__([workshop.tool, 'attach', *chosen, path], processors, stderr=errors)

    def has_line(self):
        return bool(select.select([self.process.stdout], [], [], 0)[0])

    def observed(self, number=None):
        counts = json.loads(self.end(number).splitlines()[-1])
        with open(self.errors, encoding='utf-8') as file:
            lost = [int(line.split()[2]) for line in file if line.endswith('calls were lost\n')]
        return Observed(sum(counts.values()), sum(lost), self.seconds)
