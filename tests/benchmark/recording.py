"""omnitrace: what a recorded call costs, and whether the recording says what was called."""
import json
import os
import subprocess
from dataclasses import replace

from programs import Recorder

ALL = 'arguments and result'


class Omnitrace(Recorder):
    title = 'omnitrace'
    captures = ALL
    share = 2  # so that there are some hundred MB of it: a longer recording costs more

    def __init__(self, workshop, **environment):
        self.tool = workshop.tool
        self.workspace = workshop.path('traced.omni')
        super().__init__(workshop.program('traced', '-fomni-ns=foo'),
                         OMNITRACE_OUT=self.workspace, **environment)

    def clear(self):
        if os.path.exists(self.workspace):
            os.unlink(self.workspace)

    def run(self, row, calls, threads=1, processor=None):
        self.clear()
        took = super().run(row, calls, threads, processor)
        return replace(took, size=os.path.getsize(self.workspace) / calls / threads)

    def lost(self, row, calls):
        return 1 - calls_in(self.tool, self.workspace) / calls

    def problems(self, row, calls):
        """What is wrong with the last run's recording."""
        shown = subprocess.run([self.tool, 'calls', '--json', '--stable', self.workspace],
                               check=True, capture_output=True, text=True).stdout.splitlines()
        if len(shown) != calls:
            yield f'{row.name}: {len(shown)} calls of {calls}'
        first = json.loads(shown[0]) if shown else {}
        got = {key: first[key] for key in ('args', 'return', 'changed') if key in first}
        if got != row.call:
            yield f'{row.name}: expected {row.call}, got {got}'


def calls_in(tool, workspace):
    lines = subprocess.run([tool, 'stats', '--json', workspace], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    return sum(json.loads(line).get('calls', 0) for line in lines)


class Ring(Omnitrace):
    """Keeps the last calls only, so its bytes and its lost calls say nothing."""
    title = 'omnitrace, the last calls'
    share = 1

    def __init__(self, workshop):
        super().__init__(workshop, OMNITRACE_LIMITS='keep=last')

    def run(self, row, calls, threads=1, processor=None):
        return replace(super().run(row, calls, threads, processor), size=0)

    def lost(self, row, calls):
        return None


class Off(Recorder):
    title = 'omnitrace, `OMNITRACE_MODE=off`'
    share = 5

    def __init__(self, workshop):
        super().__init__(workshop.program('traced', '-fomni-ns=foo'), OMNITRACE_MODE='off')


class Limited(Recorder):
    """All calls but the first one are left out."""
    share = 3

    def __init__(self, workshop):
        super().__init__(workshop.program('traced', '-fomni-ns=foo'),
                         OMNITRACE_OUT=workshop.path('limited.omni'), OMNITRACE_LIMITS=self.limit)


class LimitedCalls(Limited):
    title = 'omnitrace, calls left out by `calls=1`'
    limit = 'calls=1'


class LimitedRoots(Limited):
    title = 'omnitrace, calls left out by `roots=1/N`'
    limit = 'roots=1/1000000000000'


class LeavingOut(Recorder):
    title = 'written by hand: a call left out, and nothing else'
    share = 3

    def __init__(self, workshop):
        hooks = workshop.program('leaving_out.so', '-shared', '-fPIC', sources=('leaving_out.cc',))
        super().__init__(workshop.program('traced', '-fomni-ns=foo'), LD_PRELOAD=hooks)


class Standby(Recorder):
    title = 'omnitrace, `-fomni-start=standby`'
    share = 5

    def __init__(self, workshop):
        super().__init__(workshop.program('standby', '-fomni-ns=foo', '-fomni-start=standby'))
