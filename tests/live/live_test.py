#!/usr/bin/env -S python3 -B
"""live_test.py BUILD CLASS: one of the classes below, or all of them. What ps, probes, enable and
disable do with real processes."""
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import unittest

from target import (HERE, RECORD, STANDBY, Target, Workshop, live_files, wait_until)

FUNCTIONS = {'shop::add', 'shop::total', 'shop::half', 'shop::share', 'shop::step', 'shop::spin'}
PROBES = FUNCTIONS | {'shop:total'}
workshop = None


class LiveTest(unittest.TestCase):
    def start(self, program=None, environment=None, **options):
        target = Target(program or workshop.build('standby', *STANDBY), workshop.folder.name,
                        environment, **options)
        self.addCleanup(target.kill)
        return target

    def enable(self, pid, globs):
        out, errors, status = workshop.omnitrace('enable', '-p', pid, globs)
        self.assertEqual((errors, status), ('', 0))
        return out

    def disable(self, pid, globs):
        out, errors, status = workshop.omnitrace('disable', '-p', pid, globs)
        self.assertEqual((errors, status), ('', 0))
        return out

    def calls(self, target, workspace=0):
        """Names and results, in order."""
        out, _, status = workshop.omnitrace('calls', '--json', target.workspaces()[workspace])
        self.assertEqual(status, 0)
        return [(call['name'], call.get('return')) for call in map(json.loads, out.splitlines())]


class Finding(LiveTest):
    def test_a_process_is_listed_while_it_runs(self):
        target = self.start()
        seen = workshop.ps()[target.pid]
        self.assertEqual(seen['program'], workshop.path('standby'))
        self.assertEqual((seen['state'], seen['functions'], seen['probes'], seen['on']),
                         ('standby', 6, 1, 0))
        self.assertEqual((seen['title'], seen['recording']), ('standby', ''))
        self.assertGreater(seen['uptime'], 0)
        self.assertEqual(len(live_files(target.pid)), 1)
        self.assertEqual(target.end(), '')
        self.assertEqual(live_files(target.pid), [])
        self.assertNotIn(target.pid, workshop.ps())

    def test_the_table(self):
        target = self.start()
        out, _, status = workshop.omnitrace('ps', '-p', target.pid)
        titles, row = out.splitlines()
        self.assertEqual(titles.split(),
                         ['pid', 'uptime', 'state', 'functions', 'probes', 'on', 'observers',
                          'title', 'program'])
        self.assertEqual([row.split()[column] for column in (0, 2, 3, 4, 5, 6, 7)],
                         [str(target.pid), 'standby', '6', '1', '0', '0', 'standby'])
        self.assertEqual(status, 0)

    def test_titles(self):
        target = self.start()
        target.do('name worker-7')
        self.assertEqual(workshop.ps()[target.pid]['title'], 'worker-7')
        target.do('title shop-front')
        self.assertEqual(workshop.ps()[target.pid]['title'], 'shop-front')
        out, _, _ = workshop.omnitrace('ps', '--json', '-t', 'shop-f*t')
        self.assertEqual([json.loads(line)['pid'] for line in out.splitlines()], [target.pid])
        _, errors, status = workshop.omnitrace('ps', '-t', 'nobody has this')
        self.assertIn('no traced process has a title that matches nobody has this', errors)
        self.assertEqual(status, 1)

    def test_several_processes_by_id(self):
        targets = [self.start() for _ in range(3)]
        out, _, _ = workshop.omnitrace('ps', '--json', '-p', targets[0].pid, '-p', targets[2].pid)
        self.assertEqual([json.loads(line)['pid'] for line in out.splitlines()],
                         sorted([targets[0].pid, targets[2].pid]))

    def test_what_is_no_traced_process(self):
        other = subprocess.Popen(['sleep', '1000'])
        self.addCleanup(lambda: (other.kill(), other.wait()))
        for pid, expected in ((other.pid, "isn't traced: build it with"),
                              (2**22 + 1, 'there is no process'), ('x', 'expected the id')):
            _, errors, status = workshop.omnitrace('probes', '-p', pid)
            self.assertIn(expected, errors)
            self.assertEqual(status, 2 if pid == 'x' else 1)

    def test_off_is_invisible(self):
        target = self.start(environment={'OMNITRACE_MODE': 'off'})
        self.assertEqual(live_files(target.pid), [])
        self.assertNotIn(target.pid, workshop.ps())

    def test_a_recording_process(self):
        target = self.start(workshop.build('record', *RECORD))
        seen = workshop.ps()[target.pid]
        self.assertEqual((seen['state'], seen['functions'], seen['on']), ('recording', 6, 7))
        self.assertEqual(seen['recording'], target.workspaces()[0])

    def test_probes(self):
        target = self.start()
        self.assertEqual(workshop.probes(target.pid), dict.fromkeys(PROBES, False))
        self.assertEqual(workshop.probes(target.pid, 'shop::s*'),
                         {'shop::share': False, 'shop::step': False, 'shop::spin': False})
        out, _, status = workshop.omnitrace('probes', '-p', target.pid, '--stable', 'shop::add')
        with open(f'{HERE}/target.cc', encoding='utf-8') as source:
            line = next(number for number, text in enumerate(source, 1) if ' add(int' in text)
        self.assertEqual(out, f' on  hits  name\noff     0  shop::add  target.cc:{line}\n')
        self.assertEqual(status, 0)
        self.assertEqual(workshop.omnitrace('probes', '-p', target.pid, 'none')[2], 1)
        self.assertEqual(workshop.omnitrace('probes', '-p', target.pid, 'a,,b')[2], 2)

    def test_one_that_is_damaged_disturbs_those_alone_who_look_at_it(self):
        damaged, other = self.start(), self.start()
        path, = live_files(damaged.pid)
        with open(path, 'r+b') as file:
            file.write(b'x')
        expected = f'omnitrace: {path}: not the live file of a traced process\n'
        # Of a file that was changed a moment ago nothing is said: it may yet be filled.
        wait_until(lambda: expected in workshop.omnitrace('probes')[1])
        _, errors, status = workshop.omnitrace('probes', '-p', damaged.pid)
        self.assertIn(expected, errors)
        self.assertEqual(status, 1)
        _, errors, status = workshop.omnitrace('probes', '-p', other.pid)
        self.assertEqual((errors, status), ('', 0))

    def test_files_of_the_dead_are_removed_and_no_others(self):
        target, other = self.start(), self.start()
        target.kill()
        dead, = live_files(target.pid)
        # As of an earlier process that had the other one's id.
        alive, = live_files(other.pid)
        earlier = os.path.join(os.path.dirname(alive), f'{other.pid}-1')
        shutil.copyfile(alive, earlier)
        seen = workshop.ps()
        self.assertNotIn(target.pid, seen)
        self.assertIn(other.pid, seen)
        self.assertFalse(os.path.exists(dead))
        self.assertEqual(live_files(other.pid), [alive])


