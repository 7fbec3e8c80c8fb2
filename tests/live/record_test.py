#!/usr/bin/env -S python3 -B
"""record_test.py BUILD CLASS: `omnitrace record` on programs that count what they emit."""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest

from target import STANDBY, Workshop, live_files, wait_until

workshop = None
COUNT = re.compile(r'([\d,]+) calls of process (\d+)(?: are in ([^;]*))?'
                   r'(?:; ([\d,]+) came too fast to be read, and are lost)?\n')


def number(text):
    return int(text.replace(',', '')) if text else 0


def facts_of(pid):
    """How many mappings, descriptors and threads it has."""
    with open(f'/proc/{pid}/maps') as maps:
        return len(list(maps)), *(len(os.listdir(f'/proc/{pid}/{what}')) for what in ('fd', 'task'))


class RecordTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(dir=workshop.folder.name)

    def emitter(self, *arguments):
        program = workshop.build('emitter', *STANDBY, source='emitter.cc')
        # Without arenas of malloc's, which threads map when they first need them.
        process = subprocess.Popen([program, *map(str, arguments)], stdout=subprocess.PIPE,
                                   text=True, cwd=self.folder,
                                   env={**os.environ, 'MALLOC_ARENA_MAX': '1'})
        for clean in (process.stdout.close, process.wait, process.kill):
            self.addCleanup(clean)
        process.stdout.readline()  # from now on signals are answered
        return process

    def counts(self, process):
        process.send_signal(signal.SIGUSR1)
        return json.loads(process.stdout.readline())

    def end(self, process):
        """Its last counts."""
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate()
        self.assertEqual(process.returncode, 0)
        return json.loads(out)

    def record(self, process, *arguments):
        """Returns when it is attached."""
        recorder = subprocess.Popen(
            [workshop.tool, 'record', '-p', str(process.pid), *arguments], cwd=self.folder,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for clean in (recorder.stdout.close, recorder.stderr.close, recorder.wait, recorder.kill):
            self.addCleanup(clean)
        wait_until(lambda: workshop.ps()[process.pid]['on'] > 0)
        return recorder

    def finish(self, recorder, status=0):
        """Calls, files and lost calls, as it says."""
        out, errors = recorder.communicate()
        self.assertEqual((errors, recorder.returncode), ('', status))
        calls, _, files, lost = COUNT.fullmatch(out).groups()
        paths = [os.path.join(self.folder, file) for file in (files or '').split(', ') if file]
        return number(calls), paths, number(lost)

    def calls(self, path, *arguments):
        _, errors, status = workshop.omnitrace('verify', path)
        self.assertEqual((errors, status), ('', 0))
        out, _, status = workshop.omnitrace('calls', '--json', *arguments, path)
        self.assertEqual(status, 0)
        return [json.loads(line) for line in out.splitlines()]


    def record_many(self, process):
        sent = self.counts(process)['sent']
        recorder = self.record(process, '--ns', 'tick')
        wait_until(lambda: self.counts(process)['sent'] > sent + 100_000)
        recorder.send_signal(signal.SIGINT)
        calls, _, lost = self.finish(recorder)
        # A thread may be at the probe, and not have recorded it, when the last look is over.
        self.assertIn(self.counts(process)['sent'] - sent - calls - lost, (0, 1, 2))


class Memory(RecordTest):
    """Where the live file is memory: see in_memory()."""

    def test_the_memory_of_events_is_given_back(self):
        process = self.emitter(2)
        [live] = live_files(process.pid)
        for _ in range(3):
            self.record_many(process)
            # Two windows and a block for each of three threads, of 100,000 events of some 40 bytes.
            self.assertLess(os.stat(live).st_blocks * 512, 2 << 20)
        self.end(process)


class Recorder(RecordTest):
    def test_what_is_recorded_and_what_is_lost_is_all_there_was(self):
        process = self.emitter(2)
        recorder = self.record(process, '--ns', 'tick')
        wait_until(lambda: self.counts(process)['sent'] > 100_000)
        sent = self.end(process)['sent']
        calls, [path], lost = self.finish(recorder)
        self.assertEqual(calls + lost, sent)
        self.assertEqual(os.path.basename(path), f'emitter.{process.pid}.omni')
        recorded = self.calls(path)
        self.assertEqual(len(recorded), calls)
        self.assertEqual({call['name'] for call in recorded}, {'tick'})
        if lost == 0:
            for worker in (0, 1):
                seqs = [call['args']['seq'] for call in recorded
                        if call['args']['worker'] == worker]
                self.assertEqual(seqs, list(range(1, len(seqs) + 1)))

    def test_a_slow_rate_loses_nothing(self):
        process = self.emitter(1, 5_000)
        recorder = self.record(process, '--ns', 'tick')
        wait_until(lambda: self.counts(process)['sent'] > 2_000)
        sent = self.end(process)['sent']
        self.assertEqual(self.finish(recorder)[0::2], (sent, 0))

    def test_only_what_a_root_calls(self):
        process = self.emitter(1, 100, 0, 1)
        recorder = self.record(process, '--root', 'shop::handle', '-o', 'handled.omni')
        wait_until(lambda: os.path.exists(os.path.join(self.folder, 'handled.omni')))
        recorder.send_signal(signal.SIGINT)
        _, [path], _ = self.finish(recorder)
        calls = {call['id']: call for call in self.calls(path)}
        for call in calls.values():
            if call['name'] == 'shop::handle':
                self.assertIsNone(call.get('parent'))
            else:
                self.assertIn(call['name'], ('shop::parse', 'shop::compute'))
                # Of a block that was lost the root is not known.
                if call.get('parent') is not None:
                    self.assertEqual(calls[call['parent']]['name'], 'shop::handle')
        self.assertIn('shop::parse', {call['name'] for call in calls.values()})

    def test_filters(self):
        process = self.emitter(1, 5_000)
        recorder = self.record(process, '--ns', 'tick', '--where',
                               'args.seq > 10 && (args.seq < 1000 || args.seq > 2000)',
                               '--sample', '1/7')
        wait_until(lambda: self.counts(process)['sent'] > 3_000)
        sent = self.end(process)['sent']
        calls, [path], lost = self.finish(recorder)
        self.assertEqual(lost, 0)
        # The process can't tell of the part in parentheses, and the sample is of what it lets pass.
        expected = [n for n in range(11, sent + 1, 7) if n < 1000 or n > 2000]
        self.assertEqual([call['args']['seq'] for call in self.calls(path)], expected)
        self.assertEqual(calls, len(expected))

    def test_a_limit(self):
        process = self.emitter(1, 5_000)
        recorder = self.record(process, '--ns', 'tick', '--limit', '10/s')
        wait_until(lambda: self.counts(process)['sent'] > 12_000)
        self.end(process)
        _, [path], _ = self.finish(recorder)
        seqs = [call['args']['seq'] for call in self.calls(path)]
        self.assertEqual(seqs[0], 1)
        begins = [0] + [i for i in range(1, len(seqs)) if seqs[i] != seqs[i - 1] + 1]
        self.assertGreaterEqual(len(begins), 3)
        self.assertEqual({end - begin for begin, end in zip(begins[1:], begins[2:])} - {10}, set())

    def test_filters_of_roots(self):
        """Both what the process can tell, and what it can't."""
        for where, holds in (('args.order.number < 1000', lambda n: n < 1000),
                             ('(args.order.number < 1000 || args.order.number > 980000)',
                              lambda n: n < 1000 or n > 980_000)):
            process = self.emitter(1, 100, 0, 1)
            recorder = self.record(process, '--root', 'shop::handle', '--where', where, '-o',
                                   f'{process.pid}.omni')
            wait_until(lambda: os.path.exists(os.path.join(
                self.folder, f'{process.pid}.omni')))  # pylint: disable=W0640
            recorder.send_signal(signal.SIGINT)
            _, [path], _ = self.finish(recorder)
            calls = {call['id']: call for call in self.calls(path)}
            handled = [call for call in calls.values() if call['name'] == 'shop::handle']
            self.assertTrue(all(holds(call['args']['order']['number']) for call in handled))
            self.assertGreater(len(handled), 0)
            below = {call['name'] for call in calls.values() if call.get('parent') is not None}
            self.assertEqual(below, {'shop::parse', 'shop::compute'})
            self.end(process)

    def test_what_it_comes_too_late_for(self):
        process = self.emitter(1)
        recorder = self.record(process, '--ns', 'tick')
        recorder.send_signal(signal.SIGSTOP)
        sent = self.counts(process)['sent']
        wait_until(lambda: self.counts(process)['sent'] > sent + 2_000_000)
        recorder.send_signal(signal.SIGCONT)
        self.end(process)
        _, [path], lost = self.finish(recorder)
        self.assertGreater(lost, 0)
        out, errors, status = workshop.omnitrace('info', '--json', path)
        self.assertEqual((errors, status), ('', 0))
        self.assertEqual(json.loads(out)['dropped'], {'missed': lost})

    def test_afterwards_the_process_is_as_before(self):
        process = self.emitter(2)
        before = facts_of(process.pid)
        for _ in range(3):
            self.record_many(process)
            seen = workshop.ps()[process.pid]
            self.assertEqual((seen['state'], seen['on'], seen['observers']), ('standby', 0, 0))
            self.assertEqual(facts_of(process.pid), before)
        self.end(process)

    def test_files_are_not_overwritten(self):
        process = self.emitter(1, 1_000)
        for expected in ('', '.1', '.2'):
            recorder = self.record(process, '--ns', 'tick')
            wait_until(lambda: any(name.endswith('omni' + expected)
                                   for name in os.listdir(self.folder)))
            recorder.send_signal(signal.SIGINT)
            _, [path], _ = self.finish(recorder)
            self.assertEqual(os.path.basename(path), f'emitter.{process.pid}.omni{expected}')
        name = f'emitter.{process.pid}.omni'
        _, errors, status = workshop.omnitrace('record', '-p', process.pid, '--ns', 'tick', '-o',
                                               name, cwd=self.folder)
        self.assertEqual((errors.split(';')[0], status),
                         (f'omnitrace record: {name}: not overwritten', 1))
        self.end(process)

    def test_what_cannot_be_done_is_told(self):
        process, other = self.emitter(1, 100), self.emitter(1, 100)
        for arguments, message, expected in (
                (('--ns', 'nothing::*'), 'no function or probe matches nothing::*', 1),
                (('--for', 'soon'), '--for', 2),
                (('--where', 'return > 3'), 'ask `omnitrace calls', 2),
                (('--sample', '3'), 'expected 1/N', 2),
                (('-o', ''), '-o names no file', 2),
                (('-p', str(other.pid), '-o', 'one.omni'), '-o names one file', 2)):
            out, errors, status = workshop.omnitrace('record', '-p', process.pid, *arguments,
                                                     cwd=self.folder)
            self.assertEqual((out, status), ('', expected))
            self.assertIn(message, errors)
        self.assertEqual(workshop.ps()[process.pid]['observers'], 0)
        self.end(process)
        self.end(other)

    def test_a_time_ends_it(self):
        process = self.emitter(1, 1_000)
        out, errors, status = workshop.omnitrace('record', '-p', process.pid, '--for', '200ms',
                                                 cwd=self.folder)
        self.assertEqual((errors, status), ('', 0))
        self.assertEqual(number(COUNT.fullmatch(out)[1]), self.counts(process)['sent'])
        self.end(process)


def in_memory():
    """Runs this program again where live files are memory, in a namespace of its own."""
    folder = f'/tmp/omnitrace-{os.geteuid()}'
    script = (f'mkdir -m 700 -p {folder} && mount -t tmpfs -o mode=700 none {folder} && '
              f'(! test -d /run/user/{os.geteuid()} || mount -t tmpfs none /run/user) || exit 77; '
              'exec "$@"')
    os.execvp('unshare', ['unshare', '-m', 'sh', '-c', script, 'sh', sys.executable, '-B',
                          *sys.argv, 'here'])


if __name__ == '__main__':
    if sys.argv[2:] == ['Memory']:
        in_memory()
    if sys.argv[3:] == ['here']:
        sys.argv.pop()
    workshop = Workshop(sys.argv.pop(1))
    unittest.main()
