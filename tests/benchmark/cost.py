"""Measures what values cost a recorded call, beside uftrace and LTTng, and what tracing costs the
compiler; prints the README's tables, or writes them there.

  cost.py BUILD [--calls N] [--runs N] [--write README]
  cost.py BUILD --check      once, quickly, without the others: fails when a recording is wrong

Figures are medians. A program measures its own loop, and the plain build's is taken off.
"""
import sys

import command_line
import compiling
import counting
import tables
from lttng import Lttng
from programs import Plain, Workshop, median, name_missing
from recording import Omnitrace
from rows import ROWS
from uftrace import Uftrace, UftraceWithoutLibraries

RECORDERS = (Omnitrace, Uftrace, UftraceWithoutLibraries, Lttng)


def cell(runs, plain):
    if None in runs:
        return '–'
    text = f'{max(0, median(runs, "nanoseconds") - plain):.0f} ns, {median(runs, "size"):.0f} B'
    lost = max(run.lost for run in runs)
    return f'{text}, {lost:.0%} lost' if lost >= 0.005 else text


def measure_row(row, recorders, options):
    """The cells of the recorders, which take turns, so that all meet the same machine."""
    done = {recorder: [] for recorder in recorders if not recorder.missing}
    for _ in range(options.runs):
        for recorder, runs in done.items():
            runs.append(recorder.run(row, options.calls))
    plain = median(done[recorders[0]], 'nanoseconds')
    return [cell(done[recorder], plain) if recorder in done else 'not installed'
            for recorder in recorders[1:]]


def instructions(row, plain, traced):
    if counting.MISSING:
        return 'not installed'
    return f'{traced.instructions(row) - plain.instructions(row):.0f}'


def values(workshop, kinds, options):
    """The table's lines, and what is wrong with omnitrace's recordings."""
    recorders = [Plain(workshop)] + [kind if kind.missing else kind(workshop) for kind in kinds]
    titles = ['a call with', kinds[0].title, 'its instructions',
              *(kind.title for kind in kinds[1:])]
    rows, problems = [], []
    try:
        for row in ROWS:
            tables.progress(row.title)
            cells = measure_row(row, recorders, options)
            if options.check:
                problems += recorders[1].problems(row, options.calls)
            cells.insert(1, instructions(row, *recorders[:2]))
            rows.append([row.title, *cells])
    finally:
        for recorder in recorders:
            if not recorder.missing:
                recorder.close()
    tables.progress('')
    return tables.lines(titles, rows), problems


def main():
    options = command_line.parse(500_000, 10_000, on_disk=False)
    workshop = Workshop(options.build)
    kinds = RECORDERS[:1] if options.check else RECORDERS
    name_missing(kinds)
    lines, problems = values(workshop, kinds, options)
    levels = ['-O0'] if options.check else ['-O0', '-O2']
    text = '\n'.join([*lines, '', *compiling.table(workshop, levels, options.runs)])
    print(text)
    if options.write:
        tables.write(options.write, 'cost', text)
    if problems:
        sys.exit('\n'.join(problems))


main()