class Switching(LiveTest):
    def test_what_is_turned_on_is_recorded(self):
        target = self.start()
        target.do('call 3')
        self.assertEqual(target.workspaces(), [])
        self.assertEqual(self.enable(target.pid, 'shop::add'), f'{target.pid}: 1 on\n')
        self.assertEqual(workshop.probes(target.pid, 'shop::add'), {'shop::add': True})
        self.assertEqual(target.do('call 3'), 3)
        self.assertEqual(self.calls(target), [('shop::add', n) for n in (1, 2, 3)])
        self.disable(target.pid, '*')
        self.assertEqual(target.do('call 5'), 5)
        self.assertEqual(len(self.calls(target)), 3)
        self.enable(target.pid, 'shop')
        target.do('call 1')
        self.assertEqual(self.calls(target)[3:], [('shop::total', 1), ('shop::add', 1)])
        self.assertEqual(workshop.ps()[target.pid]['on'], 6)
        self.assertEqual(target.end(), '')

    def test_as_the_program_itself(self):
        target = self.start()
        target.do('trace shop::add')
        self.assertEqual(workshop.probes(target.pid, 'shop::add'), {'shop::add': True})
        self.disable(target.pid, 'shop::add')
        target.do('call 2')
        self.enable(target.pid, 'shop::total')
        target.do('untrace shop::total')
        self.assertEqual(workshop.probes(target.pid, 'shop::total'), {'shop::total': False})
        target.do('call 2')
        self.assertEqual(target.workspaces(), [])

    def test_what_was_inlined(self):
        target = self.start()
        self.enable(target.pid, 'shop::half')
        self.assertEqual(workshop.probes(target.pid, 'shop::share'), {'shop::share': False})
        self.assertEqual(target.do('share 10'), 6)
        self.assertEqual(self.calls(target), [('shop::half', 5)])
        self.disable(target.pid, 'shop::half')
        self.assertEqual(target.do('share 20'), 11)
        self.assertEqual(len(self.calls(target)), 1)

    def test_a_probe(self):
        for program in (workshop.build('standby', *STANDBY), workshop.plain()):
            with self.subTest(program):
                target = self.start(program)
                target.do('call 1')
                self.enable(target.pid, 'shop:t*')
                self.assertEqual(target.do('call 2'), 2)
                self.disable(target.pid, 'shop:t*')
                target.do('call 3')
                out, _, _ = workshop.omnitrace('calls', '--json', target.workspaces()[0])
                self.assertEqual([(call['name'], call['event'], call['args'])
                                  for call in map(json.loads, out.splitlines())],
                                 [('shop:total', 'probe', {'calls': 2, 'sum': 2})])

    def test_nothing_matches(self):
        target = self.start()
        for command in ('enable', 'disable'):
            _, errors, status = workshop.omnitrace(command, '-p', target.pid, 'nothing')
            self.assertIn('no function or probe matches nothing; `omnitrace probes` lists them',
                          errors)
            self.assertEqual(status, 1)

    def test_a_loop_that_never_returns(self):
        target = self.start(environment={'OMNITRACE_LIMITS': 'size=1M'})
        target.do('spin')
        self.enable(target.pid, 'shop::step')
        wait_until(lambda: target.workspaces() and len(self.calls_so_far(target)) > 100)
        self.disable(target.pid, 'shop::step')
        before = target.do('steps')
        wait_until(lambda: target.do('steps') > before)
        self.assertEqual(set(self.calls_so_far(target)), {'shop::step'})
        self.assertEqual(workshop.probes(target.pid), dict.fromkeys(PROBES, False))

    def calls_so_far(self, target):
        out, _, _ = workshop.omnitrace('calls', '--json', target.workspaces()[0])
        return [json.loads(line)['name'] for line in out.splitlines()[:1000]]

    def test_a_record_build(self):
        target = self.start(workshop.build('record', *RECORD))
        self.disable(target.pid, '*')
        # It follows when 64 KiB more are full.
        for _ in range(3):
            target.do('call 10000')
        calls = len(self.calls(target))
        target.do('call 1000')
        self.assertEqual(len(self.calls(target)), calls)
        self.enable(target.pid, 'shop::add')
        target.do('call 5')
        self.assertEqual(self.calls(target)[calls:], [('shop::add', n) for n in range(1, 6)])
        self.assertEqual(target.end(), '')

    def test_a_record_build_in_standby(self):
        target = self.start(workshop.build('record', *RECORD), {'OMNITRACE_MODE': 'standby'})
        self.enable(target.pid, 'shop::add')
        target.do('call 2')
        self.assertEqual(self.calls(target), [('shop::add', 1), ('shop::add', 2)])

    def test_all_processes_of_a_title(self):
        targets = [self.start() for _ in range(3)]
        for target in targets[:2]:
            target.do('title switching-all')
        out, _, status = workshop.omnitrace('enable', '-t', 'switching-*', 'shop::add')
        self.assertEqual((sorted(out.splitlines()), status),
                         (sorted(f'{target.pid}: 1 on' for target in targets[:2]), 0))
        self.assertEqual([workshop.ps()[target.pid]['on'] for target in targets], [1, 1, 0])

    def test_no_traces_are_left(self):
        target = self.start()
        proc = f'/proc/{target.pid}'

        def look():
            with open(f'{proc}/maps', encoding='utf-8') as maps:
                return (len(maps.readlines()), len(os.listdir(f'{proc}/fd')),
                        len(os.listdir(f'{proc}/task')))

        self.enable(target.pid, '*')
        target.do('call 1')
        self.disable(target.pid, '*')
        before = look()
        for _ in range(100):
            self.enable(target.pid, '*')
            self.assertEqual(target.do('call 2'), 2)
            self.disable(target.pid, '*')
        self.assertEqual(look(), before)
        self.assertEqual(len(self.calls(target)), 3 + 400)


