#!/usr/bin/env -S python3 -B
"""The calls that omnitrace records are those that Clang's -finstrument-functions counts.

Usage: compare.py --bin DIR --clang PATH SOURCE [OPTION...]
       compare.py --bin DIR --clang PATH --recorded WORKSPACE --counted PROGRAM COUNTS

Builds SOURCE once with counting hooks and once traced (-fomni-ns=*), with the same options, runs
both, and compares the number of calls of each function, by the file and line where it is declared.
The second form compares what both have left, of programs that were built in the working directory.
What may differ follows from the five rules below, which the README lists.
"""
import argparse
import collections
import json
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile

HOOKS = pathlib.Path(__file__).resolve().parents[1] / 'support/count_calls.cc'

# What -finstrument-functions counts beside the functions of the source, by symbol. The complete and
# the base destructor may be one function with two symbols.
NOT_OF_THE_SOURCE = re.compile(
    r'D[01]Ev$'                   # entry points of a destructor that go on to another one
    r'|^_ZT[hvc]|8__invokeE'      # thunks and function pointers of lambdas, which only forward
    r'|^__cxx_|^_GLOBAL__')       # what initialises variables
SYSTEM = '/usr/'                  # which the glob * leaves out
LAMBDA = re.compile(r'(?:(.*?)::)?\(lambda [\d:]+\)')


def run(*command, **keywords):
    return subprocess.run(command, capture_output=True, text=True, check=False, **keywords)


def must(*command, **keywords):
    done = run(*command, **keywords)
    if done.returncode != 0:
        sys.exit(f'{" ".join(map(str, command))}: {done.stdout}{done.stderr}')
    return done.stdout


def full_path(file):
    return os.path.normpath(os.path.join(os.getcwd(), file))


def run_counted(options, folder):
    """What the program printed, and the program and the file of its counts."""
    program, counts = folder / 'counted', folder / 'counts'
    must(options.clang, '-std=c++20', '-g', '-c', HOOKS, '-o', folder / 'hooks.o')
    must(options.clang, '-g', '-finstrument-functions', *options.source, folder / 'hooks.o', '-o',
         program)
    done = run(program, env={'COUNTS': str(counts)})
    return (done.stdout, done.returncode), (program, counts)


def symbols_of(options, program):
    """The symbols of each function, by its offset in the program."""
    symbols = collections.defaultdict(list)
    for line in must(options.clang.parent / 'llvm-nm', '--defined-only', program).splitlines():
        address, _, name = line.split(' ', 2)
        symbols[int(address, 16)].append(name)
    return symbols


def counted(options, program, counts):
    """Calls by (file, line) as the hooks counted them."""
    rows = [row for row in struct.iter_unpack('<QQ', counts.read_bytes()) if row[1] > 0]
    symbols = symbols_of(options, program)
    answers = must(options.clang.parent / 'llvm-symbolizer', f'--obj={program}', '--no-demangle',
                   '--no-inlines', '--output-style=JSON',
                   input='\n'.join(hex(offset) for offset, _ in rows)).splitlines()
    calls = collections.Counter()
    for (offset, number), answer in zip(rows, answers, strict=True):
        symbol = json.loads(answer)['Symbol'][0]
        # The compiler's own headers ask that their functions have no debug information.
        file = full_path(symbol['StartFileName'] or f'{SYSTEM}?')
        if not all(map(NOT_OF_THE_SOURCE.search, symbols[offset])) and not file.startswith(SYSTEM):
            calls[file, symbol['StartLine']] += number
    return calls


def run_traced(options, folder):
    """What the program printed, and its workspace."""
    program, workspace = folder / 'traced', folder / 'traced.omni'
    must(options.bin / 'omni-clang++', '-g', '-fomni-ns=*', *options.source, '-o', program)
    done = run(program, env={'OMNITRACE_OUT': str(workspace)})
    return (done.stdout, done.returncode), workspace


def is_uncounted(name, names):
    """A lambda outside of all functions, in which Clang puts no hooks."""
    outside = LAMBDA.match(name)
    return outside is not None and outside[1] not in names


def recorded(options, workspace):
    """The same as `counted`, as omnitrace recorded it."""
    rows = [json.loads(line) for line in
            must(options.bin / 'omnitrace', 'stats', '--json', workspace).splitlines()]
    names = {row['name'] for row in rows}
    calls = collections.Counter()
    for row in rows:
        if not is_uncounted(row['name'], names):
            calls[full_path(row['file']), row['line']] += row['calls']
    return calls


def run_both(options, folder):
    printed, (program, counts) = run_counted(options, folder)
    traced_printed, workspace = run_traced(options, folder)
    if printed != traced_printed:
        sys.exit(f'prints {traced_printed} instead of {printed}')
    return counted(options, program, counts), recorded(options, workspace)


def compare(name, one, other):
    """The exit status."""
    wrong = [f'{file}:{line}: {one[file, line]} counted, {other[file, line]} recorded'
             for file, line in sorted(one.keys() | other.keys())
             if one[file, line] != other[file, line]]
    print(f'{name}: {sum(one.values())} calls of {len(one)} functions')
    print('\n'.join(wrong) or 'as many are recorded')
    return 1 if wrong or not one else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--bin', type=pathlib.Path, required=True)
    parser.add_argument('--clang', type=pathlib.Path, required=True)
    parser.add_argument('--recorded', type=pathlib.Path)
    parser.add_argument('--counted', type=pathlib.Path, nargs=2)
    parser.add_argument('source', nargs=argparse.REMAINDER)
    options = parser.parse_args()
    if options.recorded:
        return compare(options.recorded.stem, counted(options, *options.counted),
                       recorded(options, options.recorded))
    with tempfile.TemporaryDirectory() as folder:
        return compare(options.source[0], *run_both(options, pathlib.Path(folder)))


if __name__ == '__main__':
    sys.exit(main())
