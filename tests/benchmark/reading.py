"""Reading a recording of many calls: small functions, in a tree as deep as work usually is."""
import os
import re
import statistics
import subprocess
import time

import processes
import tables
from goals import Figure
from recording import calls_in

LINES = 25  # a terminal's
COMMANDS = {'stats': ('stats',), 'verify': ('verify',),
            'merge': ('flamegraph', '--merge', '-o', os.devnull)}


def calls_made(asked):
    """See calls.cc: ten calls an item, and one more for every thousand items."""
    items = asked // 10
    return 10 * items + -(-items // 1000)


class Recording:
    def __init__(self, workshop, asked):
        self.tool = workshop.tool
        self.workspace = workshop.path('calls.omni')
        self.page = workshop.path('calls.html')
        self.calls = calls_made(asked)
        tables.progress('recording the calls to read')
        program = workshop.program('calls', '-fomni-ns=foo', sources=('calls.cc',))
        processes.run([program, str(asked)], {'OMNITRACE_OUT': self.workspace})
        self.memory = 0

    def seconds(self, *command, before=()):
        tables.progress(f'reading: {" ".join((*before, *command[:2]))}')
        start = time.perf_counter()
        took = processes.run([*before, self.tool, *command, self.workspace])
        self.memory = max(self.memory, took.megabytes)
        return time.perf_counter() - start

    def millions(self, command, before, runs):
        """Calls a second."""
        seconds = statistics.median(self.seconds(*command, before=before) for _ in range(runs))
        return Figure(self.calls / seconds / 1e6, f'{seconds:.1f} s')

    def first_lines(self, command):
        start = time.perf_counter()
        reader = subprocess.Popen([self.tool, command, self.workspace], stdout=subprocess.PIPE)
        lines = [reader.stdout.readline() for _ in range(LINES)]
        seconds = time.perf_counter() - start
        reader.stdout.close()
        reader.wait()
        if not lines[-1]:
            raise SystemExit(f'{command}: fewer than {LINES} lines')
        return Figure(seconds)

    def html(self, runs):
        seconds = statistics.median(self.seconds('flamegraph', '--html', self.page)
                                    for _ in range(runs))
        return {'html': Figure(seconds), 'page': Figure(os.path.getsize(self.page) / 1e6)}

    def in_browser(self, folder):
        """The page in Chromium. `folder` is that of the browser tests, and has what they install."""
        tables.progress('reading: the page')
        shown = subprocess.run(['node', 'speed_test.mjs', self.page.removesuffix('.html')],
                               cwd=folder, capture_output=True, text=True).stdout
        found = re.search(r'first paint of (\d+) boxes: (\d+) ms; one zoom: (\d+) ms', shown)
        if not found:
            raise SystemExit(f'{self.page}: not drawn\n{shown}')
        boxes, paint, zoom = map(int, found.groups())
        return {'paint': Figure(paint / 1000, f'{boxes} boxes'), 'zoom': Figure(zoom / 1000)}


def figures(workshop, asked, runs):
    recording = Recording(workshop, asked)
    found = recording.html(runs)
    browser = os.path.join(workshop.build, 'tests', 'browser', 'run')
    if os.path.isdir(os.path.join(browser, 'node_modules')):
        found |= recording.in_browser(browser)
    for name, command in COMMANDS.items():
        found[name] = recording.millions(command, ('taskset', '-c', '0'), runs)
        found[name + ' both'] = recording.millions(command, (), runs)
    for command in ('tree', 'calls'):
        found[command] = recording.first_lines(command)
    size = os.path.getsize(recording.workspace) / 1e6
    found['memory'] = Figure(recording.memory)
    found['missed'] = Figure(recording.calls - calls_in(recording.tool, recording.workspace),
                             f'of {recording.calls:,}; {size:.0f} MB')
    return found
