#!/usr/bin/env -S python3 -B
"""filters_test.py BUILD: what the filters of attach and its kin let through, of calls of which the
program (filtered.cc) is known to make exactly so many."""
import json
import random
import signal
import struct
import subprocess
import sys
import unittest

from target import STANDBY, Target, Workshop, live_files, wait_until

SCRIPT = """
exports['%s'] = trace => console.log('%%j', {event: trace.event, thread: trace.thread,
    time: trace.time, n: trace.event === 'probe' ? trace.n : trace.args.n,
    result: trace.return});
"""
EVERY = range(1, 1001)
workshop = None


class Observer:
    """`omnitrace attach`, which prints what it sees."""

    def __init__(self, test, target, *options, name='shop::insert'):
        path = workshop.path(f'{name.replace(":", "")}.js')
        with open(path, 'w', encoding='utf-8') as script:
            script.write(SCRIPT % name)
        self.tool = subprocess.Popen([workshop.tool, 'attach', '-p', str(target.pid), *options,
                                      path], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                     text=True)
        test.addCleanup(self.kill)

    def kill(self):
        if self.tool.poll() is None:
            self.tool.kill()
        if not self.tool.stdout.closed:
            self.tool.communicate()

    def leave(self):
        self.tool.send_signal(signal.SIGINT)
        self.tool.communicate()

    def events(self):
        """All, when the process has ended."""
        out, _ = self.tool.communicate()
        return [json.loads(line) for line in out.splitlines()]


