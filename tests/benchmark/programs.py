"""What is measured: the functions of values.h, plain and as the recorders want them."""
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import counting

FOLDER = os.path.dirname(os.path.abspath(__file__))


@dataclass(frozen=True)
class Run:
    """Of a call: its nanoseconds, those of all processors, and the bytes that it left. `lost` is a
    part of all calls."""
    nanoseconds: float
    processor: float
    size: float = 0
    lost: float = 0


class Workshop:
    """Builds and runs programs in a folder, which without `within` is in memory, so that no disk is
    measured."""

    def __init__(self, build, within=None):
        memory = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
        self.folder = tempfile.TemporaryDirectory(prefix='omnitrace-cost.', dir=within or memory)
        self.build = build
        self.compiler = os.path.join(build, 'bin', 'omni-clang++')
        self.tool = os.path.join(build, 'bin', 'omnitrace')

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def program(self, name, *options, sources=('values.cc', 'repeat.cc')):
        path = self.path(name)
        if not os.path.exists(path):
            sources = [os.path.join(FOLDER, source) for source in sources]
            subprocess.run([self.compiler, '-std=c++17', '-O2', '-I', FOLDER, *sources, *options,
                            '-o', path], check=True)
        return path


def timed(command, row, calls, threads=1, environment=None, processor=None):
    """A run of `calls` by each thread, as the program itself says; on one processor, if told so."""
    command = [*command, row.name, str(calls), str(threads)]
    pin = None if processor is None else lambda: os.sched_setaffinity(0, {processor})
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=pin,
                          env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        raise SystemExit(f'{" ".join(command)}: status {done.returncode}\n{done.stderr}')
    wall, processor = map(float, done.stdout.split())
    return Run(wall / calls / threads, processor / calls / threads)


class Recorder:
    title = ''
    captures = ''  # of a call of two ints that returns one
    missing = ''   # or the command that installs it
    share = 1      # of the calls that a run is asked for

    def __init__(self, program, **environment):
        self.program = program
        self.environment = environment

    def run(self, row, calls, threads=1, processor=None):
        return timed([self.program], row, calls, threads, self.environment, processor)

    def lost(self, row, calls):
        """What part of the last run's calls its reader doesn't find; None: it records none."""
        return None

    def instructions(self, row):
        """Of a call and its loop; None where they can't be counted."""
        return counting.per_call([self.program, row.name], self.environment)

    def clear(self):
        """Removes the last run's recording."""

    def close(self):
        pass


class Plain(Recorder):
    title = 'plain'

    def __init__(self, workshop):
        super().__init__(workshop.program('plain'))


def name_missing(kinds):
    needed = {kind.title: kind.missing for kind in kinds} | {'valgrind': counting.MISSING}
    for title, missing in needed.items():
        if missing:
            print(f'{title}: not installed; {missing}', file=sys.stderr)


def median(runs, field):
    return statistics.median(getattr(run, field) for run in runs)
