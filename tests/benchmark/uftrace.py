"""uftrace: calls with the values that its options can show."""
import glob
import os
import shutil
import subprocess

from programs import Recorder, Run, nanoseconds


class Uftrace(Recorder):
    title = 'uftrace'
    options = ()
    missing = '' if shutil.which('uftrace') else 'apt-get install uftrace'

    def __init__(self, workshop):
        self.program = workshop.program('mcount', '-g', '-pg', '-mfentry')
        self.data = workshop.path('uftrace.data')

    def run(self, row, calls):
        if row.uftrace is None:
            return None
        *values, shown = row.uftrace
        shutil.rmtree(self.data, ignore_errors=True)
        command = ['uftrace', 'record', '-d', self.data, *self.options, *values, self.program]
        took = nanoseconds(command, row, calls)
        if not self.shows(shown):
            return None
        threads = glob.glob(os.path.join(self.data, '[0-9]*.dat'))
        return Run(took, sum(map(os.path.getsize, threads)) / calls)

    def shows(self, text):
        replay = subprocess.Popen(['uftrace', 'replay', '-d', self.data, '-F', '^foo::'],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        first = [replay.stdout.readline() for _ in range(8)]
        replay.kill()
        replay.wait()
        return any(text in line for line in first)


class UftraceWithoutLibraries(Uftrace):
    title = 'uftrace --no-libcall'
    options = ('--no-libcall',)
