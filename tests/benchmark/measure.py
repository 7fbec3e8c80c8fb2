"""Measures recording and reading, and prints the README's table.

  measure.py BUILD [--calls N] [--check]

Every figure is the median of three runs; memory is the peak resident size of the process. --check
fails where a bound is missed that does not depend on the machine's speed: bytes per call, lost
calls, memory.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

MEMORY_BOUND = 300  # MB, for reading a workspace of any size


def run(command, env=None, output=subprocess.DEVNULL):
    """Seconds and peak MB of a command."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=output, env={**os.environ, **(env or {})})
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f'{command}: status {status}')
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def median(command, **options):
    runs = [run(command, **options) for _ in range(3)]
    return statistics.median(run[0] for run in runs), max(run[1] for run in runs)


class Bench:
    def __init__(self, build, calls):
        self.work = tempfile.mkdtemp(prefix='omnitrace-bench.')
        self.calls = calls
        self.tool = os.path.join(build, 'bin', 'omnitrace')
        self.omni = os.path.join(build, 'bin', 'omni-clang++')
        self.workspace = os.path.join(self.work, 'calls.omni')
        self.rows = []
        self.failures = []

    def program(self, name, *options):
        path = os.path.join(self.work, name)
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'calls.cc')
        subprocess.run([self.omni, '-O2', *options, source, '-o', path], check=True)
        return path

    def record(self):
        plain = median([self.program('plain'), str(self.calls)])[0]
        program = self.program('traced', '-fomni-ns=foo')
        seconds = []
        for _ in range(3):
            if os.path.exists(self.workspace):
                os.unlink(self.workspace)
            seconds.append(run([program, str(self.calls)], {'OMNITRACE_OUT': self.workspace})[0])
        recorded = self.recorded_calls()
        size = os.path.getsize(self.workspace)
        cost = (statistics.median(seconds) - plain) / recorded * 1e9
        self.rows.append(('recording, arguments and results', f'{cost:.0f} ns a call',
                          f'{size / recorded:.1f} bytes a call'))
        if recorded < self.calls:
            self.failures.append(f'{self.calls - recorded} calls lost')

    def recorded_calls(self):
        lines = subprocess.run([self.tool, 'stats', '--json', self.workspace], check=True,
                               capture_output=True, text=True).stdout.splitlines()
        return sum(json.loads(line).get('calls', 0) for line in lines)

    def read(self, title, *command):
        seconds, memory = median([self.tool, *command, self.workspace])
        self.rows.append((title, f'{seconds:.1f} s', f'{memory:.0f} MB'))
        if memory > MEMORY_BOUND:
            self.failures.append(f'{title}: {memory:.0f} MB')

    def table(self):
        lines = [f'| {self.calls / 1e6:g} million calls | time | size or peak memory |', '|---|---|---|']
        return '\n'.join(lines + [f'| {" | ".join(row)} |' for row in self.rows])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('--calls', type=int, default=10_000_000)
    parser.add_argument('--check', action='store_true')
    options = parser.parse_args()
    bench = Bench(options.build, options.calls)
    bench.record()
    spec = os.path.join(bench.work, 'out.vg.json')
    page = os.path.join(bench.work, 'out.html')
    bench.read('`omnitrace stats`', 'stats')
    bench.read('`omnitrace verify`', 'verify')
    bench.read('`omnitrace flamegraph`', 'flamegraph', '-o', spec)
    bench.read('`omnitrace flamegraph --merge`', 'flamegraph', '--merge', '-o', spec)
    bench.read('`omnitrace flamegraph --html`', 'flamegraph', '--html', page)
    bench.read('`omnitrace tree -L 2`', 'tree', '-L', '2')
    print(bench.table())
    subprocess.run(['rm', '-rf', bench.work], check=True)
    if options.check and bench.failures:
        sys.exit('missed: ' + '; '.join(bench.failures))


main()
