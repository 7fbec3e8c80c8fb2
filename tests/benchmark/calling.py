"""Calls of `int pair(int, int)` in all recorders, round by round."""
import os
import statistics

import counting
import tables
from goals import Figure
from lttng import Lttng, LttngOff
from programs import Plain, median
from recording import LeavingOut, LimitedCalls, LimitedRoots, Off, Omnitrace, Ring, Standby
from rows import CLOCK, PAIR
from uftrace import Uftrace, UftraceWithoutValues
from xray import Xray, XrayFdr

OURS = (Plain, Off, LimitedCalls, LimitedRoots, LeavingOut, Standby, Ring, Omnitrace)
ALL = (Plain, Off, LimitedCalls, LimitedRoots, LeavingOut, Standby, Xray, LttngOff, Ring,
       Omnitrace, XrayFdr, UftraceWithoutValues, Uftrace, Lttng)
THREADS = 4
TURNS = 4  # of one thread and four, in a round


class Rounds:
    """A round runs all recorders in turn: only what was measured in the same one is compared."""

    def __init__(self, workshop, kinds, calls):
        self.calls = calls
        self.recorders = {kind: kind(workshop) for kind in kinds if not kind.missing}
        self.runs = {kind: [] for kind in self.recorders}
        self.lost = {kind: 0 for kind in self.recorders}
        self.clock = []
        self.threads = {Ring: [], Omnitrace: []}

    def run(self, kind, threads=1, part=1, processor=None):
        recorder = self.recorders[kind]
        tables.progress(f'calls: {kind.title}')
        calls = int(self.calls * kind.share) // threads // part
        options = {} if processor is None else {'processor': processor}
        run = recorder.run(PAIR, calls, threads, **options)
        lost = recorder.lost(PAIR, calls * threads)
        self.lost[kind] = None if lost is None else max(self.lost[kind], lost)
        recorder.clear()  # else the disk is still busy with it when others run
        return run

    def round(self):
        for kind, runs in self.runs.items():
            runs.append(self.run(kind))
        self.clock.append(self.recorders[Ring].run(CLOCK, self.calls).nanoseconds)
        for kind, runs in self.threads.items():
            runs += [self.turn(kind) for _ in range(TURNS)]

    def turn(self, kind):
        """The processor time of a call by many threads, and by one. Where the host has other work,
        a processor may be half as fast as the other one, for a second: so the one thread runs on
        each of them in turn, and for a short time."""
        processors = sorted(os.sched_getaffinity(0))
        many = self.run(kind, THREADS, TURNS).processor
        one = statistics.mean(
            self.run(kind, part=TURNS * len(processors), processor=processor).processor
            for processor in processors)
        return many, one

    def over_plain(self, kind):
        if None in self.runs.get(kind, [None]):
            return None
        return [run.nanoseconds - plain.nanoseconds
                for run, plain in zip(self.runs[kind], self.runs[Plain])]

    def close(self):
        for recorder in self.recorders.values():
            recorder.close()


def ratio(over, under, unit='ns'):
    if over is None or under is None:
        return None
    value = statistics.median(one / other for one, other in zip(over, under))
    return Figure(value, ' against '.join(f'{statistics.median(runs):.1f} {unit}'
                                          for runs in (over, under)))


def threads(rounds, kind):
    return ratio(*zip(*rounds.threads[kind]))


def figures(rounds):
    ring, file = rounds.over_plain(Ring), rounds.over_plain(Omnitrace)
    size = median(rounds.runs[Omnitrace], 'size')
    megabytes = size * rounds.calls * Omnitrace.share / 1e6
    found = {
        'ring over clock': ratio(ring, rounds.clock),
        'ring over xray': ratio(ring, rounds.over_plain(XrayFdr)),
        'file over ring': ratio(file, ring),
        'file over uftrace': ratio(file, rounds.over_plain(Uftrace)),
        'bytes': Figure(size, f'{megabytes:.0f} MB in all'),
        'lost': Figure(rounds.lost[Omnitrace] * rounds.calls * Omnitrace.share),
        'threads': threads(rounds, Ring),
        'threads file': threads(rounds, Omnitrace),
    }
    return {name: figure for name, figure in found.items() if figure is not None}


def instructions(rounds):
    """A call's over plain, by recorder; None where they can't be counted."""
    if counting.MISSING:
        return {}
    counted = {}
    for kind, recorder in rounds.recorders.items():
        tables.progress(f'instructions: {kind.title}')
        counted[kind] = recorder.instructions(PAIR)
        recorder.clear()
    return {kind: None if count is None else count - counted[Plain]
            for kind, count in counted.items()}


def cells(rounds, kind, counted):
    if kind.missing:
        return [kind.title, *['not installed'] * 5]
    over = rounds.over_plain(kind)
    size, lost, count = median(rounds.runs[kind], 'size'), rounds.lost[kind], counted.get(kind)
    uncounted = 'not installed' if counting.MISSING else '–'
    return [kind.title, f'{statistics.median(over):.1f}', f'{size:.1f}' if size else '–',
            uncounted if count is None else f'{count:.0f}', '–' if lost is None else f'{lost:.2%}',
            kind.captures or 'nothing']


def table(rounds, kinds, counted):
    titles = ('over the plain build', 'ns a call', 'bytes a call', 'instructions a call',
              'lost calls', 'values')
    return tables.lines(titles, [cells(rounds, kind, counted) for kind in kinds if kind != Plain])
