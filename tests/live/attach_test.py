#!/usr/bin/env -S python3 -B
"""attach_test.py BUILD CLASS: one of the classes below, or all of them. What scripts do with real
processes."""
import json
import os
import re
import signal
import subprocess
import sys
import unittest

from observing import COUNT, ObservingTest
from target import HERE, STANDBY, Workshop, wait_until

SCRIPTS = os.path.join(os.path.dirname(os.path.dirname(HERE)), 'samples', 'http_server', 'scripts')
SEED = '/work/shared/seeds/jstrace.txt'
READY = "setTimeout(() => console.log('attached'), 0);\n"


class ScriptTest(ObservingTest):
    def setUp(self):
        self.program = self.workshop.build('requests', *STANDBY, source='requests.cc')
        self.requests = self.target(self.program)

    def run_script(self, text, *lines, after=()):
        """Its output, when the process has done what the lines say."""
        tool = self.attach(READY + text, pid=self.requests.pid, after=after)
        for line in lines:
            self.requests.do(line)
        self.requests.end()
        self.assertEqual(tool.wait(), 0, tool.errors.rest())
        return tool.out.rest()[1:]


class Scripts(ScriptTest):
    def seed(self):
        with open(os.path.join(SCRIPTS, 'response_duration.js'), encoding='utf-8') as file:
            return file.read()

    def test_the_seeds_script_is_the_seeds(self):
        if not os.path.exists(SEED):
            self.skipTest(f'there is no {SEED}')
        with open(SEED, encoding='utf-8') as file:
            block, = re.findall(r"```js\n(var m = .*?\n)```", file.read(), re.DOTALL)
        self.assertEqual(self.seed().rstrip('\n'), block.rstrip('\n'))

    def test_the_seeds_script(self):
        path = self.script(self.seed())
        tool = self.tool('attach', '-p', self.requests.pid, path)
        while self.on(self.requests.pid) != {'request:start', 'request:end'}:
            pass
        for number in range(3):
            self.requests.do(f'request id-{number} 200')
        for number in range(3):
            self.assertRegex(tool.out.next(), rf'^id-{number} -> \d+ms$')
        self.assertEqual(self.on(self.requests.pid), {'request:start', 'request:end'})
        self.assertEqual(tool.end(), 0)
        self.assertEqual(self.on(self.requests.pid), set())

    def test_a_histogram_by_status(self):
        with open(os.path.join(SCRIPTS, 'status_histogram.js'), encoding='utf-8') as file:
            tool = self.attach(READY + file.read(), pid=self.requests.pid)
        for status, times in ((200, 3), (404, 1)):
            for number in range(times):
                self.requests.do(f'request {number} {status}')
        bars = {}
        while sum(bars.values()) < 4:
            if bar := re.match(r'\s*(\d+) \| #* *\| (\d+)', tool.out.next()):
                bars[int(bar[1])] = bars.get(int(bar[1]), 0) + int(bar[2])
        self.assertEqual(bars, {200: 3, 404: 1})
        self.assertEqual(tool.end(), 0)

    def test_the_usual_ones(self):
        tool = self.tool('hist', '-p', self.requests.pid, 'request:end', '--by', 'status')
        while 'request:end' not in self.on(self.requests.pid):
            pass
        for status in (200, 200, 404):
            self.requests.do(f'request 1 {status}')
        self.requests.end()
        self.assertEqual(tool.wait(), 0)
        text = '\n'.join(tool.out.rest())
        self.assertRegex(text, r'200\b.* 2\b')
        self.assertRegex(text, r'404\b.* 1\b')

    def test_local(self):
        out = self.run_script('''
          exports.local = function(traces) {
            traces.on('request:*', trace => console.log(trace.name, trace.id, trace.event));
            traces.on('cleanup', () => console.log('cleaned up'));
          };''', 'request a 200', 'pay 1')
        self.assertEqual(out, ['request:start a probe', 'request:end a probe', 'cleaned up'])

    def test_what_events_say(self):
        self.requests.do('title front')
        out = self.run_script('''
          exports['shop::pay'] = ({event, args, duration, thrown, title, pid, hostname, thread,
                                   timestamp, ...rest}) => {
            const known = Number.isInteger(timestamp) && Math.abs(Date.now() - timestamp) < 60000;
            console.log('%j', {event, args, timed: duration > 0, thrown, title, pid, hostname,
                               thread, known, result: rest.return});
          };''', 'pay 3', 'pay -4')
        common = {'title': 'front', 'pid': self.requests.pid, 'hostname': os.uname().nodename,
                  'thread': 1, 'known': True}
        thrown = {'type': 'shop::Refused', 'what': 'no money', 'missing': 4}
        self.assertEqual([json.loads(line) for line in out], [
            {'event': 'enter', 'args': {'sum': 3}, 'timed': False, **common},
            {'event': 'return', 'args': {'sum': 3}, 'timed': True, **common, 'result': 4},
            {'event': 'enter', 'args': {'sum': -4}, 'timed': False, **common},
            {'event': 'throw', 'args': {'sum': -4}, 'timed': True, 'thrown': thrown, **common}])

    def test_remote(self):
        path = self.script('exports.remote = function(traces) {};')
        _, errors, status = self.workshop.omnitrace('attach', '-p', self.requests.pid, path)
        self.assertEqual(status, 1)
        self.assertIn('exports.remote', errors)
        self.assertIn('local', errors)
        self.assertEqual(self.on(self.requests.pid), set())

    def test_from_standard_input(self):
        tool = self.tool('attach', '-p', self.requests.pid, '-', stdin=subprocess.PIPE)
        tool.process.stdin.write(READY + "exports['request:end'] = t => console.log(t.status);")
        tool.process.stdin.close()
        tool.out.find('attached')
        self.requests.do('request 1 201')
        self.assertEqual(tool.out.next(), '201')
        self.assertEqual(tool.end(), 0)

    def test_arguments(self):
        out = self.run_script("exports['request:end'] = () => console.log('%j', "
                              'process.argv.slice(2));', 'request 1 200',
                              after=('one', '--two', '-p'))
        self.assertEqual(out, ['["one","--two","-p"]'])

    def test_listens_to_more_later(self):
        tool = self.attach('''
          exports.local = traces => {
            traces.on('request:start', t => {
              console.log('start');
              if (t.id === 'more') traces.on('shop::add', a => console.log(a.event));
            });
            setTimeout(() => console.log('attached'), 0);
          };''', pid=self.requests.pid)
        self.requests.do('call 1')
        self.requests.do('request more 1')
        self.assertEqual(tool.out.next(), 'start')
        while 'shop::add' not in self.on(self.requests.pid):
            pass
        self.requests.do('call 1')
        self.assertEqual([tool.out.next(), tool.out.next()], ['enter', 'return'])
        self.assertEqual(tool.end(), 0)


