#!/usr/bin/env -S python3 -B
"""emitter_test.py BUILD: the program that counts what it emits (emitter.cc) counts right: what
is recorded of it is what it says it sent."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest

from target import STANDBY, Workshop

workshop = None


class Emitter(unittest.TestCase):
    def start(self, *arguments, limits='keep=first'):
        program = workshop.build('emitter', *STANDBY, '-Wall', '-Wextra', '-Werror',
                                 source='emitter.cc')
        folder = tempfile.mkdtemp(dir=workshop.folder.name)
        process = subprocess.Popen([program, *map(str, arguments)], stdout=subprocess.PIPE,
                                   text=True, cwd=folder,
                                   env={**os.environ, 'OMNITRACE_LIMITS': limits})
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.workspace = f'{folder}/emitter.{process.pid}.omni'
        self.process = process
        process.stdout.readline()  # from now on signals are answered

    def counts(self):
        self.process.send_signal(signal.SIGUSR1)
        return json.loads(self.process.stdout.readline())

    def end(self):
        """Its last counts."""
        self.process.send_signal(signal.SIGTERM)
        out, _ = self.process.communicate()
        self.assertEqual(self.process.returncode, 0)
        return json.loads(out)

    def switch(self, command, globs):
        _, errors, status = workshop.omnitrace(command, '-p', self.process.pid, globs)
        self.assertEqual((errors, status), ('', 0))

    def recorded(self, name):
        out, _, status = workshop.omnitrace('calls', '--json', '--name', name, self.workspace)
        self.assertEqual(status, 0)
        return [json.loads(line) for line in out.splitlines()]

    def numbers(self, threads):
        """Those of the recorded ticks, by thread."""
        numbers = [[] for _ in range(threads)]
        for tick in self.recorded('tick'):
            self.assertEqual(len(tick['args']['text']), 20)
            numbers[tick['args']['worker']].append(tick['args']['seq'])
        return numbers

    def test_nothing_is_sent_while_nobody_listens(self):
        self.start(2)
        self.assertEqual(self.counts(), {'sent': 0, 'threads': [0, 0], 'roots': 0, 'steps': 0})
        self.assertEqual(self.end()['sent'], 0)

    def test_ends_after_its_events(self):
        self.start(3, 0, 5000)
        self.switch('enable', 'tick')
        out, _ = self.process.communicate()
        self.assertEqual(json.loads(out)['threads'], [5000] * 3)
        self.assertEqual(self.numbers(3), [list(range(1, 5001))] * 3)

    def test_what_is_recorded_is_what_was_sent(self):
        self.start(2, 10000)
        self.switch('enable', 'tick')
        while min(self.counts()['threads']) < 100:
            pass
        self.switch('disable', 'tick')
        sent = self.end()['threads']
        self.assertEqual(self.numbers(2), [list(range(1, count + 1)) for count in sent])

    def test_calls_of_a_loop_that_does_not_return(self):
        self.start(0, 0, 0, 1, limits='calls=100')
        self.switch('enable', 'shop::parse,shop::step')
        before = self.counts()
        # Two more than are looked for: those that are under way when the switches change.
        while any(self.counts()[what] < before[what] + 102 for what in ('roots', 'steps')):
            pass
        self.end()
        self.assertEqual(len(self.recorded('shop::parse')), 100)
        first, *_ = self.recorded('shop::step')
        self.assertEqual(first['return'], first['args']['n'] + 1)


if __name__ == '__main__':
    workshop = Workshop(sys.argv.pop(1))
    unittest.main()
