"""What tracing all of nlohmann_json costs the compiler and the object, in the JSON sample."""
import os
import statistics
import subprocess
from dataclasses import dataclass

import processes
import tables
from goals import Figure
from programs import FOLDER

SOURCE = os.path.normpath(os.path.join(FOLDER, '..', '..', 'samples', 'json_tool', 'json_tool.cc'))
WAYS = {
    'plain': [],
    'traced': ['-fomni-ns=nlohmann'],
    'in standby': ['-fomni-ns=nlohmann', '-fomni-start=standby'],
}
# Of a compilation, what the plugin works in: the front end, with the making of LLVM's code and
# the plugin's pass over it, which also runs at -O0. -fsyntax-only would not do, as the plugin does
# nothing where no code is made; -ftime-trace knows no processor time, which others disturb less.
FRONT_END = ('-O0', '-emit-llvm')


@dataclass(frozen=True)
class Compiled:
    seconds: float
    size: int
    text: int


def compile_once(workshop, options):
    path = workshop.path('json_tool.o')
    took = processes.run([workshop.compiler, '-std=c++17', '-c', *options, SOURCE, '-o', path])
    return took.seconds, path


def compile_object(workshop, level, options):
    seconds, path = compile_once(workshop, [level, *options])
    shown = subprocess.run(['size', path], check=True, capture_output=True, text=True).stdout
    return Compiled(seconds, os.path.getsize(path), int(shown.splitlines()[1].split()[0]))


def rounds(workshop, level, runs):
    done = {way: [] for way in WAYS}
    for _ in range(runs):
        for way, options in WAYS.items():
            tables.progress(f'compiling: {way}, {level}')
            done[way].append(compile_object(workshop, level, options))
    return done


def table(workshop, levels, runs):
    rows = []
    for level in levels:
        done = rounds(workshop, level, runs)
        seconds = [statistics.median(one.seconds for one in done[way]) for way in WAYS]
        sizes = [done[way][0].size / 1e6 for way in WAYS]
        for title, figures in (('seconds', seconds), ('MB of object', sizes)):
            rows.append([f'{level}: {title}', *(f'{one:.1f}' for one in figures)])
    return tables.lines(['`json_tool.cc`', *WAYS], rows)


def over_plain(done, way, measure, form):
    runs = [[measure(one) for one in done[name]] for name in (way, 'plain')]
    value = statistics.median(one / plain for one, plain in zip(*runs))
    return Figure(value, ' against '.join(form.format(statistics.median(figures))
                                          for figures in runs))


def plugin(workshop, runs):
    tables.progress('compiling: the front end')
    seconds = [[compile_once(workshop, [*FRONT_END, *WAYS[way]])[0] for way in ('plain', 'traced')]
               for _ in range(runs)]
    value = statistics.median(traced / plain for plain, traced in seconds) - 1
    plain, traced = (statistics.median(figures) for figures in zip(*seconds))
    return Figure(value, f'{traced:.2f} s against {plain:.2f} s')


def figures(workshop, runs):
    done = rounds(workshop, '-O2', runs)
    found = {'plugin': plugin(workshop, runs)}
    for name, way in (('record', 'traced'), ('standby', 'in standby')):
        found[name + ' compile'] = over_plain(done, way, lambda one: one.seconds, '{:.1f} s')
        found[name + ' text'] = over_plain(done, way, lambda one: one.text / 1e3, '{:.0f} kB')
    return found