class Endings(ScriptTest):
    def test_the_user_ends_it(self):
        for how in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(how):
                tool = self.count(self.requests.pid, 'request:*')
                self.requests.do('request 1 200')
                self.assertEqual(self.on(self.requests.pid), {'request:start', 'request:end'})
                self.assertEqual(tool.end(how), 0)
                self.assertEqual(tool.counts(), {'request:start': 1, 'request:end': 1})
                self.assertEqual(self.on(self.requests.pid), set())

    def test_a_handler_that_runs_away(self):
        tool = self.attach(READY + '''
          exports['request:start'] = () => { for (;;); };
          exports.local = traces => traces.on('cleanup', () => console.log('cleaned up'));
          ''', pid=self.requests.pid)
        idle = self.cpu_time(tool)
        self.requests.do('request 1 200')
        self.interrupt(tool, idle)
        self.assertIn('cleaned up', tool.out.rest())
        self.assertTrue(any('interrupted' in line for line in tool.errors.rest()),
                        tool.errors.all)
        self.assertEqual(tool.lost(), 0)
        self.assertEqual(self.on(self.requests.pid), set())

    def test_what_comes_behind_a_handler_that_runs_away(self):
        tool = self.attach(READY + '''
          let count = 0;
          exports['request:*'] = () => { if (++count === 5) for (;;); };
          exports.local = traces => traces.on('cleanup', () => console.log('%j', {count}));
          ''', pid=self.requests.pid)
        idle = self.cpu_time(tool)
        # So that it gets all at once.
        tool.process.send_signal(signal.SIGSTOP)
        for _ in range(10):
            self.requests.do('request 1 200')
        tool.process.send_signal(signal.SIGCONT)
        self.interrupt(tool, idle)
        self.assertEqual((tool.counts(), tool.lost()), ({'count': 5}, 15))

    def interrupt(self, tool, idle):
        """When it has used more processor time than one does that waits."""
        # That takes half a minute for as much.
        wait_until(lambda: self.cpu_time(tool) > idle + 0.3)
        tool.process.send_signal(signal.SIGINT)
        # What it has asked for can be seen when the signal was handled; two of one kind that are
        # not are one.
        while self.pending(tool):
            pass
        self.assertEqual(tool.end(), 1)

    def cpu_time(self, tool):
        with open(f'/proc/{tool.process.pid}/schedstat', encoding='utf-8') as schedule:
            return int(schedule.read().split()[0]) / 1e9

    def pending(self, tool):
        with open(f'/proc/{tool.process.pid}/status', encoding='utf-8') as status:
            waiting = re.findall(r'^(?:Sig|Shd)Pnd:\s*(\w+)$', status.read(), re.MULTILINE)
        return any(int(mask, 16) for mask in waiting)

    def test_an_error_in_a_script(self):
        tool = self.attach(READY + '''exports['request:start'] = trace => {
              if (trace.id === 'bad') throw new Error('of ' + trace.id);
              console.log(trace.id);
            };''', pid=self.requests.pid)
        for name in ('good', 'bad', 'better'):
            self.requests.do(f'request {name} 200')
        tool.out.find('better')
        self.assertEqual(tool.end(), 1)
        self.assertEqual(tool.out.rest(), ['attached', 'good', 'better'])
        self.assertTrue(any(re.search(r'\.js:3:\d+: Error: of bad', line)
                            for line in tool.errors.rest()), tool.errors.all)

    def test_a_script_that_does_not_begin(self):
        for text, expected in (('exports = {;', r':1:\d+: SyntaxError'),
                               ('\nthrow new TypeError("no");', r':2:\d+: TypeError: no'),
                               ('require("./absent")', 'absent')):
            with self.subTest(text):
                path = self.script(text)
                _, errors, status = self.workshop.omnitrace('attach', '-p', self.requests.pid,
                                                            path)
                self.assertRegex(errors, expected)
                self.assertEqual(status, 1)

    def test_nobody_reads_its_output(self):
        tool = subprocess.Popen([self.workshop.tool, 'attach', '-p', str(self.requests.pid),
                                 self.script(READY + "exports['request:*'] = t => "
                                             "console.log(t.id);")], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)
        self.addCleanup(tool.kill)
        tool.stdout.readline()
        tool.stdout.close()
        self.requests.do('request 1 200')
        self.assertEqual(tool.stderr.read(), '')
        self.assertIn(tool.wait(), (0, 1, -signal.SIGPIPE))
        tool.stderr.close()
        self.assertEqual(self.on(self.requests.pid), set())

    def test_process_exit(self):
        tool = self.attach(READY + "exports['request:end'] = t => process.exit(t.status);",
                           pid=self.requests.pid)
        self.requests.do('request 1 7')
        self.assertEqual(tool.wait(), 7)
        self.assertEqual(self.on(self.requests.pid), set())

    def test_after_a_time(self):
        tool = self.attach(COUNT, '--for', '100ms', pid=self.requests.pid, after=['request:*'])
        self.assertEqual(tool.wait(), 0)
        self.assertEqual(tool.counts(), {})
        self.assertEqual(self.on(self.requests.pid), set())

    def test_the_process_ends(self):
        tool = self.count(self.requests.pid, 'request:*')
        self.requests.do('request 1 200')
        self.requests.kill()
        self.assertEqual(tool.wait(), 0)
        self.assertEqual(tool.counts(), {'request:start': 1, 'request:end': 1})
        self.assertTrue(any(f'process {self.requests.pid} (requests) has ended' in line
                            for line in tool.errors.rest()), tool.errors.all)


if __name__ == '__main__':
    ObservingTest.workshop = Workshop(sys.argv.pop(1))
    unittest.main()
