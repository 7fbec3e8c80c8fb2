"""How long it takes to attach to a program of many functions, and to let it go; what it costs the
program; and whether it is as before."""
import json
import os
import signal
import subprocess
import time
from dataclasses import dataclass

import tables
from observing import TARGETS, TOOLS, Emitter, Observer, Process

WARM = 1_000_000
CYCLE = "exports['%s'] = () => process.exit();"


def source(functions):
    """Calls all of its functions in turn for ever; ends at once when it has an argument."""
    yield '#include <unistd.h>\nnamespace foo {\n'
    for number in range(functions):
        yield f'[[gnu::noinline]] int f{number}(int a, int b) {{ return a + b + {number}; }}\n'
    yield 'int (*const all[])(int, int) = {'
    yield ', '.join(f'f{number}' for number in range(functions))
    yield '};\n}\nint main(int argc, char**) {\n  int sum = 0;\n'
    yield '  while (argc == 1) for (auto* each : foo::all) sum = each(sum, 1);\n'
    yield '  return sum & 0;\n}\n'


def build(workshop, functions):
    path = workshop.path('many.cc')
    if not os.path.exists(path):
        with open(path, 'w', encoding='utf-8') as file:
            file.writelines(source(functions))
    return workshop.program('many', '-O1', '-fomni-ns=foo', '-fomni-start=standby', sources=(path,))


@dataclass(frozen=True)
class Attached:
    attach: float  # milliseconds
    detach: float


def attached(workshop, functions):
    """From the start of the tool to the first event, and from SIGINT to its end."""
    target = Process([build(workshop, functions)], TARGETS, stderr=subprocess.DEVNULL)
    try:
        time.sleep(0.1)  # it is to be busy
        start = time.perf_counter()
        observer = Observer(workshop, [target.pid], 'foo::*', processors=TOOLS)
        observer.line()
        first = time.perf_counter()
        time.sleep(0.1)
        interrupted = time.perf_counter()
        observer.observed(signal.SIGINT)
        return Attached((first - start) * 1e3, (time.perf_counter() - interrupted) * 1e3)
    finally:
        target.process.kill()
        target.process.communicate()


def milliseconds(command, environment=None):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, **(environment or {})})
    return (time.perf_counter() - start) * 1e3


def tool_start(workshop):
    """What of the time to attach is the tool's start, and with the engine's."""
    path = workshop.path('nothing.js')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('process.exit()\n')
    return (milliseconds([workshop.tool, 'version']),
            milliseconds([workshop.tool, 'attach', path]))


def program_start(workshop, functions):
    """Of the program with its live file, and without."""
    return tuple(milliseconds([build(workshop, functions), 'end'], {'OMNITRACE_MODE': mode})
                 for mode in ('standby', 'off'))


def belongings(pid):
    """The numbers of mappings, descriptors and threads."""
    with open(f'/proc/{pid}/maps', encoding='utf-8') as maps:
        return (sum(1 for _ in maps), len(os.listdir(f'/proc/{pid}/fd')),
                len(os.listdir(f'/proc/{pid}/task')))


def switches(workshop, pid):
    shown = subprocess.run([workshop.tool, 'probes', '--json', '-p', str(pid)], check=True,
                           capture_output=True, text=True).stdout
    return {probe['name']: probe['on'] for probe in map(json.loads, shown.splitlines())}


@dataclass(frozen=True)
class Cycles:
    before: tuple
    after: tuple
    same: bool  # the switches, and what else the program does

    def text(self):
        before, after = (', '.join(map(str, each)) for each in (self.before, self.after))
        return f'{before} before, {after} after'


def cycles(workshop, number):
    """A program whose threads emit and call functions all the time: what it has, before and
    after."""
    emitter = Emitter(workshop, 1, 0, 0, 1)
    while emitter.counts()['roots'] < WARM:  # its threads have what memory they need by then
        time.sleep(0.01)
    before, were = belongings(emitter.pid), switches(workshop, emitter.pid)
    for cycle in range(number):
        tables.progress(f'cycle {cycle + 1}')
        pattern = ('tick', 'shop::*', 'shop::step')[cycle % 3]
        Observer(workshop, [emitter.pid], pattern, CYCLE).end()
    counts = emitter.counts()
    after, are = belongings(emitter.pid), switches(workshop, emitter.pid)
    later = emitter.counts()
    emitter.sent()
    works = all(later[what] > counts[what] for what in ('roots', 'steps'))
    return Cycles(before, after, were == are and works and later['sent'] == counts['sent'])
