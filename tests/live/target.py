"""Traced programs to look at while they run (target.cc), and the tool."""
import json
import os
import signal
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
STANDBY = ('-fomni-ns=shop', '-fomni-start=standby', '-O2')
RECORD = ('-fomni-ns=shop', '-O2')
DEADLINE = 60  # seconds, for what takes milliseconds

# Ignored where a script starts the tests in the background; the tools inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Workshop:
    def __init__(self, build):
        self.folder = tempfile.TemporaryDirectory(prefix='omnitrace-live.')
        os.chmod(self.folder.name, 0o755)
        self.bin = os.path.join(build, 'bin')
        self.compiler = os.path.join(build, 'bin', 'omni-clang++')
        self.tool = os.path.join(build, 'bin', 'omnitrace')

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def build(self, name, *options, source='target.cc'):
        path = self.path(name)
        if not os.path.exists(path):
            subprocess.run([self.compiler, '-std=c++17', '-pthread', os.path.join(HERE, source),
                            *options, '-o', path], check=True)
        return path

    def plain(self):
        """Of another compiler: its probes are all that it has."""
        path = self.path('plain')
        if not os.path.exists(path):
            prefix = os.path.dirname(os.path.dirname(self.tool))
            subprocess.run(['g++', '-std=c++17', '-O2', '-pthread', '-I', f'{prefix}/include',
                            os.path.join(HERE, 'target.cc'), '-o', path, '-L', f'{prefix}/lib',
                            '-lomnitrace', f'-Wl,-rpath,{prefix}/lib'], check=True)
        return path

    def omnitrace(self, *arguments, **options):
        """Standard output, standard error and status."""
        done = subprocess.run([self.tool, *map(str, arguments)], capture_output=True, text=True,
                              **options)
        return done.stdout, done.stderr, done.returncode

    def ps(self):
        """By id. Of all traced processes of this user, those of other tests too."""
        out, _, _ = self.omnitrace('ps', '--json')
        return {process['pid']: process for process in map(json.loads, out.splitlines())}

    def probes(self, pid, *globs):
        out, _, _ = self.omnitrace('probes', '--json', '-p', pid, *globs)
        return {probe['name']: probe['on'] for probe in map(json.loads, out.splitlines())}


class Target:
    """A process, in a folder of its own."""

    def __init__(self, program, folder, environment=None, first='call 0', **options):
        self.folder = tempfile.mkdtemp(dir=folder)
        os.chmod(self.folder, 0o777)
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, bufsize=1, cwd=self.folder, env={**os.environ, **(environment or {})},
            **options)
        self.pid = self.process.pid
        self.do(first)  # from now on it is there

    def do(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def send(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()

    def end(self):
        """Its standard error."""
        _, errors = self.process.communicate()
        return errors

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        if not self.process.stdout.closed:
            self.process.communicate()

    def workspaces(self):
        return sorted(os.path.join(self.folder, name) for name in os.listdir(self.folder))


def live_files(pid):
    found = []
    for folder in (f'/run/user/{os.geteuid()}/omnitrace', f'/tmp/omnitrace-{os.geteuid()}'):
        if os.path.isdir(folder):
            found += [os.path.join(folder, name) for name in os.listdir(folder)
                      if name.split('-')[0] == str(pid)]
    return found


def wait_until(condition):
    """For what no event tells of."""
    until = time.monotonic() + DEADLINE
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f'not within {DEADLINE} seconds')
        time.sleep(0.01)
