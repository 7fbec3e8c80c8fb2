"""Runs the soak program, looks at it while it runs, and takes down what it prints."""
import os
import subprocess
import time
from dataclasses import dataclass, field

INTERVAL = 0.05  # seconds between two looks, at least


@dataclass(frozen=True)
class Look:
    memory: int  # KB in memory, the mapped parts of files included
    mappings: int
    descriptors: int


@dataclass
class Run:
    seconds: float = 0
    status: int = None
    errors: str = ''
    warm: Look = None  # when the program said so
    looks: int = 0  # after that
    most: Look = None  # of each, in those looks
    most_bytes: int = 0  # of the file, all the time
    threads: dict = field(default_factory=dict)  # name to calls
    calls: dict = field(default_factory=dict)  # function to calls
    results: str = None

    def total(self):
        return sum(self.calls.values())

    def see(self, pid):
        look = look_at(pid)
        if look is None:
            return
        self.looks += 1
        self.most = look if self.most is None else Look(
            *(max(getattr(self.most, name), getattr(look, name))
              for name in ('memory', 'mappings', 'descriptors')))

    def take(self, line, pid):
        word, *rest = line.split()
        if word == 'warm':
            self.warm = look_at(pid)
        elif word == 'thread':
            self.threads[rest[0]] = int(rest[1])
        elif word == 'calls':
            self.calls[rest[0]] = int(rest[1])
        elif word == 'results':
            self.results = rest[0]


def look_at(pid):
    """None when the process is at its end. The numbers in `status` would do, but the kernel keeps
    them per processor, and is wrong by some hundred KB."""
    folder = f'/proc/{pid}'
    try:
        with open(f'{folder}/smaps_rollup', encoding='ascii') as file:
            memory = next(int(line.split()[1]) for line in file if line.startswith('Rss:'))
        with open(f'{folder}/maps', encoding='utf-8') as file:
            mappings = sum(1 for _ in file)
        return Look(memory, mappings, len(os.listdir(f'{folder}/fd')))
    except (OSError, StopIteration):
        return None


def size_of(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def run(command, workspace, **environment):
    """Every line of the program, one for each thread that ends, is an occasion to look."""
    done = Run()
    start = last = time.monotonic()
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, 'OMNITRACE_OUT': workspace, **environment}) as process:
        for line in process.stdout:
            done.take(line, process.pid)
            now = time.monotonic()
            if now - last >= INTERVAL or done.looks < 2:
                last = now
                done.most_bytes = max(done.most_bytes, size_of(workspace))
                if done.warm is not None:
                    done.see(process.pid)
        done.errors = process.stderr.read()
    done.seconds = time.monotonic() - start
    done.status = process.returncode
    done.most_bytes = max(done.most_bytes, size_of(workspace))
    return done
