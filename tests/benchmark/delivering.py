"""Whether a script gets what processes send, or is told how much it doesn't, and up to which rate
it gets all."""
import signal
import time
from dataclasses import dataclass

import tables
from observing import TARGETS, TOOLS, Emitter, Observed, Observer

PROCESSES = 8
TRIES = 2
RATES = [round(1e6 * 1.15 ** step, -4) for step in range(12)]


@dataclass(frozen=True)
class Delivery:
    observed: Observed
    sent: int
    seconds: float
    processor: float  # of the target

    def unaccounted(self):
        return abs(self.sent - self.observed.received - self.observed.lost)

    def rate(self):
        """Millions sent a second."""
        return self.sent / self.seconds / 1e6

    def text(self):
        return (f'{self.observed.received:,} received + {self.observed.lost:,} lost, '
                f'{self.sent:,} sent')

    def shares(self):
        """Of a processor: the target's and the tool's."""
        return (f'{self.processor / self.seconds:.0%} and '
                f'{self.observed.seconds / self.seconds:.0%}')


def paced(workshop, rate, events):
    """One thread that ends after its events. Both have a processor of their own."""
    emitter = Emitter(workshop, 1, int(rate), events, processors=TARGETS)
    observer = Observer(workshop, [emitter.pid], 'tick', processors=TOOLS)
    observer.line()
    start = time.perf_counter()
    sent = emitter.sent(None)
    seconds = time.perf_counter() - start
    return Delivery(observer.observed(), sent, seconds, emitter.seconds)


def crowd(workshop, seconds):
    """As fast as they can."""
    emitters = [Emitter(workshop, 1) for _ in range(PROCESSES)]
    observer = Observer(workshop, [emitter.pid for emitter in emitters], 'tick')
    observer.line()
    time.sleep(seconds)
    observed = observer.observed(signal.SIGINT)
    sent = sum(emitter.sent() for emitter in emitters)
    return Delivery(observed, sent, seconds, sum(emitter.seconds for emitter in emitters))


def highest(workshop, seconds):
    """The highest rate at which nothing is lost, and the delivery."""
    best = None
    for rate in RATES:
        tables.progress(f'{rate / 1e6:.2f} million a second')
        tries = (paced(workshop, rate, int(rate * seconds)) for _ in range(TRIES))
        whole = next((each for each in tries if each.observed.received == each.sent), None)
        if whole is None:
            break
        best = whole
    return best
