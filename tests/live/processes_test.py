#!/usr/bin/env -S python3 -B
"""processes_test.py BUILD CLASS: one of the classes below, or all of them. What becomes of observed
processes: they come, end, fork, exec, stop, load and record."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

from observing import COUNT, ObservingTest
from target import RECORD, STANDBY, Workshop, live_files, wait_until

# A line for each event.
PRINT = '''
  setTimeout(() => console.log('attached'), 0);
  for (const pattern of process.argv.slice(2)) {
    exports[pattern] = ({name, pid, event}) => console.log('%d %s %s', pid, name, event);
  }
'''


class ProcessTest(ObservingTest):
    def printed(self, *arguments, after, **options):
        return self.attach(PRINT, *arguments, after=after, **options)


class Coming(ProcessTest):
    def test_processes_that_start_later(self):
        tool = self.printed('-t', 'coming-*', after=['shop::total'])
        targets = [self.target() for _ in range(3)]
        for number, target in enumerate(targets[:2]):
            target.do(f'title coming-{number}')
        for target in targets[:2]:
            wait_until(lambda: self.on(target.pid) == {'shop::total'})  # pylint: disable=W0640
        for target in targets:
            target.do('call 1')
        lines = {tool.out.next() for _ in range(4)}
        self.assertEqual(lines, {f'{target.pid} shop::total {event}' for target in targets[:2]
                                 for event in ('enter', 'return')})
        self.assertEqual(self.on(targets[2].pid), set())
        targets[0].end()
        tool.errors.find(f'process {targets[0].pid} (coming-0) has ended')
        self.assertEqual(tool.end(), 0)
        self.assertTrue(any(f'process {targets[1].pid} (coming-1) has come' in line
                            for line in tool.errors.rest()), tool.errors.all)

    def test_all_processes(self):
        before = self.target()
        tool = self.printed(after=['shop:total'])
        self.assertEqual(self.on(before.pid), {'shop:total'})
        after = self.target()
        wait_until(lambda: self.on(after.pid) == {'shop:total'})
        after.do('call 1')
        self.assertEqual(tool.out.next(), f'{after.pid} shop:total probe')
        before.do('call 1')
        self.assertEqual(tool.out.next(), f'{before.pid} shop:total probe')
        self.assertEqual(tool.end(), 0)

    def test_a_process_that_is_not_there(self):
        other = subprocess.Popen(['sleep', '1000'])
        self.addCleanup(lambda: (other.kill(), other.wait()))
        path = self.script(COUNT)
        for pid, expected in ((other.pid, "isn't traced"), (2**22 + 1, 'there is no process')):
            _, errors, status = self.workshop.omnitrace('attach', '-p', pid, path, '--', '*')
            self.assertIn(expected, errors)
            self.assertEqual(status, 1)

    def test_several_by_id(self):
        first, second = self.target(), self.target()
        tool = self.printed('-p', first.pid, '-p', second.pid, after=['shop:total'])
        first.end()
        tool.errors.find(f'process {first.pid} (standby) has ended')
        second.do('call 1')
        self.assertEqual(tool.out.next(), f'{second.pid} shop:total probe')
        second.end()
        self.assertEqual(tool.wait(), 0)
        self.assertIn(f'process {second.pid} (standby) has ended', tool.errors.rest()[-1])

    @unittest.skipIf(os.geteuid() != 0, 'only root may run programs as another user')
    def test_another_user(self):
        target = self.target(user=65534, group=65534, extra_groups=[])
        path = self.script(COUNT)
        os.chmod(path, 0o644)
        for command in (('attach', '-p', target.pid, path), ('top', '-p', target.pid, '*')):
            _, errors, status = self.workshop.omnitrace(*command)
            self.assertIn(f'process {target.pid} belongs to nobody: permission denied', errors)
            self.assertEqual(status, 1)
        mine = self.target()
        tool = self.attach(COUNT, after=['shop:total'])
        other = self.tool('attach', path, '--', 'shop:total', user=65534, group=65534,
                          extra_groups=[])
        other.out.find('attached')
        mine.do('call 1')
        target.do('call 1')
        target.do('call 1')
        for each, count in ((tool, 1), (other, 2)):
            self.assertEqual(each.end(), 0)
            self.assertEqual(each.counts(), {'shop:total': count})


class Changing(ProcessTest):
    def test_a_child_is_not_watched_through_its_parent(self):
        target = self.target()
        tool = self.count(target.pid, 'shop::add')
        target.do('call 2')
        child = target.do('fork')
        self.assertEqual(self.on(child), set())
        self.assertEqual(self.on(target.pid), {'shop::add'})
        self.assertEqual(target.do('call 3'), 3)
        self.assertEqual(tool.end(), 0)
        self.assertEqual(tool.counts(), {'shop::add': 2})
        self.assertEqual(target.workspaces(), [])
        self.assertEqual(target.end(), '')

    def test_a_child_joins(self):
        target = self.target()
        target.do('title forking')
        tool = self.printed('-t', 'forking', after=['shop:total'])
        target.do('call 1')
        self.assertEqual(tool.out.next(), f'{target.pid} shop:total probe')
        child = target.do('fork')
        wait_until(lambda: self.on(child) == {'shop:total'})
        target.do('call 1')
        self.assertEqual(tool.out.next(), f'{child} shop:total probe')
        target.end()
        self.assertEqual({re.search(r'process (\d+) ', tool.errors.find('has ended'))[1]
                          for _ in range(2)}, {str(target.pid), str(child)})
        self.assertEqual(tool.end(), 0)

    def test_another_traced_program_takes_over(self):
        target = self.target()
        tool = self.printed('-p', target.pid, after=['shop:total'])
        target.do('call 1')
        self.assertEqual(tool.out.next(), f'{target.pid} shop:total probe')
        copy = self.workshop.path('successor')
        shutil.copy(self.workshop.path('standby'), copy)
        target.send('exec ' + copy)
        tool.errors.find('has become another program')
        self.assertEqual(target.do('call 1'), 1)
        self.assertEqual(tool.out.next(), f'{target.pid} shop:total probe')
        target.end()
        self.assertEqual(tool.wait(), 0)
        self.assertTrue(any(f'process {target.pid} (successor) has come' in line
                            for line in tool.errors.rest()), tool.errors.all)

    def test_an_untraced_program_takes_over(self):
        target, other = self.target(), self.target()
        tool = self.printed('-p', target.pid, '-p', other.pid, after=['shop:total'])
        target.send('exec /bin/cat')
        line = tool.errors.find('has become another program')
        self.assertIn(f'process {target.pid} ', line)
        other.do('call 1')
        self.assertEqual(tool.out.next(), f'{other.pid} shop:total probe')
        other.end()
        self.assertEqual(tool.wait(), 0)

    def test_a_process_that_is_stopped(self):
        target, other = self.target(), self.target()
        target.process.send_signal(signal.SIGSTOP)
        tool = self.count(target.pid, 'shop:total', )
        both = self.printed('-p', target.pid, '-p', other.pid, after=['shop:total'])
        other.do('call 1')
        self.assertEqual(both.out.next(), f'{other.pid} shop:total probe')
        target.process.send_signal(signal.SIGCONT)
        target.do('call 1')
        self.assertEqual(both.out.next(), f'{target.pid} shop:total probe')
        self.assertEqual((tool.end(), both.end()), (0, 0))
        self.assertEqual(tool.counts(), {'shop:total': 1})

    def test_a_file_that_is_cut(self):
        target, other = self.target(), self.target()
        tool = self.printed('-p', target.pid, '-p', other.pid, after=['shop:total'])
        os.truncate(live_files(target.pid)[0], 100)
        line = tool.errors.find(f'process {target.pid} ')
        self.assertRegex(line, r'offset \d+: the file ends here, expected .* bytes')
        other.do('call 1')
        self.assertEqual(tool.out.next(), f'{other.pid} shop:total probe')
        self.assertEqual(tool.end(), 0)

    def test_events_that_are_cut(self):
        """The switches are there still."""
        emitter, other = self.emitter(1, 1000), self.target()
        tool = self.printed('-p', emitter.pid, '-p', other.pid, after=['tick', 'shop:total'])
        tool.out.find('tick')
        emitter.process.send_signal(signal.SIGSTOP)
        os.truncate(live_files(emitter.pid)[0], 32 << 20)
        tool.errors.find(f'process {emitter.pid} ')
        other.do('call 1')
        tool.out.find(f'{other.pid} shop:total probe')
        self.assertEqual(tool.end(), 0)

    def test_without_its_file(self):
        target = self.target()
        tool = self.printed('-p', target.pid, after=['shop:total'])
        target.do('call 1')
        os.unlink(live_files(target.pid)[0])
        target.do('call 1')
        for _ in range(2):
            self.assertEqual(tool.out.next(), f'{target.pid} shop:total probe')
        target.end()
        self.assertEqual(tool.wait(), 0)


class Recorders(ProcessTest):
    def calls(self, path, name):
        out, _, status = self.workshop.omnitrace('calls', '--json', '--name', name, path)
        self.assertEqual(status, 0)
        return [json.loads(line) for line in out.splitlines()]

    def test_one_that_records_from_the_start(self):
        target = self.target(self.workshop.build('record', *RECORD))
        target.do('call 50')
        tool = self.count(target.pid, 'shop::add')
        target.do('call 1000')
        target.do('share 3')
        self.assertEqual(tool.end(), 0)
        self.assertEqual(tool.counts(), {'shop::add': 1000})
        target.do('call 10')
        workspace, = target.workspaces()
        self.assertEqual(target.end(), '')
        self.assertEqual(len(self.calls(workspace, 'shop::add')), 1060)
        self.assertEqual(len(self.calls(workspace, 'shop::share')), 1)

    def test_one_that_keeps_the_last(self):
        target = self.target(self.workshop.build('record', *RECORD),
                             environment={'OMNITRACE_LIMITS': 'keep=last'})
        tool = self.count(target.pid, 'shop::add')
        for _ in range(20):
            target.do('call 20000')
        target.end()
        self.assertEqual(tool.wait(), 0)
        # Of both functions, and the probe, those that were lost.
        self.assertGreater(tool.counts()['shop::add'], 0)
        self.assertLessEqual(tool.counts()['shop::add'], 400000)
        self.assertGreaterEqual(tool.counts()['shop::add'] + tool.lost(), 400000)

    def test_one_whose_recording_is_full(self):
        """The recording is the program's own; who watches it sees what it has."""
        target = self.target(self.workshop.build('record', *RECORD),
                             environment={'OMNITRACE_LIMITS': 'size=1M'})
        tool = self.count(target.pid, 'shop::add')
        target.do('call 100000')
        self.assertEqual(self.workshop.ps()[target.pid]['state'], 'stopped')
        self.assertEqual(target.do('call 5'), 5)
        target.end()
        self.assertEqual(tool.wait(), 0)
        workspace, = target.workspaces()
        self.assertEqual(tool.counts()['shop::add'], len(self.calls(workspace, 'shop::add')))

    def test_a_recording_begins_and_goes_on(self):
        emitter = self.emitter(2, 0, 0, environment={'OMNITRACE_LIMITS': 'size=1G'})
        tool = self.count(emitter.pid, 'tick')
        emitter.wait_for('sent', 1000)
        self.workshop.omnitrace('enable', '-p', emitter.pid, 'tick')
        wait_until(emitter.workspaces)
        before = emitter.counts()['threads']
        wait_until(lambda: all(now > then + 1000 for now, then in
                               zip(emitter.counts()['threads'], before)))
        self.assertEqual(tool.end(), 0)
        self.workshop.omnitrace('disable', '-p', emitter.pid, 'tick')
        sent = emitter.end()['sent']
        workspace, = emitter.workspaces()
        recorded = self.calls(workspace, 'tick')
        # The recording has the last ones without a gap.
        for worker in (0, 1):
            numbers = [call['args']['seq'] for call in recorded
                       if call['args']['worker'] == worker]
            self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))
        self.assertLessEqual(tool.counts()['tick'] + tool.lost(), sent)

    NUMBERS = '''
      const seen = [[], []];
      setTimeout(() => console.log('attached'), 0);
      let wrong = 0, got = 0;
      const last = [0, 0];
      exports.tick = ({worker, seq}) => {
        ++got;
        if (seq !== last[worker] + 1) ++wrong;
        last[worker] = seq;
      };
      exports.local = traces => traces.on('cleanup', () => console.log('%j', {got, wrong, last}));
    '''

    def test_nothing_is_lost_or_doubled_when_a_recording_begins(self):
        emitter = self.emitter(2, 20000, 40000)
        tool = self.attach(self.NUMBERS, pid=emitter.pid)
        emitter.wait_for('sent', 1000)
        self.workshop.omnitrace('enable', '-p', emitter.pid, 'tick')
        wait_until(emitter.workspaces)
        emitter.last_counts()
        self.assertEqual(tool.wait(), 0)
        counts, lost = tool.counts(), tool.lost()
        self.assertEqual((counts['got'] + lost, counts['last']), (80000, [40000, 40000]))
        # What a thread that has to wait for a processor writes to the source before comes late.
        if lost == 0:
            self.assertEqual(counts['wrong'], 0)


