#!/usr/bin/env -S python3 -B
"""exactness_test.py BUILD CLASS: one of the classes below, or all of them. What tools receive and
what they lose is what the processes sent, exactly."""
import json
import signal
import sys
import unittest

from observing import COUNT, ObservingTest
from target import STANDBY, Workshop, wait_until

EVENTS = 1_000_000

# Prints them.
NUMBERS = '''
  setTimeout(() => console.log('attached'), 0);
  exports['shop::turn'] = ({event, args}) => {
    if (event === 'enter') console.log(args.n);
  };
'''

# Needs far more time for an event than the target does.
SLOW = COUNT.replace('counts.set', 'for (let i = 0; i < 20000; ++i) Math.sin(i); counts.set')


class Exactness(ObservingTest):
    def watch(self, emitters, script=COUNT, how=None):
        """What they sent, were received and lost of, from when all are observed to their end."""
        tool = self.attach(script, *(word for each in emitters for word in ('-p', each.pid)),
                           after=['tick'])
        if how is not None:
            how(tool)
        sent = sum(emitter.last_counts()['sent'] for emitter in emitters)
        self.assertEqual(tool.wait(), 0)
        return sent, tool.counts().get('tick', 0), tool.lost()

    def check(self, processes, threads, events=EVENTS):
        emitters = [self.emitter(threads, 0, events) for _ in range(processes)]
        sent, received, lost = self.watch(emitters)
        self.assertEqual(sent, processes * threads * events)
        self.assertEqual(received + lost, sent)
        self.assertGreater(received, 0)

    def test_one_process(self):
        self.check(1, 1)

    def test_threads(self):
        self.check(1, 4)

    def test_processes(self):
        self.check(8, 1, EVENTS // 4)

    def test_threads_of_processes(self):
        self.check(8, 4, EVENTS // 8)

    def test_at_a_rate_that_can_be_followed(self):
        emitter = self.emitter(2, 20000, 20000)
        self.assertEqual(self.watch([emitter]), (40000, 40000, 0))

    def test_a_script_that_is_too_slow(self):
        """The target goes on; the events that are lost are counted."""
        emitter = self.emitter(1, 0, EVENTS)
        tool = self.attach(SLOW, pid=emitter.pid, after=['tick'])
        self.assertEqual(emitter.last_counts()['sent'], EVENTS)
        self.assertIsNone(tool.process.poll())
        tool.errors.find('calls are lost')
        tool.process.send_signal(signal.SIGINT)
        self.assertEqual(tool.wait(), 0)
        received, lost = tool.counts().get('tick', 0), tool.lost()
        self.assertEqual(received + lost, EVENTS)
        self.assertGreater(lost, 0)

    def test_the_tool_ends_first(self):
        emitter = self.emitter(2)
        tool = self.count(emitter.pid, 'tick')
        emitter.wait_for('sent', EVENTS)
        self.assertEqual(tool.end(), 0)
        sent = emitter.counts()['sent']
        # Each thread may be in the middle of one.
        self.assertIn(sent - tool.counts()['tick'] - tool.lost(), range(3))
        self.assertEqual(emitter.end()['sent'], sent)

    def test_calls(self):
        """Each has a beginning and an end."""
        emitter = self.emitter(0, 0, 0, 1)
        tool = self.attach("""
          let depth = 0, calls = 0, wrong = 0, ends = 0;
          setTimeout(() => console.log('attached'), 0);
          exports['shop::parse'] = ({event, args, ...rest}) => {
            if (event === 'enter') ++calls;
            else if (args && rest.return !== Number(args.text)) ++wrong;
            else ++ends;
          };
          exports.local = traces => traces.on('cleanup', () =>
            console.log('%j', {calls, ends, wrong}));
          """, pid=emitter.pid)
        emitter.wait_for('roots', 100000)
        self.assertEqual(tool.end(), 0)
        counts = tool.counts()
        self.assertGreater(counts['calls'], 0)
        self.assertEqual(counts['wrong'], 0)
        if tool.lost() == 0:
            self.assertEqual(counts['calls'], counts['ends'])


class Rules(ObservingTest):
    """Who comes with rules to a function that is on already, in a thread that never pauses."""

    def setUp(self):
        program = self.workshop.build('filtered', *STANDBY, source='filtered.cc')
        self.loop = self.target(program, first='run 0')
        self.count(self.loop.pid, 'shop::turn')
        self.loop.do('loop')

    def come(self, *rules):
        return self.attach(NUMBERS, *rules, pid=self.loop.pid)

    def await_numbers(self, tool, more):
        for _ in range(more):
            tool.out.next()

    def numbers(self, tool):
        """All, when it has ended."""
        numbers = [int(line) for line in tool.out.rest() if line != 'attached']
        self.assertEqual(tool.lost(), 0)
        return numbers

    def test_a_sample(self):
        sampled = self.come('--sample', '1/1000')
        self.await_numbers(sampled, 10)
        # Others come and go, one after another in the same place.
        for one_in in (300, 700, 500):
            other = self.come('--sample', f'1/{one_in}')
            self.await_numbers(other, 10)
            self.assertEqual(other.end(), 0)
            numbers = self.numbers(other)
            self.assertEqual(numbers, list(range(numbers[0], numbers[-1] + 1, one_in)))
        last = self.loop.do('stop')
        self.assertEqual(sampled.end(), 0)
        numbers = self.numbers(sampled)
        self.assertEqual(numbers, list(range(numbers[0], last + 1, 1000)))

    def test_a_limit(self):
        limited = self.come('--limit', '100/s')
        self.await_numbers(limited, 350)
        self.loop.do('stop')
        self.assertEqual(limited.end(), 0)
        numbers = self.numbers(limited)
        begins = [0] + [i for i in range(1, len(numbers)) if numbers[i] != numbers[i - 1] + 1]
        first, *seconds, _ = [end - begin
                              for begin, end in zip(begins, begins[1:] + [len(numbers)])]
        # It begins at any moment of a second, and perhaps right before the next.
        self.assertIn(first, range(100, 200))
        self.assertEqual(set(seconds), {100})


class Threads(ObservingTest):
    """More of them come and go than keep their last calls."""

    def stopped(self, target):
        tool = self.count(target.pid, 'shop::add')
        tool.process.send_signal(signal.SIGSTOP)
        return tool

    def check(self, tool, made):
        """When it goes on."""
        tool.process.send_signal(signal.SIGCONT)
        self.assertEqual(tool.end(), 0)
        received, lost = tool.counts().get('shop::add', 0), tool.lost()
        self.assertEqual(received + lost, made)
        self.assertGreater(received, 0)
        self.assertGreater(lost, 0)

    def test_while_the_tool_is_stopped(self):
        target = self.target()
        tool = self.stopped(target)
        self.check(tool, target.do('threads 1000'))

    def test_while_a_recorder_is_stopped(self):
        target = self.target()
        file = self.workshop.path('stopped.omni')
        recorder = self.tool('record', '-p', target.pid, '--ns', 'shop::add', '-o', file)
        wait_until(lambda: self.on(target.pid))
        recorder.process.send_signal(signal.SIGSTOP)
        made = target.do('threads 1000')
        recorder.process.send_signal(signal.SIGCONT)
        self.assertEqual(recorder.end(), 0)
        info = json.loads(self.workshop.omnitrace('info', '--json', file)[0])
        missed = info['dropped']['missed']
        self.assertEqual(sum(each['calls'] for each in info['threads']) + missed, made)

    def test_before_a_target_is_killed(self):
        target = self.target()
        tool = self.stopped(target)
        made = target.do('threads 1000')
        target.kill()
        self.check(tool, made)

    def test_while_the_tool_is_stopped_now_and_then(self):
        target = self.target()
        tool = self.stopped(target)
        made = 0
        for _ in range(5):
            made += target.do('threads 300')
            tool.process.send_signal(signal.SIGCONT)
            made += target.do('threads 30')
            tool.process.send_signal(signal.SIGSTOP)
        self.check(tool, made)

    def test_before_the_tool_has_come(self):
        target = self.target()
        other = self.count(target.pid, 'shop::add')
        target.do('threads 1000')
        tool = self.stopped(target)
        self.check(tool, target.do('threads 1000'))
        other.end()

    def test_any_number_of_them_have_names(self):
        """More than the live file has room for records of."""
        target = self.target()
        tool = self.count(target.pid, 'shop::add')
        made = target.do('brief 150000')
        self.assertEqual(tool.end(), 0)
        self.assertEqual(tool.counts()['shop::add'] + tool.lost(), made)
        file = self.workshop.path('names.omni')
        recorder = self.tool('record', '-p', target.pid, '-o', file)
        wait_until(lambda: self.on(target.pid))
        target.do('brief 6')
        self.assertEqual(recorder.end(), 0)
        info = json.loads(self.workshop.omnitrace('info', '--json', file)[0])
        self.assertEqual(sorted(each['name'] for each in info['threads'] if each['calls'] > 0),
                         [f'worker {i}' for i in range(6)])

    def test_in_a_recording_of_the_process_itself(self):
        target = self.target(environment={'OMNITRACE_LIMITS': 'keep=last'})
        self.workshop.omnitrace('enable', '-p', target.pid, 'shop::add')
        tool = self.stopped(target)
        made = target.do('threads 1000')
        self.check(tool, made)
        target.end()
        file, = target.workspaces()
        info = json.loads(self.workshop.omnitrace('info', '--json', file)[0])
        self.assertEqual(info['calls'] + info['dropped']['overwritten'], made)
        self.assertGreater(info['dropped']['overwritten'], 0)


if __name__ == '__main__':
    ObservingTest.workshop = Workshop(sys.argv.pop(1))
    unittest.main()