class Descendants(LiveTest):
    def test_a_child_is_a_process_of_its_own(self):
        target = self.start()
        self.enable(target.pid, 'shop::total')
        child = target.do('fork')
        self.assertEqual(workshop.ps()[child]['state'], 'standby')
        self.assertEqual(workshop.probes(child), workshop.probes(target.pid))
        self.disable(child, '*')
        self.enable(child, 'shop::add')
        self.assertEqual(workshop.probes(target.pid, 'shop::total'), {'shop::total': True})
        self.assertEqual(workshop.probes(target.pid, 'shop::add'), {'shop::add': False})
        self.assertEqual(target.do('call 1'), 1)
        self.assertEqual(self.calls(target), [('shop::add', 1)])
        target.end()
        self.assertEqual(live_files(child) + live_files(target.pid), [])

    def test_a_daemon(self):
        target = self.start()
        child = target.do('daemon')
        target.process.wait()
        self.assertNotIn(target.pid, workshop.ps())
        self.enable(child, 'shop::add')
        self.assertEqual(target.do('call 1'), 1)
        self.assertEqual(self.calls(target), [('shop::add', 1)])
        target.end()
        wait_until(lambda: not live_files(child))

    def test_another_program_takes_the_process_over(self):
        target = self.start()
        target.send('exec ' + workshop.build('record', *RECORD))
        self.assertEqual(target.do('call 1'), 1)
        self.assertEqual(len(live_files(target.pid)), 1)
        self.assertEqual(workshop.ps()[target.pid]['program'], workshop.path('record'))

    def test_an_untraced_program_takes_the_process_over(self):
        target = self.start()
        target.send('exec /bin/cat')
        target.send('hello')
        self.assertEqual(target.process.stdout.readline(), 'hello\n')
        wait_until(lambda: target.pid not in workshop.ps())
        self.assertEqual(live_files(target.pid), [])


