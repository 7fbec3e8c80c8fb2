#!/usr/bin/env -S python3 -B
"""hostile_test.py BUILD ROUNDS CLASS: one of the classes below, or all of them. A process's file
says anything, and goes on changing: tools end when they are told to, and take no more memory than a
file can account for."""
import mmap
import os
import random
import resource
import signal
import sys
import unittest

from observing import COUNT, ObservingTest
from target import Workshop, live_files

DIRECTORY, SWITCHES, HITS, EVENTS = 64 << 10, 16 << 20, 32 << 20, 64 << 20
SLOT, SLOTS = 64 << 10, 1024
STATE, RECORDING = 52, 1344
SLOTS_IN_USE = 88  # in a workspace
HUGE = 8 << 40
MOST_MEMORY = 4 << 30  # addresses; the engine alone takes one
PLACES = (0, 8, 40, 48, 52, 2368, DIRECTORY, SWITCHES, HITS, EVENTS, EVENTS + 64, EVENTS + SLOT,
          EVENTS + 2 * SLOT)
rounds = 0


class HostileTest(ObservingTest):
    def observed(self):
        """A process that has recorded for observers, and does nothing by now, and its file."""
        emitter = self.emitter(2, 0, 50000, 0)
        tool = self.count(emitter.pid, 'tick')
        emitter.wait_for('sent', 1000)
        emitter.process.send_signal(signal.SIGSTOP)
        tool.end()
        return emitter, live_files(emitter.pid)[0]

    def commands(self):
        """All that look at processes."""
        path = self.script(COUNT)
        return (('attach', '--for', '50ms', path, '--', '*'),
                ('top', '--for', '50ms', '*'), ('latency', '--for', '50ms', '*'),
                ('ps',), ('probes',), ('enable', 'tick'), ('disable', '*'),
                ('record', '--for', '50ms', '-o', path + '.omni'))

    def look(self, emitter, line, while_it_runs=lambda: None):
        """It comes to its end."""
        command, *arguments = line
        tool = self.tool(command, '-p', emitter.pid, *arguments, preexec_fn=self.limit_memory)
        while tool.process.poll() is None:
            while_it_runs()
        self.assertIn(tool.process.returncode, (0, 1, 2), (command, tool.errors.rest()[-5:]))

    def limit_memory(self):
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


class Hostile(HostileTest):
    def mutate(self, live, chance):
        for _ in range(chance.randrange(1, 30)):
            first = chance.choice(PLACES) + chance.randrange(64)
            length = chance.choice((1, 1, 2, 4, 8, 64))
            live[first:first + length] = chance.randbytes(length)
        if chance.random() < 0.2:
            self.copy_slots(live, chance)

    def copy_slots(self, live, chance):
        """Blocks that are whole, in places where they are not expected."""
        for _ in range(20):
            source, place = (EVENTS + SLOT * chance.randrange(1, SLOTS) for _ in range(2))
            live[place:place + SLOT] = live[source:source + SLOT]

    def test_what_is_damaged(self):
        chance = random.Random(23)
        emitter, path = self.observed()
        with open(path, 'r+b') as file, mmap.mmap(file.fileno(), 0) as live:
            good = live[:EVENTS + 64 * SLOT]
            for round_ in range(rounds):
                with self.subTest(round_):
                    live[:len(good)] = good
                    self.mutate(live, chance)
                    self.look(emitter, chance.choice(self.commands()))

    def test_what_changes_all_the_time(self):
        chance = random.Random(29)
        emitter, path = self.observed()
        with open(path, 'r+b') as file, mmap.mmap(file.fileno(), 0) as live:
            good = live[:EVENTS + 64 * SLOT]
            for round_ in range(rounds):
                with self.subTest(round_):
                    live[:len(good)] = good

                    def change():
                        self.mutate(live, chance)
                        # What has to be whole for anything behind it to be looked at.
                        for first in (0, EVENTS):
                            live[first:first + 48] = good[first:first + 48]

                    self.look(emitter, chance.choice(self.commands()), change)

    def test_files_larger_than_any_disk(self):
        """They are holes, but for what is good in them, and say that all of it is in use."""
        emitter, path = self.observed()
        recording = emitter.folder + '/recording'
        with open(path, 'r+b') as live, open(recording, 'w+b') as copy:
            live.seek(EVENTS)
            copy.write(live.read(64 * SLOT))
            for file, workspace in ((live, EVENTS), (copy, 0)):
                file.seek(workspace + SLOTS_IN_USE)
                file.write(b'\xff' * 4)
                file.truncate(HUGE)
        for line in self.commands():
            with self.subTest(live=line):
                self.look(emitter, line)
        with open(path, 'r+b') as live:
            live.seek(STATE)
            live.write(b'\1')
            live.seek(RECORDING)
            live.write(recording.encode())
        for line in self.commands():
            with self.subTest(recording=line):
                self.look(emitter, line)

    def test_a_process_that_is_written_to(self):
        """It trusts nothing but switches."""
        chance = random.Random(31)
        emitter = self.emitter(2, 0, 0)
        path, = live_files(emitter.pid)
        tool = self.count(emitter.pid, 'tick')
        with open(path, 'r+b') as file, mmap.mmap(file.fileno(), 0) as live:
            for _ in range(200 * rounds):
                first = chance.choice((0, 64, EVENTS, EVENTS + SLOT * chance.randrange(8)))
                first += chance.randrange(256)
                live[first:first + 8] = chance.randbytes(8)
        emitter.wait_for('sent', 1)
        tool.end(signal.SIGKILL)
        self.assertGreater(emitter.end()['sent'], 0)


if __name__ == '__main__':
    ObservingTest.workshop = Workshop(sys.argv.pop(1))
    rounds = int(sys.argv.pop(1))
    unittest.main()
