"""LTTng-UST: tracepoints by hand at each entry and return, in a session with default settings."""
import contextlib
import os
import re
import shutil
import subprocess
import time
from dataclasses import replace

from programs import Recorder

SESSION = f'omnitrace-cost-{os.getpid()}'
HEADER = '/usr/include/x86_64-linux-gnu/lttng/tracepoint.h'
STARTUP_SECONDS = 30


def lttng(*words, check=True):
    return subprocess.run(['lttng', *words], check=check, capture_output=True, text=True)


class Daemon:
    """The session daemon that runs already, or one for the time of the measurement."""

    def __init__(self):
        self.process = None
        if lttng('list', check=False).returncode == 0:
            return
        self.process = subprocess.Popen(['lttng-sessiond', '--no-kernel'],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + STARTUP_SECONDS
        while lttng('list', check=False).returncode != 0:
            if time.monotonic() > until or self.process.poll() is not None:
                self.close()
                raise SystemExit('lttng-sessiond does not start')
            time.sleep(0.1)

    def close(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


class LttngOff(Recorder):
    title = 'LTTng-UST, without a session'
    missing = ('' if shutil.which('lttng-sessiond') and os.path.exists(HEADER) else
               'apt-get install lttng-tools liblttng-ust-dev')
    share = 5

    def __init__(self, workshop):
        super().__init__(workshop.program('tracepoints', '-llttng-ust', '-ldl',
                                          sources=('tracepoints.cc', 'repeat.cc')))


class Lttng(LttngOff):
    title = 'LTTng-UST'
    captures = 'arguments and result, by tracepoints that name them'
    share = 0.1

    def __init__(self, workshop):
        super().__init__(workshop)
        self.output = workshop.path('lttng')
        self.daemon = Daemon()
        self.discarded = 0

    def clear(self):
        shutil.rmtree(self.output, ignore_errors=True)

    @contextlib.contextmanager
    def session(self):
        self.clear()
        lttng('create', SESSION, '--output=' + self.output)
        try:
            lttng('enable-event', '--userspace', 'foo:*', '--session', SESSION)
            lttng('start', SESSION)
            yield
        finally:
            lttng('destroy', SESSION)

    def run(self, row, calls, threads=1):
        with self.session():
            took = super().run(row, calls, threads)
            lttng('stop', SESSION)
            discarded = re.search(r'Discarded events: *(\d+)', lttng('list', SESSION).stdout)
        lost = int(discarded[1]) / (2 * calls * threads)
        self.discarded = lost
        return replace(took, size=self.size() / calls / threads / (1 - lost), lost=lost)

    def size(self):
        return sum(os.path.getsize(os.path.join(folder, file))
                   for folder, _, files in os.walk(self.output) for file in files
                   if file.startswith('channel'))

    def lost(self, row, calls):
        return self.discarded

    def instructions(self, row):
        with self.session():
            return super().instructions(row)

    def close(self):
        self.daemon.close()
