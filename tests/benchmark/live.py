"""What observing live processes costs them, and what it brings: prints a table, or writes it into
the README.

  live.py BUILD [--runs N] [--seconds N] [--cycles N] [--write README]
  live.py BUILD --check      once, quickly

Times are the least of several rounds, since what else the machine does only adds to them; those of a
call or a probe are of the target's processor, others as a clock on the wall tells them. Targets and
the tool have a processor of their own, but where there are more of them than processors.

--check fails on what doesn't depend on the machine's speed: events that are missing, arguments
evaluated in vain, what is left behind.
"""
import argparse
import os
import platform
import sys
from dataclasses import dataclass

import attaching
import counting
import delivering
import obeying
import observed
import probes
import tables
from programs import Workshop

# Of its probe with one argument, Node 20, a script on the same machine.
JSTRACE = {'off': '1.4 ns', 'others': '25 ns', 'on': '7.1 µs'}
RATE = 1_000_000


@dataclass(frozen=True)
class Row:
    what: str
    goal: str
    measured: str
    jstrace: str = '–'
    missed: bool = False  # of those that don't depend on the machine's speed

    def cells(self):
        return self.what, self.goal, self.measured, self.jstrace


def least(rounds, of):
    return min(map(of, rounds))


def cost_rows(workshop, options):
    rounds = [observed.costs(workshop) for _ in range(options.runs)]

    plain = least(rounds, lambda costs: costs.plain)

    def time(state, kind):
        return f'{least(rounds, lambda costs: getattr(costs, state)[kind]) - plain:.1f} ns'

    for state, what, goal in (('off', 'off', '≤ 1 ns'),
                              ('others', 'off, while others are on', 'as off'),
                              ('on', 'on for a script', '≤ 150 ns')):
        yield Row(f'a probe of two numbers and a text of 20 characters, {what}', goal,
                  time(state, 'probe'), JSTRACE[state])
        yield Row(f'a traced function with the same arguments, {what}', goal,
                  time(state, 'function'))
    evaluated = max(costs.evaluated for costs in rounds)
    yield Row('arguments that a probe evaluates while it is off', '0', str(evaluated),
              missed=evaluated != 0)
    if not counting.MISSING:
        yield Row('instructions of a probe that is off', '≤ 6',
                  f'{probes.Probes(workshop).instructions():.1f}')


def delivery_rows(workshop, options):
    tables.progress('a million a second')
    events = RATE // 10 if options.check else RATE
    one = delivering.paced(workshop, events, events * options.seconds)
    yield Row(f'{events:,} events a second into a script for {options.seconds} s', 'all received',
              f'{one.text()}, {one.rate():.2f} million a second', missed=one.unaccounted() != 0)
    yield Row('of that, the shares of a processor of the process and the tool', '–', one.shares())
    if not options.check:
        best = delivering.highest(workshop, options.seconds / 6)
        yield Row('events a second without a loss', '≥ 1 million',
                  '–' if best is None else f'{best.rate():.2f} million')
    tables.progress('many processes')
    crowd = delivering.crowd(workshop, options.seconds / 3)
    yield Row(f'{delivering.PROCESSES} processes as fast as they can for '
              f'{options.seconds / 3:.0f} s', 'received + lost = sent', crowd.text(),
              missed=crowd.unaccounted() != 0)


def attaching_rows(workshop, options):
    tables.progress('to attach')
    rounds = [attaching.attached(workshop, options.functions) for _ in range(options.runs)]
    tool = [attaching.tool_start(workshop) for _ in range(options.runs)]
    program = [attaching.program_start(workshop, options.functions) for _ in range(options.runs)]
    starts, engines = (min(column) for column in zip(*tool))
    standby, off = (min(column) for column in zip(*program))
    functions = f'{options.functions:,} functions'
    yield Row(f'to attach to {functions}, from the start of the tool to the first event',
              '≤ 100 ms', f'{least(rounds, lambda each: each.attach):.0f} ms (the tool\'s start is '
              f'{starts:.0f} ms of it, the script\'s another {engines - starts:.0f} ms)')
    yield Row(f'to let {functions} go, from SIGINT to the end of the tool', '≤ 100 ms',
              f'{least(rounds, lambda each: each.detach):.0f} ms')
    yield Row(f'a program\'s start with {functions}, in standby', '–',
              f'{standby:.1f} ms ({off:.1f} ms with `OMNITRACE_MODE=off`)')
    cycles = attaching.cycles(workshop, options.cycles)
    yield Row('mappings, descriptors and threads of a busy process that is attached to and let go '
              f'{options.cycles:,} times', 'as before', cycles.text(),
              missed=cycles.before != cycles.after)
    yield Row('its switches and what it does then', 'as before',
              'as before' if cycles.same else 'changed', missed=not cycles.same)


def obeying_rows(workshop, options):
    for build in obeying.BUILDS:
        tables.progress(f'to be obeyed: {build} build')
        for what, measure in (('shows', obeying.enabling), ('shows no more', obeying.disabling)):
            times = [measure(workshop, build) for _ in range(options.runs)]
            yield Row(f'until a function that a loop calls which never returns {what}, '
                      f'{build} build', '≤ 100 ms', f'{min(times):.0f} ms')


def circumstances(options):
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        names = [line.split(':')[1].strip() for line in file if line.startswith('model name')]
    return (f'{names[0] if names else platform.machine()}, {os.cpu_count()} cores; the least of '
            f'{options.runs} rounds.')


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('--runs', type=int)
    parser.add_argument('--seconds', type=int)
    parser.add_argument('--cycles', type=int)
    parser.add_argument('--write', metavar='README')
    parser.add_argument('--check', action='store_true')
    options = parser.parse_args()
    options.functions = 1_000 if options.check else 10_000
    for name, value, checked in (('runs', 7, 1), ('seconds', 30, 3), ('cycles', 1000, 20)):
        if getattr(options, name) is None:
            setattr(options, name, checked if options.check else value)
    return options


def main():
    options = parse()
    workshop = Workshop(options.build)
    rows = [row for part in (cost_rows, delivery_rows, attaching_rows, obeying_rows)
            for row in part(workshop, options)]
    tables.progress('')
    lines = tables.lines(('what', 'goal', 'measured', 'jstrace'), [row.cells() for row in rows])
    text = '\n'.join([*lines, '', circumstances(options)])
    print(text)
    if options.write:
        tables.write(options.write, 'live', text)
    missed = [f'{row.what}: {row.measured}, expected {row.goal}' for row in rows if row.missed]
    sys.exit('\n'.join(missed) if missed and options.check else 0)


main()
