"""The JSON sample with the whole of nlohmann_json traced, on a real document.

  json_test.py BUILD SOURCE WORK output   prints what the plain build prints; every call is there
  json_test.py BUILD SOURCE WORK kill     killed at 20 random moments: all calls up to the last one
  json_test.py BUILD SOURCE WORK page     writes what the browser test looks at: the flamegraph page
                                          json.html, and the hottest function as json.hottest

The number of calls is compared with that of Clang's -finstrument-functions
(tests/support/count_calls.cc).
"""
import json
import os
import random
import re
import signal
import struct
import subprocess
import sys
import time

import document

BUILD, SOURCE, WORK, WHAT = sys.argv[1:5]
OMNI = os.path.join(BUILD, 'bin', 'omni-clang++')
TOOL = os.path.join(BUILD, 'bin', 'omnitrace')
SAMPLE = os.path.join(SOURCE, 'samples', 'json_tool', 'json_tool.cc')
HOOKS = os.path.join(SOURCE, 'tests', 'support', 'count_calls.cc')
# A function whose own scope is the namespace: not a template of std with its types.
OWN = re.compile(r'^_ZZ?N[VKRO]*8nlohmann')
LEVEL = ['-std=c++17', '-O1']


def is_newer(path, than):
    return os.path.exists(path) and os.path.getmtime(path) > os.path.getmtime(than)


def build(name, *options):
    path = os.path.join(WORK, name)
    if not is_newer(path, os.path.join(BUILD, 'lib', 'omnitrace.so')):
        subprocess.run([OMNI, *LEVEL, SAMPLE, *options, '-o', path], check=True)
    return path


def build_counted(name, *options):
    """A program whose calls are counted by -finstrument-functions too."""
    hooks = os.path.join(WORK, 'count_calls.o')
    subprocess.run([OMNI, '-O1', '-c', HOOKS, '-o', hooks], check=True)
    return build(name, '-finstrument-functions', *options, hooks)


def counted_calls(program, counts):
    """Calls of the namespace's functions that the counting hooks saw."""
    symbols = {}
    for line in subprocess.run(['nm', program], check=True, capture_output=True,
                               text=True).stdout.splitlines():
        words = line.split()
        if len(words) == 3 and words[1] in 'tTwW' and OWN.match(words[2]):
            symbols[int(words[0], 16)] = words[2]
    with open(counts, 'rb') as file:
        table = file.read()
    calls = {symbols[function]: calls for function, calls in struct.iter_unpack('<QQ', table)
             if function in symbols}
    return sum(number for name, number in calls.items() if not only_forwards(name, calls))


def only_forwards(name, calls):
    """Of a constructor or destructor: the entry point that calls the one for base classes."""
    return any(name[:at] + base + name[at + 2:] in calls
               for entry, base in (('C1', 'C2'), ('D1', 'D2'), ('D0', 'D1'))
               for at in range(len(name)) if name.startswith(entry, at))


def recorded_calls(workspace):
    lines = subprocess.run([TOOL, 'stats', '--json', workspace], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    return sum(json.loads(line).get('calls', 0) for line in lines)


def run(program, file, name, **environment):
    workspace = os.path.join(WORK, name + '.omni')
    if os.path.exists(workspace):
        os.unlink(workspace)
    done = subprocess.run([program, 'pretty', file], capture_output=True, check=True,
                          env={**os.environ, 'OMNITRACE_OUT': workspace, **environment})
    if done.stderr:
        sys.exit(f'{name}: unexpected on standard error: {done.stderr.decode()[:500]}')
    return done.stdout, workspace


def check_output(file):
    plain, _ = run(build('plain'), file, 'plain')
    counts = os.path.join(WORK, 'counts')
    # At -O0: above it Clang replaces a destructor by its base's where they do the same, and its
    # own instrument misses the call.
    counted = build_counted('counted', '-O0')
    run(counted, file, 'counted', COUNTS=counts)
    expected = counted_calls(counted, counts)
    for start in ('record', 'standby'):
        traced = build(start, '-fomni-ns=nlohmann', '-fomni-start=' + start)
        printed, workspace = run(traced, file, start, OMNITRACE_MODE='record')
        assert printed == plain, f'{start}: prints something else than the plain build'
        if start == 'record':  # decodes every value: about two minutes
            subprocess.run([TOOL, 'verify', workspace], check=True, stdout=subprocess.DEVNULL)
        recorded = recorded_calls(workspace)
        size = os.path.getsize(workspace)
        print(f'{start}: {recorded} calls recorded, {expected} counted, '
              f'{size / recorded:.1f} bytes a call')
        assert recorded == expected
        os.unlink(workspace)


def kill_once(program, file, moment, number):
    workspace = os.path.join(WORK, f'kill{number}.omni')
    counts = os.path.join(WORK, f'kill{number}.counts')
    for old in (workspace, counts):
        if os.path.exists(old):
            os.unlink(old)
    process = subprocess.Popen([program, 'pretty', file], stdout=subprocess.DEVNULL,
                               env={**os.environ, 'OMNITRACE_OUT': workspace, 'COUNTS': counts})
    time.sleep(moment)  # the random moment is the input of this test, not a wait for anything
    process.send_signal(signal.SIGKILL)
    process.wait()
    subprocess.run([TOOL, 'verify', workspace], check=True, stdout=subprocess.DEVNULL)
    recorded, counted = recorded_calls(workspace), counted_calls(program, counts)
    print(f'killed after {moment:.3f} s: {recorded} calls recorded, {counted} counted')
    # The two instruments count one after the other: the kill may fall between them.
    assert abs(recorded - counted) <= 1
    os.unlink(workspace)


def check_kill(file):
    program = build_counted('kill', '-fomni-ns=nlohmann')
    seed = int(os.environ.get('SEED', time.time_ns() % 1_000_000))
    print('seed', seed)
    moments = random.Random(seed)
    for number in range(20):
        kill_once(program, file, moments.uniform(0.02, 0.8), number)


def write_page(file):
    _, workspace = run(build('record', '-fomni-ns=nlohmann', '-fomni-start=record'), file, 'page')
    page = os.path.join(WORK, 'json.html')
    subprocess.run([TOOL, 'flamegraph', workspace, '--html', page], check=True)
    with open(os.path.join(WORK, 'json.hottest'), 'wb') as hottest:
        subprocess.run([TOOL, 'stats', '--json', '--sort=self', '--lines=1', workspace], check=True,
                       stdout=hottest)
    os.unlink(workspace)
    print(page)


os.makedirs(WORK, exist_ok=True)
{'output': check_output, 'kill': check_kill, 'page': write_page}[WHAT](document.make(WORK))
