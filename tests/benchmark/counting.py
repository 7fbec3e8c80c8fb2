"""Instructions as valgrind counts them: the program's own, without the kernel's."""
import os
import shutil
import subprocess

MISSING = '' if shutil.which('valgrind') else 'apt-get install valgrind'
FEWER, MORE = 1000, 11000


def count(command, environment=None):
    done = subprocess.run(['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null',
                           *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                          env={**os.environ, **(environment or {})})
    if done.returncode != 0:
        raise SystemExit(f'valgrind {" ".join(command)}: status {done.returncode}\n{done.stderr}')
    return int(done.stderr.split('Collected :')[1].split()[0])


def per_call(command, environment=None):
    """Of a program that is told last how many calls to make; its start and end drop out."""
    fewer, more = (count([*command, str(calls)], environment) for calls in (FEWER, MORE))
    return (more - fewer) / (MORE - FEWER)