class Loading(ProcessTest):
    def library(self):
        return self.workshop.build('lib.so', '-fomni-ns=lib', '-fomni-start=standby', '-O2',
                                   '-shared', '-fPIC', source='library.cc')

    def test_functions_that_are_loaded_later_join(self):
        target, library = self.target(), self.library()
        tool = self.printed('-p', target.pid, after=['lib::*'])
        for _ in range(3):
            target.do(f'load {library}')
            wait_until(lambda: self.on(target.pid) == {'lib::twice'})
            self.assertEqual(target.do('twice 4'), 8)
            self.assertEqual([tool.out.next() for _ in range(2)],
                             [f'{target.pid} lib::twice enter', f'{target.pid} lib::twice return'])
            target.do('unload')
            self.assertEqual(self.on(target.pid), set())
        self.assertEqual(tool.end(), 0)
        self.assertEqual(target.end(), '')

    def test_unloaded_while_it_is_watched(self):
        target, library = self.target(), self.library()
        target.do(f'load {library}')
        tool = self.count(target.pid, '*')
        self.assertEqual(target.do('twice 1'), 2)
        target.do('unload')
        self.assertEqual(target.do('call 2'), 2)
        self.assertEqual(tool.end(), 0)
        self.assertEqual(tool.counts(),
                         {'lib::twice': 1, 'shop::add': 2, 'shop::total': 1, 'shop:total': 1})
        self.assertEqual(self.on(target.pid), set())

    def test_a_loop_that_never_returns(self):
        target = self.target()
        target.do('spin')
        tool = self.printed('-p', target.pid, after=['shop::step'])
        self.assertEqual(tool.out.next(), f'{target.pid} shop::step enter')
        self.assertEqual(tool.end(), 0)
        before = target.do('steps')
        wait_until(lambda: target.do('steps') > before)
        self.assertEqual(self.on(target.pid), set())


