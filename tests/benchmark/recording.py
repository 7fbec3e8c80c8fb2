"""omnitrace: what a recorded call costs, and whether the recording says what was called."""
import json
import os
import shutil
import subprocess

from programs import Recorder, Run, nanoseconds

INSTRUCTIONS_FROM, INSTRUCTIONS_TO = 1000, 11000


class Omnitrace(Recorder):
    title = 'omnitrace'

    def __init__(self, workshop):
        self.tool = workshop.tool
        self.program = workshop.program('traced', '-fomni-ns=foo')
        self.workspace = workshop.path('traced.omni')

    def run(self, row, calls):
        if os.path.exists(self.workspace):
            os.unlink(self.workspace)
        took = nanoseconds([self.program], row, calls, OMNITRACE_OUT=self.workspace)
        return Run(took, os.path.getsize(self.workspace) / calls)

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


class Instructions:
    """The program's own, without the kernel's, as valgrind counts them."""
    title = 'its instructions'
    missing = '' if shutil.which('valgrind') else 'apt-get install valgrind'

    def __init__(self, workshop):
        self.programs = (workshop.path('plain'), workshop.path('traced'))
        self.workspace = workshop.path('counted.omni')

    def per_call(self, row):
        plain, traced = (self.of(program, row) for program in self.programs)
        return traced - plain

    def of(self, program, row):
        fewer, more = (self.count(program, row, calls)
                       for calls in (INSTRUCTIONS_FROM, INSTRUCTIONS_TO))
        return (more - fewer) / (INSTRUCTIONS_TO - INSTRUCTIONS_FROM)

    def count(self, program, row, calls):
        done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null',
                               program, row.name, str(calls)], check=True, capture_output=True,
                              text=True, env={**os.environ, 'OMNITRACE_OUT': self.workspace})
        return int(done.stderr.split('Collected :')[1].split()[0])
