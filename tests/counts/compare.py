#!/usr/bin/env python3
"""The calls that omnitrace records are those that Clang's -finstrument-functions counts.

Usage: compare.py --bin DIR --clang PATH SOURCE [OPTION...]

Builds SOURCE once with counting hooks and once traced (-fomni-ns=*), with the same options, runs
both, and compares the number of calls of each function, by the file and line where it is declared.
What may differ follows from the five rules below, which the README lists.
"""
import argparse
import collections
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

HOOKS = pathlib.Path(__file__).resolve().parents[1] / 'support/count_calls.cc'

# What -finstrument-functions counts beside the functions of the source, by symbol.
NOT_OF_THE_SOURCE = re.compile(
    r'D[01]Ev$'                   # entry points of a destructor that go on to another one
    r'|^_ZT[hvc]|8__invokeE'      # thunks and function pointers of lambdas, which only forward
    r'|^__cxx_|^_GLOBAL__')       # what initialises variables
SYSTEM = '/usr/'                  # which the glob * leaves out
LAMBDA = re.compile(r'(?:(.*)::)?\(lambda [\d:]+\)')


def run(*command, **keywords):
    return subprocess.run(command, capture_output=True, text=True, check=False, **keywords)


def must(*command, **keywords):
    done = run(*command, **keywords)
    if done.returncode != 0:
        sys.exit(f'{" ".join(map(str, command))}: {done.stdout}{done.stderr}')
    return done.stdout


def counted(options, folder):
    """Calls by (file, line) as the hooks count them, and what the program printed."""
    program, counts = folder / 'counted', folder / 'counts'
    must(options.clang, '-g', '-c', HOOKS, '-o', folder / 'hooks.o')
    must(options.clang, '-g', '-finstrument-functions', *options.options, options.source,
         folder / 'hooks.o', '-o', program)
    done = run(program, env={'COUNTS': str(counts)})
    rows = [row for row in struct.iter_unpack('<QQ', counts.read_bytes()) if row[1] > 0]
    answers = must(options.clang.parent / 'llvm-symbolizer', f'--obj={program}', '--no-demangle',
                   '--no-inlines', '--output-style=JSON',
                   input='\n'.join(hex(offset) for offset, _ in rows)).splitlines()
    calls = collections.Counter()
    for (_, number), answer in zip(rows, answers, strict=True):
        symbol = json.loads(answer)['Symbol'][0]
        if not NOT_OF_THE_SOURCE.search(symbol['FunctionName']) and \
                not symbol['StartFileName'].startswith(SYSTEM):
            calls[symbol['StartFileName'], symbol['StartLine']] += number
    return calls, (done.stdout, done.returncode)


def is_uncounted(name, names):
    """A lambda outside of all functions, in which Clang puts no hooks."""
    outside = LAMBDA.match(name)
    return outside is not None and outside[1] not in names


def traced(options, folder):
    """The same as omnitrace records it."""
    program, workspace = folder / 'traced', folder / 'traced.omni'
    must(options.bin / 'omni-clang++', '-g', '-fomni-ns=*', *options.options, options.source, '-o',
         program)
    done = run(program, env={'OMNITRACE_OUT': str(workspace)})
    calls = collections.Counter()
    rows = [json.loads(line) for line in
            must(options.bin / 'omnitrace', 'stats', '--json', workspace).splitlines()]
    names = {row['name'] for row in rows}
    for row in rows:
        if not is_uncounted(row['name'], names):
            calls[row['file'], row['line']] += row['calls']
    return calls, (done.stdout, done.returncode)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--bin', type=pathlib.Path, required=True)
    parser.add_argument('--clang', type=pathlib.Path, required=True)
    parser.add_argument('source', type=pathlib.Path)
    parser.add_argument('options', nargs=argparse.REMAINDER)
    options = parser.parse_args()
    options.source = options.source.resolve()  # as it is in the workspace
    with tempfile.TemporaryDirectory() as folder:
        one, printed = counted(options, pathlib.Path(folder))
        other, traced_printed = traced(options, pathlib.Path(folder))
    if printed != traced_printed:
        sys.exit(f'prints {traced_printed} instead of {printed}')
    wrong = [f'{file}:{line}: {one[file, line]} counted, {other[file, line]} recorded'
             for file, line in sorted(one.keys() | other.keys())
             if one[file, line] != other[file, line]]
    print(f'{options.source.name}: {sum(one.values())} calls of {len(one)} functions')
    print('\n'.join(wrong) or 'as many are recorded')
    return 1 if wrong or not one else 0


if __name__ == '__main__':
    sys.exit(main())
