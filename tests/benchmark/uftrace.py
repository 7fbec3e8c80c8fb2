"""uftrace: calls with the values that its options can show."""
import glob
import os
import re
import shutil
import subprocess
from dataclasses import replace

from programs import Recorder, timed


class Uftrace(Recorder):
    title = 'uftrace'
    captures = 'arguments and result, by options that name them'
    missing = '' if shutil.which('uftrace') else 'apt-get install uftrace'
    share = 0.1
    options = ()

    def __init__(self, workshop):
        super().__init__(workshop.program('mcount', '-g', '-pg', '-mfentry'))
        self.data = workshop.path('uftrace.data')

    def values(self, row):
        """Options, and what is shown then."""
        return row.uftrace

    def clear(self):
        shutil.rmtree(self.data, ignore_errors=True)

    def run(self, row, calls, threads=1):
        if self.values(row) is None:
            return None
        *values, shown = self.values(row)
        self.clear()
        command = ['uftrace', 'record', '-d', self.data, *self.options, *values, self.program]
        took = timed(command, row, calls, threads)
        if not self.shows(shown):
            return None
        files = glob.glob(os.path.join(self.data, '[0-9]*.dat'))
        return replace(took, size=sum(map(os.path.getsize, files)) / calls / threads)

    def shows(self, text):
        replay = subprocess.Popen(['uftrace', 'replay', '-d', self.data, '-F', '^foo::'],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        first = [replay.stdout.readline() for _ in range(8)]
        replay.kill()
        replay.wait()
        return any(text in line for line in first)

    def lost(self, row, calls):
        shown = subprocess.run(['uftrace', 'report', '-d', self.data, '-F', f'^foo::{row.name}$'],
                               check=True, capture_output=True, text=True).stdout
        found = re.search(rf' (\d+) +foo::{row.name}\b', shown)
        return 1 - int(found[1]) / calls if found else 1

    def instructions(self, row):
        return None  # it preloads its library into valgrind, too


class UftraceWithoutLibraries(Uftrace):
    title = 'uftrace --no-libcall'
    options = ('--no-libcall',)


class UftraceWithoutValues(Uftrace):
    title = 'uftrace, without values'
    captures = 'neither'

    def values(self, row):
        return (f'foo::{row.name}',)
