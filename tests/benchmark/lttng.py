"""LTTng-UST: tracepoints by hand at each entry and return, in a session with default settings."""
import os
import re
import shutil
import subprocess
import time

from programs import Recorder, Run, nanoseconds

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


class Lttng(Recorder):
    title = 'LTTng-UST'
    missing = ('' if shutil.which('lttng-sessiond') and os.path.exists(HEADER) else
               'apt-get install lttng-tools liblttng-ust-dev')

    def __init__(self, workshop):
        self.program = workshop.program('tracepoints', '-llttng-ust', '-ldl',
                                        functions='tracepoints.cc')
        self.output = workshop.path('lttng')
        self.daemon = Daemon()

    def run(self, row, calls):
        shutil.rmtree(self.output, ignore_errors=True)
        lttng('create', SESSION, '--output=' + self.output)
        try:
            lttng('enable-event', '--userspace', 'foo:*', '--session', SESSION)
            lttng('start', SESSION)
            took = nanoseconds([self.program], row, calls)
            lttng('stop', SESSION)
            discarded = re.search(r'Discarded events: *(\d+)', lttng('list', SESSION).stdout)
        finally:
            lttng('destroy', SESSION)
        lost = int(discarded.group(1)) / (2 * calls)
        return Run(took, self.size() / calls / (1 - lost), lost)

    def size(self):
        return sum(os.path.getsize(os.path.join(folder, file))
                   for folder, _, files in os.walk(self.output) for file in files
                   if file.startswith('channel'))

    def close(self):
        self.daemon.close()
