"""The figures of price.py, what each shall be, and what --check demands of it today."""
from dataclasses import dataclass

import tables

READS = 10  # million calls a second
MEMORY = 300  # MB


@dataclass(frozen=True)
class Goal:
    name: str
    title: str
    goal: float = None
    form: str = '{:.2f} ×'
    bound: float = None  # only of what doesn't depend on the machine's speed; to be tightened
    at_least: bool = False

    def text(self):
        if self.goal is None:
            return '–'
        return f'{"≥" if self.at_least else "≤"} {self.form.format(self.goal)}'


@dataclass(frozen=True)
class Figure:
    value: float
    detail: str = ''


STANDBY = 'in standby, off: '
RING = '`int f(int, int)` with its values, the last calls kept: '
FILE = '`int f(int, int)` with its values, all kept in a file: '
LARGE = 'a recording larger than memory keeps, until it is on the disk: '
PROBE = 'a probe of two numbers and a text of 20 characters: '
JSON = 'JSON sample at -O2: '
READING = 'reading many calls: '
MILLIONS = '{:.1f} million a second'

GOALS = (
    Goal('standby instructions', STANDBY + 'instructions a call of `int f(int, int)`', 2, '{:.1f}',
         bound=2.1),
    Goal('standby json instructions', STANDBY + 'instructions of the JSON sample over plain', 1.05,
         bound=1.05),
    Goal('standby json time', STANDBY + 'time of the JSON sample over plain', 1.05),
    Goal('standby loop', STANDBY + 'time of a loop that clang vectorises when plain', 1.1),
    Goal('ring over clock', RING + 'a call over two readings of the clock', 1.4),
    Goal('ring over xray', RING + 'a call over XRay FDR without values', 0.3),
    Goal('file over ring', FILE + 'a call over one of the last calls kept', 1.6),
    Goal('file over uftrace', FILE + 'a call over uftrace with values', 0.2),
    Goal('bytes', FILE + 'bytes a call', 16, '{:.1f}', bound=13.5),
    Goal('lost', FILE + 'calls lost, by one thread and by four', 0, '{:.0f}', bound=0),
    Goal('threads', '4 threads, the last calls kept: processor time a call over one thread\'s',
         1.15),
    Goal('threads file', '4 threads, all kept in a file: processor time a call over one thread\'s',
         1.15),
    Goal('probe instructions', PROBE + 'instructions when it is off', 6, '{:.1f}', bound=6.1),
    Goal('probe off', PROBE + 'time when it is off', 1, '{:.1f} ns'),
    Goal('probe on', PROBE + 'time', 150, '{:.0f} ns'),
    Goal('probe alone', PROBE + 'time without the plugin', 150, '{:.0f} ns'),
    Goal('probe bytes', PROBE + 'bytes', None, '{:.1f}', bound=45),
    Goal('probes lost', PROBE + 'missing in the file', 0, '{:.0f}', bound=0),
    Goal('disk', LARGE + 'bytes a second, waiting for it', None, '{:.0f} MB'),
    Goal('rate', LARGE + 'the same with `rate=` half of that', None, '{:.0f} MB'),
    Goal('unaccounted', LARGE + 'calls neither recorded nor counted as dropped', 0, '{:.0f}',
         bound=0),
    Goal('record compile', JSON + 'compile time of a record build over plain', 1.4),
    Goal('standby compile', JSON + 'compile time of a standby build over plain', 1.8),
    Goal('plugin', JSON + 'the plugin\'s own work, over the front end\'s', 0.15, '{:.1%}'),
    Goal('record text', JSON + 'code of a record build over plain, by `size`', 1.8, bound=1.65),
    Goal('standby text', JSON + 'code of a standby build over plain, by `size`', 2.4, bound=2.4),
    Goal('stats', READING + '`stats` on one core', READS, MILLIONS, at_least=True),
    Goal('stats both', READING + '`stats` on all cores', None, MILLIONS),
    Goal('merge', READING + '`flamegraph --merge` on one core', READS, MILLIONS, at_least=True),
    Goal('merge both', READING + '`flamegraph --merge` on all cores', None, MILLIONS),
    Goal('verify', READING + '`verify` on one core', READS, MILLIONS, at_least=True),
    Goal('verify both', READING + '`verify` on all cores', None, MILLIONS),
    Goal('memory', READING + 'memory, at most', MEMORY, '{:.0f} MB', bound=MEMORY),
    Goal('missed', READING + 'calls that `stats` doesn\'t count', 0, '{:.0f}', bound=0),
    Goal('html', READING + '`flamegraph --html`', 15, '{:.1f} s'),
    Goal('page', READING + 'its page', 3, '{:.1f} MB', bound=3),
    Goal('paint', READING + 'its page\'s first paint', 3, '{:.1f} s'),
    Goal('zoom', READING + 'a zoom in its page', 3, '{:.1f} s'),
    Goal('tree', READING + '`tree` to the first 25 lines', None, '{:.2f} s'),
    Goal('calls', READING + '`calls` to the first 25 lines', None, '{:.2f} s'),
)


def measured(goal, figure):
    detail = f' ({figure.detail})' if figure.detail else ''
    return goal.form.format(figure.value) + detail


def table(figures, absent):
    """`absent` stands where there is no figure."""
    rows = [(goal.title, goal.text(),
             measured(goal, figures[goal.name]) if goal.name in figures else absent)
            for goal in GOALS]
    return tables.lines(('what', 'goal', 'measured'), rows)


def misses(figures):
    for goal in GOALS:
        if goal.bound is None or goal.name not in figures:
            continue
        figure = figures[goal.name]
        if figure.value < goal.bound if goal.at_least else figure.value > goal.bound:
            yield (f'{goal.title}: {measured(goal, figure)}, beyond the bound of '
                   f'{goal.form.format(goal.bound)} in goals.py')
