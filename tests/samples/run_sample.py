#!/usr/bin/env python3
"""Runs a sample and compares it with the comments in its source.

    // Runs: ARGUMENTS     starts a run; without any there is one run without arguments
    // Prints: LINE        of its standard output
    // Traces: LINE        of `omnitrace tree --stable` afterwards

A copy of what was recorded must have the same calls (tests/support/check_copy.sh).

Usage: run_sample.py SOURCE PROGRAM OMNITRACE
"""
import dataclasses
import difflib
import os
import pathlib
import re
import subprocess
import sys
import tempfile

CHECK_COPY = pathlib.Path(__file__).resolve().parents[1] / 'support/check_copy.sh'
COMMENT = re.compile(r'\s*// (Runs|Prints|Traces):(?: (.*))?')


@dataclasses.dataclass
class Run:
    arguments: str = ''
    prints: list = dataclasses.field(default_factory=list)
    traces: list = dataclasses.field(default_factory=list)


def runs_of(source):
    runs = []
    for line in source.read_text().splitlines():
        comment = COMMENT.fullmatch(line)
        if not comment:
            continue
        kind, text = comment[1], comment[2] or ''
        if kind == 'Runs' or not runs:
            runs.append(Run(text if kind == 'Runs' else ''))
        if kind != 'Runs':
            (runs[-1].prints if kind == 'Prints' else runs[-1].traces).append(text)
    return runs


def output_of(command, **options):
    return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE,
                          **options).stdout.splitlines()


def differences(what, expected, actual):
    return list(difflib.unified_diff(expected, actual, f'expected {what}', f'actual {what}',
                                     lineterm=''))


def check(run, source, program, omnitrace):
    with tempfile.TemporaryDirectory() as folder:
        workspace = os.path.join(folder, 'sample.omni')
        printed = output_of(f'{program} {run.arguments}', shell=True, cwd=source.parent,
                            env=os.environ | {'OMNITRACE_OUT': workspace})
        traced = output_of([omnitrace, 'tree', '--stable', workspace])
        output_of([CHECK_COPY, os.path.dirname(omnitrace), workspace])
    return (differences('output', run.prints, printed) +
            (differences('trace', run.traces, traced) if run.traces else []))


def main(source, program, omnitrace):
    source = pathlib.Path(source)
    runs = runs_of(source)
    if not any(run.prints for run in runs):
        sys.exit(f'{source}: no "// Prints:" line, so nothing to compare')
    wrong = [line for run in runs for line in check(run, source, program, omnitrace)]
    print('\n'.join(wrong) or f'{source.name}: {len(runs)} as expected')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
