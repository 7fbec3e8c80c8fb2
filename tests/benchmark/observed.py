"""What a probe and a traced function cost the process: off, while others are on, and on for a
script that runs on another processor."""
import signal
import time
from dataclasses import dataclass

import tables
from observing import TARGETS, TOOLS, Observer, Process

KINDS = ('probe', 'function')
NAMES = {'probe': 'work', 'function': 'foo::Work'}
OFF = 20_000_000
# That many are kept until they are read, so that nobody has to be fast.
ON, BURSTS = 50_000, 10


@dataclass(frozen=True)
class Costs:
    """Nanoseconds, by kind."""
    plain: float
    off: dict
    others: dict
    on: dict
    evaluated: int  # arguments of probes that were off


class Target(Process):
    def __init__(self, workshop):
        program = workshop.program('live target', '-fomni-ns=foo', '-fomni-start=standby',
                                   sources=('live_target.cc',))
        super().__init__([program], TARGETS, stderr=None)
        self.evaluated = 0

    def time(self, what, times):
        took, evaluated = self.ask(f'{what} {times}').split()
        self.evaluated = int(evaluated)
        return float(took)

    def times(self):
        return {kind: self.time(kind, OFF) for kind in KINDS}

    def burst(self, what):
        """When the observer has read the one before."""
        time.sleep(0.1)
        return self.time(what, ON)

    def observe(self, workshop, what, name):
        """Returns the observer when it has had the first event."""
        observer = Observer(workshop, [self.pid], name, processors=TOOLS)
        while not observer.has_line():
            self.time(what, 1)
        observer.line()
        return observer


def on(workshop, target, kind):
    observer = target.observe(workshop, kind, NAMES[kind])
    took = min(target.burst(kind) for _ in range(BURSTS))
    observer.observed(signal.SIGINT)
    return took


def costs(workshop):
    tables.progress('a probe and a function')
    target = Target(workshop)
    plain, off = target.time('plain', OFF), target.times()
    observer = target.observe(workshop, 'other', 'other')
    others = target.times()
    observer.observed(signal.SIGINT)
    evaluated = target.evaluated
    measured = Costs(plain, off, others, {kind: on(workshop, target, kind) for kind in KINDS},
                     evaluated)
    target.end()
    return measured