class Objects(LiveTest):
    def test_libraries_come_and_go(self):
        library = workshop.build('lib.so', '-fomni-ns=lib', '-fomni-start=standby', '-O2',
                                 '-shared', '-fPIC', source='library.cc')
        target = self.start()
        for _ in range(3):
            self.assertEqual(target.do(f'load {library}'), 0)
            self.assertEqual(workshop.probes(target.pid, 'lib'), {'lib::twice': False})
            self.enable(target.pid, 'lib::twice')
            self.assertEqual(target.do('twice 21'), 42)
            self.assertEqual(target.do('unload'), 0)
            self.assertEqual(workshop.probes(target.pid, 'lib'), {})
        self.assertEqual(self.calls(target), [('lib::twice', 42)] * 3)
        self.assertEqual(set(workshop.probes(target.pid)), PROBES)


class Links(LiveTest):
    """However it is linked, the switches lie on pages of their own."""
    WAYS = {
        'pie': ('-pie',), 'no-pie': ('-no-pie',), 'static': ('-static',),
        'static-pie': ('-static-pie',), 'lld': ('-fuse-ld=lld',), 'gold': ('-fuse-ld=gold',),
        'gc': ('-ffunction-sections', '-fdata-sections', '-Wl,--gc-sections'),
        'gc lld': ('-ffunction-sections', '-fdata-sections', '-Wl,--gc-sections',
                   '-fuse-ld=lld'),
        'lto': ('-flto', '-fuse-ld=lld'), 'thin lto': ('-flto=thin', '-fuse-ld=lld'),
        'O0': ('-O0',), 'icf': ('-fuse-ld=lld', '-Wl,--icf=all'),
    }

    def test_all(self):
        for name, options in self.WAYS.items():
            with self.subTest(name):
                target = self.start(workshop.build(f'standby {name}', *STANDBY, *options))
                self.enable(target.pid, 'shop::add')
                self.assertEqual(target.do('call 2'), 2)
                self.assertEqual(self.calls(target), [('shop::add', 1), ('shop::add', 2)])
                self.disable(target.pid, 'shop::add')
                self.assertEqual(target.do('call 2'), 2)
                self.assertEqual(len(self.calls(target)), 2)
                self.assertEqual(target.end(), '')


