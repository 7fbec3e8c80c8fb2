#!/usr/bin/env -S python3 -B
"""deaths_test.py BUILD ROUNDS CLASS: one of the classes below, or all of them. Either side is
killed, and tools come and go, under load."""
import os
import random
import subprocess
import sys
import unittest

from observing import COUNT, ObservingTest
from target import Workshop, live_files, wait_until

rounds = 0


class LoadTest(ObservingTest):
    def load(self, **options):
        emitter = self.emitter(2, 0, 0, 1, **options)
        emitter.wait_for('roots', 100)
        return emitter

    def switches(self, pid):
        """All bytes, as the live file has them, those of functions that were inlined, too."""
        file, = live_files(pid)
        with open(file, 'rb') as live:
            live.seek(48)
            count = int.from_bytes(live.read(4), 'little')
            live.seek(16 << 20)
            return live.read(count)

    def footprint(self, pid):
        with open(f'/proc/{pid}/maps', encoding='utf-8') as maps:
            return (len(maps.readlines()), len(os.listdir(f'/proc/{pid}/fd')),
                    len(os.listdir(f'/proc/{pid}/task')))


class Kills(LoadTest):
    def test_the_tool(self):
        chance = random.Random(13)
        emitter = self.load()
        before = self.switches(emitter.pid)
        self.count(emitter.pid, 'shop::*', 'tick').end()
        for round_ in range(rounds // 2):
            with self.subTest(round_):
                tool = self.tool('attach', '-p', emitter.pid, self.script(COUNT), '--', 'tick',
                                 'shop::*')
                self.wait_some(tool, chance)
                tool.kill()
                # The process makes calls that are on, and so it looks.
                wait_until(lambda: self.switches(emitter.pid) == before)
                emitter.wait_for('roots', 10)
        tool = self.count(emitter.pid, 'tick')
        emitter.wait_for('sent', 10)
        self.assertEqual(tool.end(), 0)
        self.assertGreaterEqual(tool.counts()['tick'] + tool.lost(), 10)
        emitter.end()
        self.assertEqual(live_files(emitter.pid), [])

    def test_the_target(self):
        chance = random.Random(17)
        for round_ in range(rounds - rounds // 2):
            with self.subTest(round_):
                killed, other = self.load(), self.emitter(1, 1000)
                tool = self.tool('attach', '-p', killed.pid, '-p', other.pid, self.script(COUNT),
                                 '--', 'tick', 'shop::*')
                self.wait_some(tool, chance)
                killed.process.kill()
                killed.process.wait()
                self.check_that_it_goes_on(tool, killed, other)
                killed.kill()
                other.kill()
                self.workshop.ps()
                self.assertEqual(live_files(killed.pid) + live_files(other.pid), [])

    def check_that_it_goes_on(self, tool, killed, other):
        while (line := tool.errors.next()) is not None and ') has ended' not in line:
            pass
        if line is None:
            # It had not begun.
            self.assertEqual(tool.wait(), 1)
            self.assertIn(f'process {killed.pid}', tool.errors.all[-1])
            return
        # The first one has been recorded when there is another.
        wait_until(lambda: other.counts()['sent'] > 1)
        self.assertEqual(tool.end(), 0)
        self.assertGreater(tool.counts()['tick'] + tool.lost(), 0)

    def wait_some(self, tool, chance):
        """Until anything between its start and some time at work."""
        if chance.random() < 0.5:
            tool.out.find('attached')
        try:
            tool.process.wait(timeout=chance.random() * 0.2)
        except subprocess.TimeoutExpired:
            pass


class Cycles(LoadTest):
    def test_no_traces_are_left(self):
        # Else the C library maps memory for a thread that allocates for the first time, whenever.
        emitter = self.load(environment={'MALLOC_ARENA_MAX': '1'})
        before = self.switches(emitter.pid)
        footprint = self.footprint(emitter.pid)
        for _ in range(rounds):
            tool = self.tool('attach', '-p', emitter.pid, '--for', '1ms', self.script(COUNT), '--',
                             '*')
            self.assertEqual(tool.wait(), 0)
            self.assertEqual(self.switches(emitter.pid), before)
        self.assertEqual(self.footprint(emitter.pid), footprint)
        counts = emitter.end()
        self.assertGreater(counts['sent'], 0)
        self.assertGreater(counts['roots'], 0)
        self.assertEqual(emitter.workspaces(), [])
        self.assertEqual(live_files(emitter.pid), [])


if __name__ == '__main__':
    ObservingTest.workshop = Workshop(sys.argv.pop(1))
    rounds = int(sys.argv.pop(1))
    unittest.main()
