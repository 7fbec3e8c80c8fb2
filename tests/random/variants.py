"""Builds of one program and their runs."""
import concurrent.futures
import dataclasses
import os
import pathlib
import subprocess

import trees

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parent
SECONDS = 120  # for a command: a program that does not end is a failure


class Failed(Exception):
    pass


@dataclasses.dataclass
class Variant:
    level: str
    tracing: str  # plain, record, standby, everything; counted: by Clang's own instrument

    def name(self):
        return self.tracing + self.level

    def options(self):
        return {'plain': [], 'record': ['-fomni-ns=foo'],
                'standby': ['-fomni-ns=foo', '-fomni-start=standby'],
                'everything': ['-fomni-ns=*'],
                'counted': ['-g', '-finstrument-functions', str(TESTS / 'support/count_calls.cc')],
                }[self.tracing]

    def is_traced(self):
        return self.tracing not in ('plain', 'counted')


def variants_of(seed):
    """All that are compared; everything is traced and counted at one level, for the time's sake."""
    return [Variant(level, tracing) for level in ('-O0', '-O2')
            for tracing in ('plain', 'record', 'standby')] + [
                Variant(('-O0', '-O2')[seed % 2], tracing) for tracing in ('everything', 'counted')]


class Program:
    """In a folder with program.cc."""

    def __init__(self, folder, compilers, omnitrace, jobs):
        self.folder, self.compilers, self.omnitrace = folder, compilers, omnitrace
        self.jobs = jobs

    def command(self, variant):
        compiler = self.compilers['traced' if variant.is_traced() else 'plain']
        return [compiler, '-std=c++17', '-w', variant.level, *variant.options(), f'-I{HERE}',
                str(self.folder / 'program.cc'), '-o', str(self.folder / variant.name())]

    def build(self, variants):
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for variant, done in zip(variants, pool.map(self.build_one, variants)):
                if done.returncode != 0:
                    raise Failed(f'{variant.name()} does not compile: {done.stdout[:2000]}')

    def build_one(self, variant):
        return subprocess.run(self.command(variant), stdout=subprocess.PIPE, timeout=SECONDS,
                              stderr=subprocess.STDOUT, text=True)

    def run(self, variant, mode=None):
        """What it prints, how it ends and what it tells of its calls; and the recording."""
        name = variant.name() + (f'.{mode}' if mode else '')
        told, workspace = self.folder / f'{name}.told', self.folder / f'{name}.omni'
        environment = os.environ | {'CHECK_OUT': str(told), 'OMNITRACE_OUT': str(workspace),
                                    'COUNTS': str(self.folder / f'{name}.counts')}
        if mode:
            environment['OMNITRACE_MODE'] = mode
        done = subprocess.run([self.folder / variant.name()], capture_output=True, timeout=SECONDS,
                              env=environment)
        if not told.exists():
            raise Failed(f'{name}: ended before it told of its calls: {done}')
        return (done.stdout, done.stderr, done.returncode, told.read_bytes()), workspace

    def ask(self, *arguments):
        done = subprocess.run([self.omnitrace, *arguments], capture_output=True, text=True,
                              timeout=SECONDS)
        if done.returncode != 0:
            raise Failed(f'omnitrace {" ".join(map(str, arguments))}: {done.stdout}{done.stderr}')
        return done.stdout

    def check_counts(self, counted, workspace):
        self.run(counted)
        program = self.folder / counted.name()
        compare = [TESTS / 'counts/compare.py', '--bin', self.omnitrace.parent, '--clang',
                   self.compilers['plain'], '--recorded', workspace, '--counted', program,
                   program.with_suffix('.counts')]
        done = subprocess.run(compare, capture_output=True, text=True, timeout=SECONDS)
        if done.returncode != 0:
            raise Failed(f'{counted.name()}: {done.stdout[:2000]}{done.stderr}')

    def recorded(self, workspace, implicit):
        lines = self.ask('calls', '--json', '--ns=foo', workspace).splitlines()
        return trees.recorded(lines, implicit)