class Protection(LiveTest):
    def test_nobody_else_may_look(self):
        target = self.start()
        file, = live_files(target.pid)
        for path, mode in ((file, 0o600), (os.path.dirname(file), 0o700)):
            self.assertEqual(os.stat(path).st_mode & 0o777, mode)
            self.assertEqual(os.stat(path).st_uid, os.geteuid())

    def test_whatever_the_umask_says(self):
        target = self.start(preexec_fn=lambda: os.umask(0o777))
        file, = live_files(target.pid)
        self.assertEqual(os.stat(file).st_mode & 0o777, 0o600)

    @unittest.skipIf(os.geteuid() != 0, 'only root may run programs as another user')
    def test_another_user(self):
        target = self.start(user=65534, group=65534, extra_groups=[])
        _, errors, status = workshop.omnitrace('enable', '-p', target.pid, 'shop::add')
        self.assertIn(f'process {target.pid} belongs to nobody: permission denied', errors)
        self.assertEqual(status, 1)
        self.assertNotIn(target.pid, workshop.ps())
        mine = self.start()
        _, errors, status = workshop.omnitrace('enable', '-p', mine.pid, 'shop::add', user=65534,
                                               group=65534, extra_groups=[])
        self.assertIn(f'process {mine.pid} belongs to root: permission denied', errors)
        self.assertEqual(status, 1)
        out, _, _ = workshop.omnitrace('ps', '--json', user=65534, group=65534, extra_groups=[])
        self.assertIn(target.pid, [json.loads(line)['pid'] for line in out.splitlines()])
        self.assertEqual(workshop.probes(mine.pid, 'shop::add'), {'shop::add': False})

    def test_without_its_descriptors_and_its_file(self):
        target = self.start()
        target.do('close')
        self.enable(target.pid, 'shop::add')
        target.do('call 1')
        self.assertEqual(self.calls(target), [('shop::add', 1)])
        os.unlink(live_files(target.pid)[0])
        self.assertEqual(target.do('call 2'), 2)
        self.assertEqual(len(self.calls(target)), 3)
        self.assertNotIn(target.pid, workshop.ps())
        self.assertEqual(target.end(), '')

    def test_what_is_written_to_its_file(self):
        """The process believes nothing there but switches."""
        library = workshop.build('lib.so', '-fomni-ns=lib', '-fomni-start=standby', '-O2',
                                 '-shared', '-fPIC', source='library.cc')
        target = self.start()
        file, = live_files(target.pid)
        with open(file, 'r+b') as hostile:
            hostile.seek(8)
            hostile.write(b'\xff' * (4096 - 8))
            hostile.seek(64 << 10)
            hostile.write(b'\xff' * 4096)
        self.assertEqual(target.do(f'load {library}'), 0)
        self.assertEqual(target.do('twice 21'), 42)
        child = target.do('fork')
        self.assertEqual(target.do('twice 4'), 8)
        self.assertGreater(child, 0)
        self.assertEqual(target.do('unload'), 0)
        self.assertEqual(target.end(), '')

    def test_where_there_is_no_room(self):
        for resource_, bytes_ in ((resource.RLIMIT_FSIZE, 1 << 20), (resource.RLIMIT_AS, 1 << 30)):
            with self.subTest(resource_):
                target = self.start(preexec_fn=lambda: resource.setrlimit(resource_,
                                                                          (bytes_, bytes_)))
                self.assertEqual(live_files(target.pid), [])
                self.assertEqual(target.do('call 3'), 3)
                self.assertEqual(target.end(), '')

    def test_hostile_files(self):
        """Whatever a file says, the tool says so and goes on with the others."""
        target = self.start()
        file, = live_files(target.pid)
        with open(file, 'rb') as source:
            good = source.read(1 << 20)
        # One that has the id and the start of a process, and is its file no more.
        other = self.start()
        hostile, = live_files(other.pid)
        chance = random.Random(7)
        for round_ in range(60):
            damaged = bytearray(good)
            for _ in range(chance.randrange(1, 40)):
                first = chance.choice((0, 8, 48, 64 << 10))
                damaged[first + chance.randrange(64)] = chance.randrange(256)
            if round_ % 4 == 0:
                del damaged[chance.randrange(len(damaged)):]
            with open(hostile, 'r+b') as broken:
                broken.write(damaged)
                broken.truncate(chance.choice((len(damaged), 32 << 20)))
            self.assertIn(target.pid, workshop.ps())
            for command in (('probes', '-p', other.pid), ('enable', '-p', other.pid, 'shop')):
                self.assertIn(workshop.omnitrace(*command)[2], (0, 1))
            self.assertEqual(workshop.probes(target.pid), dict.fromkeys(PROBES, False))
            if os.path.getsize(hostile) < 32 << 20:
                other.process.kill()
                other = self.start()
                hostile, = live_files(other.pid)

    def test_neither_links_nor_pipes_are_followed(self):
        target = self.start()
        file, = live_files(target.pid)
        start = os.path.basename(file).split('-')[1]
        os.unlink(file)
        victim = workshop.path('victim')
        with open(victim, 'wb') as out:
            out.write(b'x' * 100)
        os.symlink(victim, file)
        self.assertNotIn(target.pid, workshop.ps())
        wait_until(lambda: workshop.ps() is not None)
        with open(victim, 'rb') as text:
            self.assertEqual(text.read(), b'x' * 100)
        if os.path.lexists(file):
            os.unlink(file)
        os.mkfifo(os.path.join(os.path.dirname(file), f'{target.pid}-{start}'))
        self.assertNotIn(target.pid, workshop.ps())


