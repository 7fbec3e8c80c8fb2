#!/usr/bin/env -S python3 -B
"""Records a program at full rate, in several ways: the file stays within its bounds, no call is
lost without being counted, and the program's memory, mappings and descriptors don't grow.

  soak.py BUILD [--seconds N] [--threads N] [--folder FOLDER] [--clang PATH]

The seconds (default 6) are shared by the ways; each also makes some calls at least, so that it
reaches its limits on a slow machine, too. The file is in FOLDER (default: where temporary files
go).
"""
import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

import checks
import recording
import watch

HERE = os.path.dirname(os.path.abspath(__file__))
SIZE = 256 << 20
SMALL = 8 << 20  # less than the rings of 8 threads take
# While one thread finds the file full, others begin, and can have no window.
FULL = ('size', 'window')


@dataclass(frozen=True)
class Way:
    limits: str
    reasons: tuple  # why calls are left out; the first one is sure to occur
    least: int = 0  # calls that reach the limits
    share: int = 1  # of the time

    def keeps_last(self):
        return self.limits.startswith('keep=last')

    def most_bytes(self, threads, ever):
        if 'size=' not in self.limits:
            return checks.most_bytes_of_rings(threads, ever)
        return SMALL if self.keeps_last() else SIZE


# Of 18 bytes a call.
WAYS = (
    Way('keep=last', (), 2_000_000, 4),
    Way('keep=last,size=8M', (), 2_000_000),
    Way('size=256M', FULL, 20_000_000),
    Way('calls=100000,depth=100,size=256M', ('calls', 'depth', *FULL)),
    Way('roots=1/100,size=256M', ('roots', *FULL)),
    Way('min=50us,size=256M', ('min', *FULL)),
    Way('rate=256K,size=256M', ('rate', *FULL), 2_000_000),
)


def soak(way, program, tool, options, results):
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        workspace = f'{folder}/soak.omni'
        seconds = options.seconds * way.share / sum(each.share for each in WAYS)
        run = watch.run([program, str(options.threads), str(seconds), str(way.least)], workspace,
                        OMNITRACE_LIMITS=way.limits)
        checks.check_program(run, results)
        recorded = recording.Recording(tool, workspace)
        print(summary(way, run, recorded), flush=True)
        recorded.verify()
        if way.keeps_last():
            checks.check_ring(run, recorded)
        else:
            checks.check_limited(run, way.reasons, recorded)
        checks.check_functions(run, recorded)
        most_bytes = way.most_bytes(options.threads, len(run.threads))
        checks.check_resources(run, most_bytes, options.threads)


def summary(way, run, recorded):
    total, dropped = run.total(), sum(recorded.dropped.values())
    memory = f'{run.warm.memory:,} to {run.most.memory:,} KB' if run.looks else 'not seen'
    return (f'{way.limits}: {run.seconds:.1f} s, {len(run.threads):,} threads, {total:,} calls '
            f'({total / run.seconds / 1e6:.1f} M/s), {recorded.calls:,} recorded, {dropped:,} '
            f'dropped, file {run.most_bytes / 1e6:.1f} MB, memory {memory}, {run.looks:,} looks')


def build(compiler, program, *options):
    subprocess.run([compiler, '-std=c++20', '-O2', '-pthread', *options, f'{HERE}/soak.cc',
                    f'{HERE}/work.cc', '-o', program], check=True)
    return program


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument('build', type=os.path.abspath)
    parser.add_argument('--seconds', type=float, default=6)
    parser.add_argument('--threads', type=int, default=8)
    parser.add_argument('--folder')
    parser.add_argument('--clang', default='clang++-19')
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        traced = build(f'{options.build}/bin/omni-clang++', f'{folder}/traced', '-fomni-ns=foo')
        plain = build(options.clang, f'{folder}/plain')
        results = watch.run([plain, str(options.threads), '0', '0'], f'{folder}/none').results
        for way in WAYS:
            try:
                soak(way, traced, f'{options.build}/bin/omnitrace', options, results)
            except (checks.Failed, recording.Unreadable) as failure:
                print(f'{way.limits}: FAILED: {failure}', flush=True)
                failed = True
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
