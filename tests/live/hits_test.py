#!/usr/bin/env -S python3 -B
"""hits_test.py BUILD: how often `omnitrace probes` says that functions and probes were called."""
import json
import os
import sys
import unittest

from observing import ObservingTest
from target import HERE, RECORD, Workshop

MANY = 100_000  # calls, of which a block holds some 3,000


class Hits(ObservingTest):
    def switch(self, command, pid, globs):
        _, errors, status = self.workshop.omnitrace(command, '-p', pid, globs)
        self.assertEqual((errors, status), ('', 0))

    def hits(self, pid):
        """Of those that have any."""
        out, errors, status = self.workshop.omnitrace('probes', '--json', '-p', pid)
        self.assertEqual((errors, status), ('', 0))
        probes = [json.loads(line) for line in out.splitlines()]
        return {probe['name']: probe['hits'] for probe in probes if probe['hits'] > 0}

    def test_calls_while_it_is_on(self):
        target = self.target()
        target.do('call 3')
        self.assertEqual(self.hits(target.pid), {})
        self.switch('enable', target.pid, 'shop::add,shop:total')
        target.do('call 5')
        self.assertEqual(self.hits(target.pid), {'shop::add': 5, 'shop:total': 1})
        target.do(f'call {MANY}')
        self.assertEqual(self.hits(target.pid), {'shop::add': MANY + 5, 'shop:total': 2})
        self.switch('disable', target.pid, 'shop::add')
        target.do('call 7')
        self.assertEqual(self.hits(target.pid), {'shop::add': MANY + 5, 'shop:total': 3})

    def test_the_table(self):
        target = self.target(self.workshop.build('record', *RECORD))
        target.do('call 1234')
        with open(f'{HERE}/target.cc', encoding='utf-8') as source:
            line = next(number for number, text in enumerate(source, 1) if ' add(int' in text)
        out, _, _ = self.workshop.omnitrace('probes', '-p', target.pid, '--stable', 'shop::add')
        self.assertEqual(out, f'on   hits  name\non  1,234  shop::add  target.cc:{line}\n')

    def test_calls_that_only_observers_want(self):
        """They are counted when they are overwritten, too, and go on in a recording of its own."""
        target = self.target()
        tool = self.count(target.pid, 'shop::add')
        target.do(f'call {20 * MANY}')
        self.assertEqual(self.hits(target.pid), {'shop::add': 20 * MANY})
        self.assertEqual(tool.end(), 0)
        self.assertEqual(self.hits(target.pid), {'shop::add': 20 * MANY})
        self.switch('enable', target.pid, 'shop::add')
        target.do('call 11')
        self.assertEqual(self.hits(target.pid), {'shop::add': 20 * MANY + 11})

    def test_calls_that_are_taken_back(self):
        """What is too short to be kept is no hit."""
        limits = {'OMNITRACE_LIMITS': 'min=10s'}
        target = self.target(self.workshop.build('record', *RECORD), environment=limits)
        target.do('call 100')
        target.do('reset')
        self.assertEqual(self.hits(target.pid), {})

    def test_another_recording(self):
        target = self.target(self.workshop.build('record', *RECORD))
        target.do('call 5')
        target.do('reset')
        self.assertEqual(self.hits(target.pid)['shop::add'], 5)
        target.do('call 3')
        self.assertEqual(self.hits(target.pid)['shop::add'], 8)

    def test_threads(self):
        emitter = self.emitter(8)
        self.switch('enable', emitter.pid, 'tick')
        emitter.wait_for('sent', 20 * MANY)
        self.switch('disable', emitter.pid, 'tick')
        # Each thread may have found its switch on, and counted, when it was turned off.
        left_out = emitter.counts()['sent'] - self.hits(emitter.pid)['tick']
        self.assertIn(left_out, range(9))

    def test_a_forked_child_counts_its_own(self):
        target = self.target()
        self.switch('enable', target.pid, 'shop::add')
        target.do('call 5')
        child = target.do('fork')
        target.do('call 2')
        self.assertEqual(self.hits(child), {'shop::add': 2})
        self.assertEqual(self.hits(target.pid), {'shop::add': 5})

    def test_a_recording_that_can_not_begin(self):
        """What was counted for observers stays as it is."""
        target = self.target(environment={'OMNITRACE_OUT': '/nowhere/at/all.omni'})
        tool = self.count(target.pid, 'shop::add')
        target.do('call 5')
        self.assertEqual(tool.end(), 0)
        self.switch('enable', target.pid, 'shop::add')
        target.do('call 3')
        self.assertEqual(self.hits(target.pid), {'shop::add': 5})

    def test_a_recording_that_is_gone(self):
        """What is in open blocks isn't known then."""
        target = self.target(self.workshop.build('record', *RECORD))
        target.do(f'call {MANY}')
        os.remove(target.workspaces()[0])
        self.assertIn(self.hits(target.pid)['shop::add'], range(MANY // 2, MANY))


if __name__ == '__main__':
    ObservingTest.workshop = Workshop(sys.argv.pop(1))
    unittest.main()
