"""Whether a call costs the same however many functions, threads, levels and calls there are: prints
a table, or writes it into the README.

  growth.py BUILD [--runs N] [--calls N] [--folder FOLDER] [--write README]
  growth.py BUILD --check    with few calls: fails when one is lost

A figure is the processor time of a call beyond that of the plain program, the median of the rounds.
Where the plain program gets slower, too (caches that are too small for a hundred thousand
functions), the table has its figure as well.
"""
import os
import resource
import statistics
import subprocess
import sys
from dataclasses import dataclass

import command_line
import tables
from programs import FOLDER, Workshop
from recording import calls_in

FILES = 20  # of functions, so that no compiler runs out of memory
STACK = 1 << 30  # bytes, for a million frames


@dataclass(frozen=True)
class Shape:
    name: str
    title: str
    sizes: tuple
    checked: tuple  # the sizes of --check
    calls: tuple = None  # how many calls, where that is the size


SHAPES = (
    Shape('functions', 'functions, called in turn', (10, 1000, 100_000), (10, 1000)),
    Shape('threads', 'threads at the same time', (1, 100, 1000), (1, 1000)),
    Shape('depth', 'levels of nested calls', (10, 10_000, 1_000_000), (10, 1_000_000)),
    Shape('length', 'calls, the last kept: the last tenth of them',
          (10_000_000, 100_000_000, 1_000_000_000), (1_000_000,)),
)


def write_functions(workshop, count):
    """Files that define the functions, and their table."""
    sources, each = [], -(-count // FILES)
    for first in range(0, count, each):
        numbers = range(first, min(first + each, count))
        path = workshop.path(f'functions_{first}.cc')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('namespace foo {\n')
            file.writelines(f'int f{n}(int n) {{ return n + {n}; }}\n' for n in numbers)
            file.write('}\n')
        sources.append(path)
    path = workshop.path('table.cc')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('namespace foo {\n')
        file.writelines(f'int f{n}(int);\n' for n in range(count))
        file.write(f'}}\nextern const long function_count = {count};\n'
                   'extern int (*const functions[])(int) = {\n')
        file.writelines(f'foo::f{n},\n' for n in range(count))
        file.write('};\n')
    return [*sources, path]


def raise_stack():
    resource.setrlimit(resource.RLIMIT_STACK, (STACK, resource.getrlimit(resource.RLIMIT_STACK)[1]))


class Programs:
    def __init__(self, workshop, functions):
        sources = [os.path.join(FOLDER, 'growth.cc'), *write_functions(workshop, functions)]
        options = ('-std=c++20', '-O1', '-pthread')
        tables.progress('compiling')
        self.plain = workshop.program('plain', *options, sources=sources)
        self.traced = workshop.program('traced', *options, '-fomni-ns=foo', sources=sources)
        self.tool = workshop.tool
        self.workspace = workshop.path('growth.omni')

    def nanoseconds(self, program, shape, size, calls, **environment):
        done = subprocess.run([program, shape.name, str(size), str(calls)], check=True,
                              capture_output=True, text=True, preexec_fn=raise_stack,
                              env={**os.environ, **environment})
        return float(done.stdout) / calls, done.stderr

    def round(self, shape, size, calls):
        """Of a call: plain, and what tracing adds. All calls are kept, but of the longest."""
        tables.progress(f'{shape.name}: {size:,}')
        limits = 'keep=last' if shape.name == 'length' else 'size=16G'
        plain, _ = self.nanoseconds(self.plain, shape, size, calls)
        traced, complaints = self.nanoseconds(self.traced, shape, size, calls,
                                              OMNITRACE_OUT=self.workspace, OMNITRACE_LIMITS=limits)
        if complaints:
            raise SystemExit(f'{shape.name} {size}: {complaints}')
        return plain, traced - plain

    def missing(self, shape, size, calls):
        """How many of the calls aren't in the last recording, at least."""
        if shape.name == 'length':
            return 0
        made = calls if shape.name == 'threads' else -(-calls // size) * size
        return max(0, made - calls_in(self.tool, self.workspace))

    def clear(self):
        if os.path.exists(self.workspace):
            os.unlink(self.workspace)


def measure(programs, options):
    """Rows of the table, and what is missing in recordings."""
    rows, problems = [], []
    for shape in SHAPES:
        for size in shape.checked if options.check else shape.sizes:
            calls = size if shape.name == 'length' else max(options.calls, size)
            done = []
            for _ in range(options.runs if calls < 1e8 else 1):
                done.append(programs.round(shape, size, calls))
                missing = programs.missing(shape, size, calls)
                if missing:
                    problems.append(f'{shape.name} {size}: {missing} of {calls} calls are lost')
                programs.clear()
            plain, added = (statistics.median(part) for part in zip(*done))
            rows.append((shape.title, f'{size:,}', f'{plain:.1f} ns', f'{added:.0f} ns'))
    tables.progress('')
    return rows, problems


def main():
    options = command_line.parse(20_000_000, 100_000, runs=3)
    workshop = Workshop(options.build, options.folder)
    functions = max(SHAPES[0].checked if options.check else SHAPES[0].sizes)
    rows, problems = measure(Programs(workshop, functions), options)
    text = '\n'.join(tables.lines(('what', 'how many', 'a call, plain', 'recorded, more'), rows))
    print(text)
    if options.write:
        tables.write(options.write, 'growth', text)
    sys.exit('\n'.join(problems) if problems else 0)


main()
