"""What a standby build costs that nobody looks at."""
import json
import os
import random
import statistics
import subprocess

import counting
import processes
import tables
from compiling import SOURCE, WAYS
from goals import Figure
from programs import Plain
from recording import Standby
from rows import PAIR

SHORT, LONG, RUN = 50, 500, 50_000  # orders in a document: for counting, and 12 MB for the clock
SUMS = 100_000


def order(chance, number):
    return {
        'number': number, 'paid': chance.random() < 0.5, 'note': None,
        'total': round(chance.uniform(1, 1000), 2), 'customer': f'Größe "{number}"\n' * 2,
        'lines': [{'sku': f'{chance.getrandbits(40):x}', 'pieces': chance.randrange(100)}
                  for _ in range(4)],
    }


def document(path, orders):
    chance = random.Random(orders)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump([order(chance, number) for number in range(orders)], file)
    return path


class Json:
    def __init__(self, workshop):
        self.workshop = workshop
        self.programs = [workshop.program(f'json {way}', *WAYS[way], sources=(SOURCE,))
                         for way in ('plain', 'in standby')]

    def command(self, program, orders):
        path = self.workshop.path(f'{orders}.json')
        return [program, 'pretty', path if os.path.exists(path) else document(path, orders)]

    def instructions(self):
        short, long = ([counting.count(self.command(program, orders)) for program in self.programs]
                       for orders in (SHORT, LONG))
        plain, standby = (more - fewer for fewer, more in zip(short, long))
        return Figure(standby / plain)

    def round(self):
        return [processes.run(self.command(program, RUN)).seconds for program in self.programs]


class Loop:
    def __init__(self, workshop):
        self.programs = [workshop.program('loop plain', sources=('loop.cc',)),
                         workshop.program('loop standby', '-fomni-ns=foo', '-fomni-start=standby',
                                          sources=('loop.cc',))]

    def round(self):
        return [float(subprocess.run([program, str(SUMS)], check=True, capture_output=True,
                                     text=True).stdout) / SUMS for program in self.programs]


def over_plain(rounds, form):
    plain, standby = (statistics.median(figures) for figures in zip(*rounds))
    value = statistics.median(standby / plain for plain, standby in rounds)
    return Figure(value, f'{form.format(standby)} against {form.format(plain)}')


def counted(workshop):
    """Needs valgrind."""
    tables.progress('instructions: standby')
    plain, standby = (kind(workshop).instructions(PAIR) for kind in (Plain, Standby))
    return {'standby instructions': Figure(standby - plain),
            'standby json instructions': Json(workshop).instructions()}


def timed(workshop, runs):
    tables.progress('time: standby')
    json_tool, loop = Json(workshop), Loop(workshop)
    times = [(json_tool.round(), loop.round()) for _ in range(runs)]
    return {'standby json time': over_plain([one for one, _ in times], '{:.2f} s'),
            'standby loop': over_plain([other for _, other in times], '{:.0f} ns')}
