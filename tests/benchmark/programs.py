"""What is measured: the functions of values.h, plain and as the recorders want them."""
import os
import statistics
import subprocess
import tempfile
from dataclasses import dataclass

FOLDER = os.path.dirname(os.path.abspath(__file__))


@dataclass(frozen=True)
class Run:
    """Of a call: its nanoseconds, and the bytes that it left. `lost` is a part of all calls."""
    nanoseconds: float
    size: float = 0
    lost: float = 0


class Workshop:
    """Builds and runs programs in a folder that is in memory, so that no disk is measured."""

    def __init__(self, build):
        memory = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None
        self.folder = tempfile.TemporaryDirectory(prefix='omnitrace-cost.', dir=memory)
        self.compiler = os.path.join(build, 'bin', 'omni-clang++')
        self.tool = os.path.join(build, 'bin', 'omnitrace')

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def program(self, name, *options, functions='values.cc'):
        path = self.path(name)
        sources = [os.path.join(FOLDER, source) for source in (functions, 'repeat.cc')]
        subprocess.run([self.compiler, '-std=c++17', '-O2', '-I', FOLDER, *sources, *options, '-o',
                        path], check=True)
        return path


def nanoseconds(command, row, calls, **environment):
    """Of a call, as the program itself says."""
    done = subprocess.run([*command, row.name, str(calls)], check=True, capture_output=True,
                          text=True, env={**os.environ, **environment})
    return float(done.stdout) / calls


class Recorder:
    missing = ''  # or the command that installs it

    def close(self):
        pass


class Plain(Recorder):
    title = 'plain'

    def __init__(self, workshop):
        self.program = workshop.program('plain')

    def run(self, row, calls):
        return Run(nanoseconds([self.program], row, calls))


def median(runs, field):
    return statistics.median(getattr(run, field) for run in runs)