@unittest.skipIf(os.geteuid() != 0, 'only root may mount')
class Nowhere(ProcessTest):
    """Who has no place for its file, or for events, goes on without."""
    # The build may lie in /tmp, too.
    MOUNTS = ('mount --bind {build} {kept} && mount -t tmpfs -o size=4m none /run && '
              'mount -t tmpfs -o size=4m none /tmp && mkdir -p {build} && '
              'mount --bind {kept} {build}')

    def start(self, command=':'):
        """Where the two folders are what the command has made of them."""
        build = os.path.dirname(os.path.dirname(self.workshop.tool))
        kept = tempfile.mkdtemp(dir='/dev/shm')
        self.addCleanup(os.rmdir, kept)
        mounts = self.MOUNTS.format(build=build, kept=kept)
        program = os.path.join('/dev/shm', f'omnitrace-target.{os.getpid()}')
        shutil.copy(self.workshop.build('standby', *STANDBY), program)
        self.addCleanup(os.unlink, program)
        process = subprocess.Popen(
            ['unshare', '-m', 'sh', '-c', f'{mounts}; {command}; cd /dev/shm; exec {program}'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def do(self, process, line):
        process.stdin.write(line + '\n')
        process.stdin.flush()
        return process.stdout.readline()

    def inside(self, process, command):
        subprocess.run(['nsenter', '-m', '-t', str(process.pid), 'sh', '-c', command], check=True)

    def end(self, process):
        self.assertEqual(process.communicate(timeout=60), ('', ''))
        self.assertEqual(process.returncode, 0)

    def test_without_a_folder(self):
        process = self.start('mount -o remount,ro /tmp; mount -o remount,ro /run')
        self.assertEqual(self.do(process, 'call 5'), '5\n')
        self.end(process)

    def test_a_disk_that_is_full(self):
        process = self.start('mkdir -p /run/user/0; head -c 8m /dev/zero > /run/more 2> /dev/null; '
                             'mount -o remount,ro /tmp')
        self.assertEqual(self.do(process, 'call 5'), '5\n')
        self.end(process)

    def test_no_room_for_events(self):
        process = self.start()
        self.assertEqual(self.do(process, 'call 0'), '0\n')
        self.inside(process, 'head -c 8m /dev/zero > /tmp/more 2> /dev/null; :')
        script = os.path.join('/dev/shm', f'omnitrace-script.{os.getpid()}.js')
        shutil.copy(self.script(COUNT), script)
        self.addCleanup(os.unlink, script)
        done = subprocess.run(['nsenter', '-m', '-t', str(process.pid), self.workshop.tool,
                               'attach', '-p', str(process.pid), script, '--', 'shop::*'],
                              capture_output=True, text=True, check=False)
        self.assertIn('cannot be written: No space left on device', done.stderr)
        self.assertEqual((done.stdout, done.returncode), ('', 1))
        self.assertEqual(self.do(process, 'call 10'), '10\n')
        self.end(process)

    def test_room_for_rules_and_not_for_events(self):
        process = self.start()
        self.assertEqual(self.do(process, 'call 0'), '0\n')
        self.inside(process, 'head -c 8m /dev/zero > /tmp/more 2> /dev/null; '
                             'truncate -s -32768 /tmp/more')
        enter = ('nsenter', '-m', '-t', str(process.pid))
        with tempfile.TemporaryDirectory(dir='/dev/shm') as folder:
            script = shutil.copy(self.script(PRINT), folder)
            attached = self.tool('attach', '-p', process.pid, script, '--', 'shop::*', prefix=enter)
            attached.out.find('attached')
            recorder = self.tool('record', '-p', process.pid, '-o', f'{folder}/calls.omni',
                                 prefix=enter)
            wait_until(lambda: '"observers":2' in subprocess.run(
                [*enter, self.workshop.tool, 'ps', '--json'], capture_output=True, text=True,
                check=True).stdout)
            self.assertEqual(self.do(process, 'call 10'), '10\n')
            for tool in (attached, recorder):
                self.assertIn('leaves calls out: free some space there',
                              tool.errors.find(f'process {process.pid} (omnitrace-targe) has no '
                                               'room for all of its events in /tmp/omnitrace-'))
            self.inside(process, 'rm /tmp/more')
            self.assertEqual(self.do(process, 'call 10'), '10\n')
            attached.out.find('shop::')
            self.assertEqual((attached.end(), recorder.end()), (0, 0))
        self.end(process)


def may_mount():
    """Or prints why not."""
    command = ['unshare', '-m', 'mount', '-t', 'tmpfs', 'none', '/run']
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(done.stderr, end='')
    return done.returncode == 0


if __name__ == '__main__':
    if sys.argv[2:] == ['Nowhere'] and not may_mount():
        sys.exit(77)
    ObservingTest.workshop = Workshop(sys.argv.pop(1))
    unittest.main()
