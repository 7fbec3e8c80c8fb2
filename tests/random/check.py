#!/usr/bin/env -S python3 -B
"""Random programs behave traced as they do plain, and are recorded as they tell themselves.

Usage: check.py [--seeds FIRST..LAST | --count N [--seed FIRST]] --bin DIR [--clang PATH]
                [--size N] [--jobs N] [--keep DIR]

DIR holds omni-clang++ and omnitrace. Without a seed the first one is random. Every program is
built with and without optimization, plain and traced; output, exit status and the calls that the
program itself tells of have to agree, and Clang's own instrument has to count as many calls. The
folder of a failing program is kept.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import program
import trees
from variants import Failed, Program, variants_of

PARTS = ('standard output', 'standard error', 'exit status', 'told calls')


def same_run(name, plain, traced):
    for part, one, other in zip(PARTS, plain, traced):
        if one != other:
            shown = (f': {one}, {other}' if part != 'told calls' else '')[:2000]
            raise Failed(f'{name}: {part} is another than that of the plain program{shown}')


def check_variant(built, variant, plain, implicit):
    """The number of calls."""
    mode = {'standby': 'record'}.get(variant.tracing)
    run, workspace = built.run(variant, mode)
    same_run(variant.name(), plain, run)
    told = trees.Told(workspace.with_suffix('.told')).calls()
    if not told:
        raise Failed(f'{variant.name()}: the program tells of no calls')
    built.ask('verify', workspace)
    difference = trees.difference(told, built.recorded(workspace, implicit))
    if difference:
        raise Failed(f'{variant.name()}: {difference}')
    if variant.tracing == 'standby':
        run, workspace = built.run(variant, 'standby')
        same_run(f'{variant.name()} in standby', plain, run)
        if workspace.exists() and built.recorded(workspace, implicit):
            raise Failed(f'{variant.name()}: records in standby')
    return trees.count(told)


def check_program(seed, folder, options):
    """The numbers of its lines and calls."""
    text = program.generate(seed, options.size)
    (folder / 'program.cc').write_text(text)
    implicit = {line.split()[-1] for line in text.splitlines() if line.startswith('// implicit: ')}
    compilers = {'plain': options.clang, 'traced': options.bin / 'omni-clang++'}
    built = Program(folder, compilers, options.bin / 'omnitrace', options.jobs)
    variants = variants_of(seed)
    built.build(variants)
    plain = {each.level: built.run(each)[0] for each in variants if each.tracing == 'plain'}
    calls = [check_variant(built, each, plain[each.level], implicit) for each in variants
             if each.is_traced()]
    *_, everything, counted = variants
    built.check_counts(counted, folder / f'{everything.name()}.omni')
    return len(text.splitlines()), max(calls)


def check_seed(seed, options):
    start = time.monotonic()
    folder = options.keep / f'seed{seed}'
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        lines, calls = check_program(seed, folder, options)
    except (Failed, subprocess.TimeoutExpired) as failure:
        print(f'seed {seed}: FAILED: {failure}\n  repeat: {sys.argv[0]} --seeds {seed}..{seed} '
              f'--size {options.size} --bin {options.bin} --clang {options.clang}\n'
              f'  kept: {folder}', flush=True)
        return False
    seconds = time.monotonic() - start
    print(f'seed {seed}: {lines} lines, {calls} calls, {seconds:.1f} s', flush=True)
    shutil.rmtree(folder)
    return True


def seeds_of(options):
    if options.seeds:
        first, last = options.seeds.split('..')
        return range(int(first), int(last) + 1)
    first = options.seed if options.seed is not None else int.from_bytes(os.urandom(4), 'big')
    return range(first, first + options.count)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split('Usage: ')[1])
    parser.add_argument('--seeds')
    parser.add_argument('--count', type=int, default=1)
    parser.add_argument('--seed', type=int)
    parser.add_argument('--size', type=int, default=1)
    parser.add_argument('--jobs', type=int, default=2)
    parser.add_argument('--bin', type=pathlib.Path, required=True)
    parser.add_argument('--clang', default='clang++-19')
    parser.add_argument('--keep', type=pathlib.Path)
    options = parser.parse_args()
    options.keep = options.keep or pathlib.Path(tempfile.mkdtemp(prefix='omnitrace_random.'))
    seeds = seeds_of(options)
    print(f'seeds {seeds[0]}..{seeds[-1]}', flush=True)
    failed = [seed for seed in seeds if not check_seed(seed, options)]
    print(f'{len(seeds) - len(failed)} of {len(seeds)} programs passed')
    if not failed:
        options.keep.rmdir()
        return 0
    return 1


if __name__ == '__main__':
    sys.exit(main())
