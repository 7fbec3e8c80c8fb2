"""A recording that is larger than what memory keeps of it: the disk is the bound. By default the
program waits for it; with rate=BYTES it doesn't, and counts what it leaves out."""
import json
import os
import statistics
import subprocess
import time

import tables
from goals import Figure
from recording import Omnitrace, calls_in
from rows import PAIR

TIMES = 8  # of the calls of other recordings


class Large(Omnitrace):
    def __init__(self, workshop, calls):
        super().__init__(workshop)
        self.calls = calls

    def make(self, limits):
        """Returns a call's nanoseconds, and the bytes a second until they are on the disk."""
        self.environment['OMNITRACE_LIMITS'] = limits
        start = time.perf_counter()
        run = self.run(PAIR, self.calls)
        descriptor = os.open(self.workspace, os.O_RDWR)
        os.fsync(descriptor)
        os.close(descriptor)
        took = time.perf_counter() - start
        return run.nanoseconds, os.path.getsize(self.workspace) / took

    def half(self, rate):
        """Of what the disk takes; but a short recording, too, is to lose something."""
        return int(min(rate / 2, os.path.getsize(self.workspace) / 8))

    def dropped(self):
        info = subprocess.run([self.tool, 'info', '--json', self.workspace], check=True,
                              capture_output=True, text=True).stdout
        return json.loads(info).get('dropped', {}).get('rate', 0)

    def unaccounted(self):
        """Calls that are neither recorded nor counted."""
        return abs(self.calls - calls_in(self.tool, self.workspace) - self.dropped())


def figures(workshop, calls, runs):
    recording = Large(workshop, calls * TIMES)
    rates, paced, dropped, unaccounted = [], [], [], 0
    for _ in range(runs):
        tables.progress('writing: as fast as the disk takes it')
        rates.append(recording.make('size=64G'))
        tables.progress('writing: half as fast')
        paced.append(recording.make(f'size=64G,rate={recording.half(rates[-1][1])}'))
        dropped.append(recording.dropped() / recording.calls)
        unaccounted = max(unaccounted, recording.unaccounted())
    recording.clear()
    waiting, disk = (statistics.median(column) for column in zip(*rates))
    dropping, half = (statistics.median(column) for column in zip(*paced))
    return {'disk': Figure(disk / 1e6, f'{waiting:.0f} ns a call'),
            'rate': Figure(half / 1e6, f'{dropping:.0f} ns a call, '
                                       f'{statistics.median(dropped):.0%} of them dropped'),
            'unaccounted': Figure(unaccounted)}
