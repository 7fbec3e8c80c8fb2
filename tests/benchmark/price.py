"""What omnitrace costs, and what other recorders do beside it: prints two tables, or writes them
into the README.

  price.py BUILD [--runs N] [--calls N] [--folder FOLDER] [--write README]
  price.py BUILD --check     once, quickly, without the others

All programs of a comparison are run in turn, round by round. A figure compares what was measured in
the same round, and is the median over the rounds. Times of calls are those of the program's own
clock around its loop. Recordings go to FOLDER, which should be on a disk (default: where temporary
files go).

--check fails on what doesn't depend on the machine's speed: instructions, bytes, lost calls,
memory, code. The bounds are in goals.py, beside the goals: what is reached today and a little
more. Who makes a figure better lowers its bound.
"""
import os
import platform
import subprocess
import sys

import calling
import command_line
import compiling
import counting
import goals
import probes
import reading
import standby
import tables
import writing
from programs import Workshop, name_missing

MOST_READINGS = 3  # they take minutes and hardly differ
MOST_RECORDINGS = 3


def compare_calls(workshop, kinds, options):
    """The figures, and the recorders' table."""
    rounds = calling.Rounds(workshop, kinds, options.calls)
    try:
        for _ in range(options.runs):
            rounds.round()
        counted = {} if options.check else calling.instructions(rounds)
    finally:
        rounds.close()
    return calling.figures(rounds), calling.table(rounds, kinds, counted)


def measure(workshop, kinds, options):
    figures, recorders = compare_calls(workshop, kinds, options)
    if not counting.MISSING:
        figures |= standby.counted(workshop)
    if not options.check:
        figures |= standby.timed(workshop, options.runs)
    figures |= probes.figures(workshop, options.calls, options.runs)
    figures |= writing.figures(workshop, options.calls, min(options.runs, MOST_RECORDINGS))
    figures |= compiling.figures(workshop, options.runs)
    figures |= reading.figures(workshop, options.read, min(options.runs, MOST_READINGS))
    tables.progress('')
    return figures, recorders


def circumstances(options):
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        names = [line.split(':')[1].strip() for line in file if line.startswith('model name')]
    disk = subprocess.run(['findmnt', '-nro', 'FSTYPE', '-T', options.folder], check=True,
                          capture_output=True, text=True).stdout.strip()
    return (f'{names[0] if names else platform.machine()}, {os.cpu_count()} cores; medians of '
            f'{options.runs} rounds; recordings on {disk}; {options.read / 1e6:g} million calls '
            'to read.')


def main():
    options = command_line.parse(20_000_000, 1_000_000)
    options.read = (1 if options.check else 5) * options.calls
    kinds = calling.OURS if options.check else calling.ALL
    name_missing(kinds)
    workshop = Workshop(options.build, options.folder)
    figures, recorders = measure(workshop, kinds, options)
    # Only a part that isn't installed is left out of the whole.
    absent = 'not measured' if options.check else 'not installed'
    text = '\n'.join([*goals.table(figures, absent), '', *recorders, '', circumstances(options)])
    print(text)
    if options.write:
        tables.write(options.write, 'price', text)
    missed = list(goals.misses(figures)) if options.check else []
    sys.exit('\n'.join(missed) if missed else 0)


main()
