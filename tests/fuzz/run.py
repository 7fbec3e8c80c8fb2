#!/usr/bin/env python3
"""Runs one fuzzer for a while, from its corpus in the build folder, which grows.

  run.py BUILD NAME [--time SECONDS] [--seed N]
      prints what libFuzzer says, and at the end executions, coverage and memory in one line; fails
      when the fuzzer does, and then says which input did it
  run.py BUILD NAME --input FILE
      runs that input alone
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
import time

import seeds

HERE = os.path.dirname(os.path.abspath(__file__))
# The longest input in bytes; a single one may take a second and 10 on a loaded machine.
LONGEST = {'reader': 32768, 'live': 32768, 'values': 1024, 'values_libcxx': 1024, 'where': 512,
           'options': 512, 'rules': 1024}
MOST_SECONDS = 10
MOST_MEGABYTES = 2048
# Comes by the thousand.
NOISE = re.compile(r'\tNEW_FUNC|"|#####|\S+: good: ')


def environment(build, workspaces):
    return {**os.environ,
            'ASAN_OPTIONS': 'detect_container_overflow=0:quarantine_size_mb=32',
            'UBSAN_OPTIONS': 'print_stacktrace=1',
            'ASAN_SYMBOLIZER_PATH': '/usr/lib/llvm-19/bin/llvm-symbolizer',
            'FUZZ_OMNITRACE': f'{build}/bin/omnitrace',
            'OMNITRACE_OUT': f'{workspaces}/',
            # Everything is looked at again, however often.
            'OMNITRACE_LIMITS': 'changed=1000000000'}


def command(args, folder):
    line = [f'{folder}/programs/{args.name}', f'-timeout={MOST_SECONDS}',
            f'-rss_limit_mb={MOST_MEGABYTES}']
    if args.input:
        return line + [args.input]
    os.makedirs(f'{folder}/failures', exist_ok=True)
    line += [f'-max_total_time={args.time}', '-print_final_stats=1',
             f'-max_len={LONGEST[args.name]}', f'-artifact_prefix={folder}/failures/{args.name}-']
    if args.seed:
        line.append(f'-seed={args.seed}')
    dictionary = f'{HERE}/{args.name}.dict'
    if os.path.exists(dictionary):
        line.append(f'-dict={dictionary}')
    return line + [seeds.corpus(args.name, args.build, f'{folder}/corpus/{args.name}')]


def last(pattern, text):
    found = re.findall(pattern, text)
    return found[-1] if found else '?'


def summary(name, output, seconds):
    executions = last(r'number_of_executed_units: (\d+)', output)
    speed = last(r'average_exec_per_sec:\s+(\d+)', output)
    counters = last(r'\((\d+) inline 8-bit counters\)', output)
    seed, edges = last(r'Seed: (\d+)', output), last(r'cov: (\d+)', output)
    inputs, memory = last(r'corp: (\d+)', output), last(r'peak_rss_mb:\s+(\d+)', output)
    return (f'fuzz {name}: seed {seed}, {executions} executions in {seconds:.0f} s ({speed}/s), '
            f'{edges} of {counters} edges, {inputs} inputs, peak {memory} MB')


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('build', type=os.path.abspath)
    parser.add_argument('name', choices=sorted(LONGEST))
    parser.add_argument('--time', type=int, default=60)
    parser.add_argument('--seed', type=int)
    parser.add_argument('--input')
    args = parser.parse_args()
    folder = f'{args.build}/tests/fuzz'
    with tempfile.TemporaryDirectory() as workspaces:
        line = command(args, folder)
        start = time.monotonic()
        with subprocess.Popen(line, env=environment(args.build, workspaces), errors='replace',
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            output = [text for text in process.stdout if not NOISE.match(text)]
    text = ''.join(output)
    print(''.join(output[:8] + ['...\n'] + output[-8:] if process.returncode == 0 else
                  [line for line in output if not re.match(r'#\d+\s+(NEW|REDUCE)', line)]), end='')
    if not args.input:
        print(summary(args.name, text, time.monotonic() - start))
    if process.returncode != 0:
        bad = args.input or last(r'Test unit written to (.*)', text)
        print(f'FAILED: run.py {args.build} {args.name} --input {bad}')
    return process.returncode != 0


if __name__ == '__main__':
    sys.exit(main())
