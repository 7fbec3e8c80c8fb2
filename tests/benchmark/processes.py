"""Runs a command to its end: what it took."""
import os
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Took:
    seconds: float  # of processors
    megabytes: float  # at its peak


def run(command, environment=None):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                               env={**os.environ, **(environment or {})})
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f'{" ".join(command)}: status {status}')
    return Took(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
