"""What tracing all of nlohmann_json costs the compiler and the object, in the JSON sample."""
import os
import statistics
import subprocess

from programs import FOLDER

SOURCE = os.path.join(FOLDER, '..', '..', 'samples', 'json_tool', 'json_tool.cc')
WAYS = {
    'plain': [],
    'traced': ['-fomni-ns=nlohmann'],
    'in standby': ['-fomni-ns=nlohmann', '-fomni-start=standby'],
}


def compile_once(workshop, level, options):
    """Seconds of processor time, and the bytes of the object."""
    path = workshop.path('json_tool.o')
    command = [workshop.compiler, '-std=c++17', level, '-c', *options, SOURCE, '-o', path]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f'json_tool.cc: status {status}')
    return usage.ru_utime + usage.ru_stime, os.path.getsize(path)


def table(workshop, levels, runs):
    lines = [f'| `json_tool.cc` | {" | ".join(WAYS)} |', '|---' * (1 + len(WAYS)) + '|']
    for level in levels:
        done = {way: [] for way in WAYS}
        for _ in range(runs):
            for way, options in WAYS.items():
                done[way].append(compile_once(workshop, level, options))
        seconds = [statistics.median(run[0] for run in done[way]) for way in WAYS]
        sizes = [done[way][0][1] / 1e6 for way in WAYS]
        for title, figures in (('seconds', seconds), ('MB of object', sizes)):
            lines.append(f'| {level}: {title} | {" | ".join(f"{one:.1f}" for one in figures)} |')
    return lines