class Crowds(LiveTest):
    def test_many_tools_at_once(self):
        target = self.start()
        target.do('spin')
        commands = [('enable', name) for name in ('shop::add', 'shop::total')] * 8
        commands += [('disable', name) for name in ('shop::step', 'shop::spin')] * 8
        tools = [subprocess.Popen([workshop.tool, command, '-p', str(target.pid), name],
                                  stdout=subprocess.DEVNULL) for command, name in commands]
        self.assertEqual([tool.wait() for tool in tools], [0] * len(tools))
        self.assertEqual(workshop.probes(target.pid),
                         {**dict.fromkeys(PROBES, False), 'shop::add': True, 'shop::total': True})

    def test_killed_at_any_moment(self):
        """Either side; the other one says so, and nothing is left behind."""
        chance = random.Random(11)
        for _ in range(20):
            target = self.start()
            target.do('spin')
            tool = subprocess.Popen([workshop.tool, chance.choice(('enable', 'disable', 'probes')),
                                     '-p', str(target.pid), 'shop'], stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, text=True)
            if chance.random() < 0.5:
                try:
                    tool.communicate(timeout=chance.random() * 0.01)
                except subprocess.TimeoutExpired:
                    pass
                target.process.kill()
                _, errors = tool.communicate()
                self.assertIn(tool.returncode, (0, 1), errors)
            else:
                try:
                    tool.communicate(timeout=chance.random() * 0.01)
                except subprocess.TimeoutExpired:
                    tool.kill()
                    tool.communicate()
                self.assertEqual(target.do('call 3'), 3)
                self.enable(target.pid, 'shop')
                self.disable(target.pid, 'shop')
                self.assertEqual(workshop.probes(target.pid), dict.fromkeys(PROBES, False))
                target.process.kill()
            target.kill()
            workshop.ps()
            self.assertEqual(live_files(target.pid), [])

    def test_ten_thousand_functions(self):
        source = workshop.path('many.cc')
        with open(source, 'w', encoding='utf-8') as out:
            out.write('namespace many {\n')
            out.writelines(f'[[gnu::noinline]] int f{n}(int x) {{ return x + {n}; }}\n'
                           for n in range(10000))
            out.write('}\nint main() { char c; while (read(0, &c, 1) == 1) '
                      'printf("%d\\n", many::f77(1)), fflush(stdout); }\n')
        program = workshop.build('many', '-include', 'unistd.h', '-include', 'cstdio', '-O1',
                                 '-fomni-ns=many', '-fomni-start=standby', source=source)
        process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   cwd=workshop.folder.name)
        self.addCleanup(lambda: (process.kill(), process.communicate()))
        process.stdin.write(b'x')
        process.stdin.flush()
        self.assertEqual(process.stdout.readline(), b'78\n')
        self.assertEqual(self.enable(process.pid, 'many'), f'{process.pid}: 10,000 on\n')
        self.assertEqual(len(workshop.probes(process.pid)), 10000)
        self.disable(process.pid, 'many')
        self.assertEqual(set(workshop.probes(process.pid).values()), {False})


if __name__ == '__main__':
    workshop = Workshop(sys.argv.pop(1))
    unittest.main()