class Filters(unittest.TestCase):
    def setUp(self):
        self.start()

    def start(self):
        program = workshop.build('filtered', *STANDBY, source='filtered.cc')
        self.target = Target(program, workshop.folder.name, first='run 0')
        self.addCleanup(self.target.kill)

    def observe(self, *options, name='shop::insert'):
        """Returns when it is on."""
        observer = Observer(self, self.target, *options, name=name)
        wait_until(lambda: self.is_on(observer.tool.pid) or observer.tool.poll() is not None)
        return observer

    def is_on(self, pid):
        """Whether this observer has turned something on (live_format.h)."""
        file, = live_files(self.target.pid)
        with open(file, 'rb') as live:
            live.seek(2368)
            observers = struct.unpack('10Q', live.read(80))[::2]
            live.seek(16 << 20)
            switches = live.read(1 << 16)
        return pid in observers and any(switch & (8 << observers.index(pid))
                                        for switch in switches)

    def numbers(self, events, kind='enter'):
        return [event['n'] for event in events if event['event'] == kind]

    def expect(self, where, numbers, *options, name='shop::insert', kind='enter'):
        self.start()
        observer = self.observe('--where', where, *options, name=name)
        self.target.do('run 1000')
        self.assertEqual(self.target.end(), '')
        events = observer.events()
        self.assertEqual(self.numbers(events, kind), list(numbers), where)
        return events

    def test_every_type(self):
        for where, holds in (
                ('args.n > 900', lambda n: n > 900),
                ('1 >= args.n', lambda n: n == 1),
                ('args.n == 2.5', lambda n: False),
                ('args.n < 2.5', lambda n: n < 2.5),
                ('args.n > -1 && args.n != 7', lambda n: n != 7),
                ('args.even == true && args.n <= 10', lambda n: n % 2 == 0 and n <= 10),
                ('args.coin == nickel && args.n < 20', lambda n: n % 3 == 1 and n < 20),
                ('args.coin != "Coin::dime" && args.n < 20', lambda n: n % 3 != 2 and n < 20),
                ('args.coin >= 1 && args.n < 20', lambda n: n % 3 >= 1 and n < 20),
                ('args.price < 1.25', lambda n: n * 0.5 < 1.25),
                ('args.price == 3', lambda n: n == 6),
                ('args.price > 499.9', lambda n: n == 1000),
                ('args.text == "number 17, as a text beyond the short ones"', lambda n: n == 17),
                ('args.text >= "number 99"', lambda n: str(n) >= '99'),
                ('args.order.number == 84', lambda n: n == 42),
                ('args.order.text == "3" && args.n < 30', lambda n: n % 7 == 3 and n < 30),
                ('args.note == "number 18, as a text beyond the short ones"', lambda n: False),
                ('args.note == "number 17, as a text beyond the short ones"', lambda n: n == 17),
                ('args.note != "number 1" && args.n < 9', lambda n: n < 9),
                ('(args.n == 3 || args.n == 5)', lambda n: n in (3, 5)),
                ('args.none == 3', lambda n: False)):
            with self.subTest(where):
                numbers = [n for n in EVERY if holds(n)]
                if 'number 18' in where:  # n = 18 has one
                    numbers = [18]
                events = self.expect(where, numbers)
                self.assertEqual(self.numbers(events, 'return'), numbers)

    def test_a_probe(self):
        self.expect('args.n > 990 && args.text != "x"', range(991, 1001), name='shop:inserted',
                    kind='probe')

    def test_results_are_asked_at_the_end(self):
        events = self.expect('args.n >= 990 && return > 1000', range(990, 1001))
        self.assertEqual(self.numbers(events, 'return'), [990, 1000])

    def test_a_sample_is_every_nth_of_a_thread(self):
        observer = self.observe('--sample', '1/100', '--where', 'args.n > 50')
        self.target.do('threads 3 1000')
        self.target.end()
        threads = {}
        for event in observer.events():
            if event['event'] == 'enter':
                threads.setdefault(event['thread'], []).append(event['n'])
        begins = {numbers[0] for numbers in threads.values()}
        self.assertEqual(len(begins), 3)  # each thread at another call
        self.assertTrue(begins <= set(range(51, 151)), begins)
        for numbers in threads.values():
            self.assertEqual(numbers, list(range(numbers[0], 1001, 100)))

    def test_a_sample_of_threads_with_one_call_each(self):
        for one_in in (2, 10, 100):
            with self.subTest(one_in):
                self.start()
                observer = self.observe('--sample', f'1/{one_in}')
                for _ in range(20):
                    self.target.do('threads 50 1')
                self.target.end()
                count = len(self.numbers(observer.events()))
                # As evenly as multiples of the golden ratio.
                self.assertIn(count, range(1000 // one_in - 5, 1000 // one_in + 6))

    def test_a_sample_goes_on_when_others_come(self):
        observer = self.observe('--sample', '1/7')
        self.target.do('run 10')
        self.observe('--sample', '1/5').leave()
        self.target.do('run 10')
        self.target.end()
        self.assertEqual(self.numbers(observer.events()), [1, 8, 5])

    def test_a_limit(self):
        observer = self.observe('--limit', '10/s')
        for _ in range(20):
            self.target.do('threads 2 5000')
        self.target.end()
        times = [event['time'] for event in observer.events() if event['event'] == 'enter']
        self.assertGreaterEqual(len(times), 10)
        times.sort()
        # Within a second lie parts of two, by clocks that differ a little.
        for first, last in zip(times, times[20:]):
            self.assertGreater(last - first, 0.9e9)

    def test_each_observer_gets_its_own(self):
        wheres = {'args.n <= 30': range(1, 31), 'args.n > 990': range(991, 1001),
                  'args.n > 20 && args.n < 40': range(21, 40)}
        observers = {where: self.observe('--where', where) for where in wheres}
        sampled, whole = self.observe('--sample', '1/250'), self.observe()
        self.target.do('run 1000')
        self.target.end()
        for where, numbers in wheres.items():
            events = observers[where].events()
            self.assertEqual(self.numbers(events), list(numbers))
            self.assertEqual(self.numbers(events, 'return'), list(numbers))
        self.assertEqual(self.numbers(sampled.events()), [1, 251, 501, 751])
        self.assertEqual(self.numbers(whole.events()), list(EVERY))

    def test_what_one_does_not_want_is_inside_of_what_another_wants(self):
        outer = self.observe('--where', 'args.n == 10')
        inner = self.observe('--where', 'args.n >= 20 && args.n <= 30', name='shop::tally')
        self.target.do('run 100')
        self.target.end()
        self.assertEqual([(event['event'], event['n']) for event in outer.events()],
                         [('enter', 10), ('return', 10)])
        self.assertEqual([(event['event'], event['n']) for event in inner.events()],
                         [('enter', 20), ('return', 20), ('enter', 30), ('return', 30)])

    def test_rules_vanish_with_who_had_them(self):
        first, second = self.observe('--where', 'args.n == 1'), self.observe('--sample', '1/500')
        first.kill()
        first.tool.wait()
        whole = self.observe()
        self.target.do('run 1000')
        self.target.end()
        self.assertEqual(self.numbers(whole.events()), list(EVERY))
        self.assertEqual(self.numbers(second.events()), [1, 501])

    def below(self, command, *arguments):
        """What was called, by thread, while a root was open."""
        self.start()
        watcher = subprocess.Popen([f'{workshop.bin}/root_watcher', str(self.target.pid),
                                    *arguments], stdout=subprocess.PIPE, text=True)
        self.addCleanup(watcher.stdout.close)
        self.addCleanup(watcher.wait)
        self.addCleanup(watcher.kill)
        self.assertEqual(watcher.stdout.readline(), 'ready\n')
        self.target.do(command)
        self.target.end()
        threads = {}
        for line in watcher.stdout:
            thread, name = line.split()
            threads.setdefault(thread, []).append(name)
        self.assertEqual(watcher.wait(), 0)
        return list(threads.values())

    def test_roots(self):
        insert, tally, probe = 'shop::insert', 'shop::tally', 'shop:inserted'
        self.assertEqual(self.below('run 30', insert, '20'), [[insert, probe, tally]])
        self.assertEqual(self.below('run 20', insert), [([insert, probe] * 10 + [tally]) * 2])
        self.assertEqual(self.below('run 30', tally), [[tally] * 3])
        self.assertEqual(self.below('run 30', probe), [[probe] * 30])
        self.assertEqual(self.below('run 30', insert, '20', tally), [[insert, tally]])
        self.assertEqual(self.below('threads 3 30', insert, '10'),
                         [[insert, probe, tally]] * 3)
        self.assertEqual(self.below('run 30', 'none'), [])

    def test_roots_beside_another_observer(self):
        whole = self.observe()
        target, self.start = self.target, lambda: None
        self.assertEqual(self.below('run 100', 'shop::insert', '30'),
                         [['shop::insert', 'shop:inserted', 'shop::tally']])
        self.assertIs(self.target, target)
        self.assertEqual(self.numbers(whole.events()), list(range(1, 101)))

    def test_rules_come_and_go_while_threads_go_by_them(self):
        """So that rules are replaced that are being gone by."""
        self.target.send('threads 4 1000000')
        stays = self.observe('--where', 'args.n == 77')
        for n in range(1, 25):
            wheres = (f'args.n == {n}', f'args.text == "number {n}" && args.order.number > {n}')
            for observer in [self.observe('--where', where) for where in wheres]:
                observer.leave()
        self.assertEqual(int(self.target.process.stdout.readline()), 1000000)
        self.target.do('run 100')
        self.assertEqual(self.target.end(), '')
        self.assertEqual(set(self.numbers(stays.events())), {77})

    def write_rules(self, rules, size):
        """In the name of the observer of the first place (live_format.h)."""
        file, = live_files(self.target.pid)
        with open(file, 'r+b', buffering=0) as live:
            live.seek(2368)
            observer = live.read(16)
            live.seek(4096)
            live.write(observer + struct.pack('<II', size, 0) + rules)
            live.seek(56)
            changes, = struct.unpack('<I', live.read(4))
            live.seek(56)
            live.write(struct.pack('<I', (changes + 1) % 2**32))

    def test_what_is_no_rule(self):
        """It filters nothing, and harms nobody."""
        chance = random.Random(3)
        whole = self.observe()
        all_there = 12 * 1024 - 24
        for size in [0, 1, all_there, all_there + 1, 2**32 - 1] * 10:
            # 255 begins nothing that is there.
            rules = b'\xff' + chance.randbytes(chance.choice((10, 100, all_there - 1)))
            self.write_rules(rules, size)
            self.target.do('run 10')
        self.target.end()
        self.assertEqual(self.numbers(whole.events()), list(range(1, 11)) * 50)

    def test_options_that_make_no_sense(self):
        for option, expected in (('--sample=3', 'expected 1/N'), ('--sample=1/0', 'expected 1/N'),
                                 ('--limit=7', 'expected N/s'), ('--where=n ==', 'unknown name')):
            _, errors, status = workshop.omnitrace('top', option, 'x')
            self.assertIn(expected, errors)
            self.assertEqual(status, 2)


if __name__ == '__main__':
    workshop = Workshop(sys.argv.pop(1))
    unittest.main()
