"""How soon a function that a loop calls which never returns is recorded when it is turned on, and
no longer when it is off, as the times of the recorded calls say."""
import json
import os
import subprocess
import time

from observing import Emitter, Process, build_emitter

FUNCTION = 'shop::step'
BUILDS = {'standby': '-fomni-start=standby', 'record': '-fomni-start=record'}


def shown(workshop, *command):
    return subprocess.run([workshop.tool, *command], check=True, capture_output=True,
                          text=True).stdout


class Spinner(Process):
    def __init__(self, workshop, build, limits):
        self.workshop = workshop
        self.workspace = workshop.path('spinner.omni')
        if os.path.exists(self.workspace):
            os.unlink(self.workspace)
        program = build_emitter(workshop, f'spinner {build}', BUILDS[build])
        super().__init__([program, '0', '0', '0', '1'],
                         environment={'OMNITRACE_OUT': self.workspace, 'OMNITRACE_MODE': 'standby',
                                      'OMNITRACE_LIMITS': limits})
        self.line()

    def switch(self, command):
        """When that began."""
        start = time.time()
        shown(self.workshop, command, '-p', str(self.pid), FUNCTION)
        return start

    def times(self):
        """Of the first and last recorded calls."""
        begin = json.loads(shown(self.workshop, 'info', '--json', self.workspace))['start'] / 1e9
        calls = shown(self.workshop, 'calls', '--json', '--name', FUNCTION, self.workspace)
        starts = [json.loads(line)['start'] / 1e9 for line in calls.splitlines()]
        return begin + min(starts), begin + max(starts)


def enabling(workshop, build):
    """Milliseconds from the start of the tool to the first call."""
    spinner = Spinner(workshop, build, 'calls=100')
    start = spinner.switch('enable')
    while not os.path.exists(spinner.workspace):
        time.sleep(0.01)
    time.sleep(0.2)
    spinner.end(15)
    return (spinner.times()[0] - start) * 1e3


def disabling(workshop, build):
    """Milliseconds from the start of the tool to the last call."""
    spinner = Spinner(workshop, build, 'keep=last')
    spinner.switch('enable')
    time.sleep(0.2)
    start = spinner.switch('disable')
    time.sleep(0.2)
    spinner.end(15)
    return (spinner.times()[1] - start) * 1e3
