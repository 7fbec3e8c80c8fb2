#!/usr/bin/env -S python3 -B
"""observers_test.py BUILD CLASS: one of the classes below, or all of them. Several tools at once on
one process."""
import fcntl
import signal
import sys
import unittest

from observing import COUNT, ObservingTest
from target import Workshop, live_files, wait_until

MOST = 5
PATTERNS = ('shop::add', 'shop::total', 'shop:total', 'shop::share', 'shop::ha*')


class Observers(ObservingTest):
    def test_each_gets_its_own(self):
        target = self.target()
        tools = [self.count(target.pid, pattern) for pattern in PATTERNS]
        target.do('call 1000')
        target.do('share 5')
        for tool in reversed(tools):
            self.assertEqual(tool.end(), 0)
        self.assertEqual([tool.counts() for tool in tools],
                         [{'shop::add': 1000}, {'shop::total': 1}, {'shop:total': 1},
                          {'shop::share': 1}, {'shop::half': 1}])
        self.assertEqual([tool.lost() for tool in tools], [0] * MOST)
        self.assertEqual(self.on(target.pid), set())
        self.assertEqual(target.workspaces(), [])
        self.assertEqual(target.end(), '')

    def test_the_same_for_all(self):
        emitter = self.emitter(1, 50000)
        tools = [self.count(emitter.pid, '*') for _ in range(MOST)]
        sent = emitter.end()['sent']
        for tool in tools:
            self.assertEqual(tool.wait(), 0)
        # What came before the last one had attached, those before it have more.
        got = [tool.counts().get('tick', 0) + tool.lost() for tool in tools]
        self.assertEqual(got[0], sent)
        self.assertEqual(got, sorted(got, reverse=True))

    def test_one_more_than_the_most(self):
        target = self.target()
        tools = [self.count(target.pid, 'shop::add') for _ in range(MOST)]
        path = self.script(COUNT)
        _, errors, status = self.workshop.omnitrace('attach', '-p', target.pid, path, 'shop::*')
        self.assertIn(f'process {target.pid} is watched by 5 others already', errors)
        self.assertIn('end one of them', errors)
        self.assertEqual(status, 1)
        self.assertEqual(self.on(target.pid), {'shop::add'})
        self.assertEqual(tools[0].end(), 0)
        another = self.count(target.pid, 'shop::total')
        target.do('call 3')
        self.assertEqual(another.end(), 0)
        self.assertEqual(another.counts(), {'shop::total': 1})

    def test_what_others_have_turned_on_stays(self):
        target = self.target()
        self.workshop.omnitrace('enable', '-p', target.pid, 'shop::add')
        tool = self.count(target.pid, 'shop::*')
        self.assertEqual(tool.end(), 0)
        self.assertEqual(self.on(target.pid), {'shop::add'})
        tool = self.count(target.pid, 'shop::add')
        self.workshop.omnitrace('disable', '-p', target.pid, '*')
        self.assertEqual(self.on(target.pid), {'shop::add'})
        target.do('call 7')
        self.assertEqual(tool.end(), 0)
        self.assertEqual(tool.counts(), {'shop::add': 7})
        self.assertEqual(self.on(target.pid), set())

    def test_the_process_itself_releases_what_a_killed_one_held(self):
        target = self.target()
        other = self.count(target.pid, 'shop::total')
        killed = self.count(target.pid, 'shop::add')
        self.assertEqual(self.on(target.pid), {'shop::add', 'shop::total'})
        killed.kill()
        calls = 0

        def is_released():
            nonlocal calls
            target.do('call 1')
            calls += 1
            return self.on(target.pid) == {'shop::total'}

        wait_until(is_released)
        self.assertEqual(other.end(), 0)
        self.assertEqual(other.counts(), {'shop::total': calls})
        self.assertEqual(self.on(target.pid), set())

    def test_another_tool_releases_what_a_killed_one_held(self):
        target = self.target()
        self.count(target.pid, 'shop::*').kill()
        self.assertEqual(len(self.on(target.pid)), 6)
        self.count(target.pid, 'shop::half').end()
        self.assertEqual(self.on(target.pid), set())
        # As many times as there are places.
        for _ in range(MOST + 1):
            self.count(target.pid, 'shop::add').kill()
        self.assertEqual(self.workshop.omnitrace('disable', '-p', target.pid, 'shop::spin')[2], 0)
        self.assertEqual(self.on(target.pid), set())

    def test_a_stopped_one(self):
        """It loses, and is told of it; nobody waits for it."""
        emitter = self.emitter(1)
        stopped, other = (self.count(emitter.pid, 'tick') for _ in range(2))
        stopped.process.send_signal(signal.SIGSTOP)
        emitter.wait_for('sent', 1000000)
        self.count(emitter.pid, 'tick').end()
        self.assertEqual(other.end(), 0)
        stopped.process.send_signal(signal.SIGCONT)
        stopped.errors.find('calls are lost')
        self.assertEqual(stopped.end(), 0)
        sent = emitter.counts()['sent']
        self.assertEqual(emitter.end()['sent'], sent)
        self.assertGreater(stopped.lost(), 0)
        # It may be in the middle of one.
        self.assertIn(sent - stopped.counts()['tick'] - stopped.lost(), range(2))

    def test_stopped_while_it_changes_switches(self):
        target = self.target()
        file, = live_files(target.pid)
        # As one that is in the middle of it.
        with open(file, 'rb') as held:
            tool = self.count(target.pid, 'shop::add')
            fcntl.flock(held, fcntl.LOCK_EX)
            target.do('call 5')
            _, errors, status = self.workshop.omnitrace('enable', '-p', target.pid, 'shop::total')
            self.assertRegex(errors, "another omnitrace changes this process and doesn't come to "
                                     'an end')
            self.assertEqual(status, 1)
        self.assertEqual(tool.end(), 0)
        self.assertEqual(tool.counts(), {'shop::add': 5})
        self.assertEqual(self.on(target.pid), set())


if __name__ == '__main__':
    ObservingTest.workshop = Workshop(sys.argv.pop(1))
    unittest.main()
