#!/usr/bin/env -S python3 -B
"""http_server_test.py BUILD CLASS: the HTTP sample, its server and its load, with real sockets."""
import collections
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import unittest

BUILD = sys.argv.pop(1)
SAMPLES = os.path.join(BUILD, 'samples')
OMNITRACE = os.path.join(BUILD, 'bin', 'omnitrace')
DEADLINE = 60  # seconds, for what takes milliseconds

# Ignored where a script starts the tests in the background; the tools inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


def counts_of(line):
    """By status, of the line that server and load end with."""
    counts = {int(status): int(count) for count, status in re.findall(r'(\d+) of (\d+)', line)}
    assert line.startswith(f'{sum(counts.values())} responses'), line
    return counts


class HttpTest(unittest.TestCase):
    def start(self, program='http_server', *options, environment=None):
        server = Server(program, options, environment)
        self.addCleanup(server.process.stdout.close)
        self.addCleanup(server.process.wait)
        self.addCleanup(server.process.kill)
        return server

    def load(self, port, *options):
        done = subprocess.run([f'{SAMPLES}/http_load', '--port', str(port), *options], check=True,
                              text=True, stdout=subprocess.PIPE, timeout=DEADLINE)
        return counts_of(done.stdout)

    def statuses(self, port, *parts):
        """Those of all responses to what `parts` say one after the other, until the server ends."""
        with socket.create_connection(('127.0.0.1', port), DEADLINE) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for part in parts:
                client.sendall(part)
            received = b''.join(iter(lambda: client.recv(65536), b''))
        return [int(status) for status in re.findall(rb'^HTTP/1\.1 (\d+) ', received, re.M)]


class Server:
    def __init__(self, program, options, environment):
        self.process = subprocess.Popen([f'{SAMPLES}/{program}', '--port', '0', *options],
                                        stdout=subprocess.PIPE, text=True, cwd=BUILD,
                                        env={**os.environ, **(environment or {})})
        self.port = int(self.process.stdout.readline().rpartition(' ')[2])

    def end(self, how=signal.SIGTERM):
        """Its exit status and its counts."""
        self.process.send_signal(how)
        out, _ = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, counts_of(out)


class Counts(HttpTest):
    def test_server_and_load_agree(self):
        for program in ('http_server', 'http_probes'):
            with self.subTest(program):
                server = self.start(program, '--latency', '0')
                seen = self.load(server.port, '--count', '5000', '--connections', '20')
                self.assertEqual(sum(seen.values()), 5000)
                self.assertEqual(set(seen), {200, 201, 400, 404, 500, 505})
                self.assertEqual(server.end(), (0, seen))

    def test_the_seed_alone_decides(self):
        server = self.start('http_probes', '--latency', '0')
        first = self.load(server.port, '--seed', '7', '--connections', '1')
        self.assertEqual(self.load(server.port, '--seed', '7', '--connections', '30'), first)
        self.assertNotEqual(self.load(server.port, '--seed', '8'), first)

    def test_eight_servers_at_once(self):
        servers = [self.start('http_server', '--latency', '1') for _ in range(8)]
        self.assertEqual(len({server.port for server in servers}), 8)
        loads = [subprocess.Popen([f'{SAMPLES}/http_load', '--port', str(server.port), '--seed',
                                   str(server.port)], stdout=subprocess.PIPE, text=True)
                 for server in servers]
        out, _ = subprocess.Popen([OMNITRACE, 'ps', '--json'], stdout=subprocess.PIPE,
                                  text=True).communicate(timeout=DEADLINE)
        titles = {row['pid']: row['title'] for row in map(json.loads, out.splitlines())}
        for server, load in zip(servers, loads):
            out, _ = load.communicate(timeout=DEADLINE)
            self.assertEqual(server.end(), (0, counts_of(out)))
            self.assertEqual(titles[server.process.pid], f'http-server {server.port}')

    def test_probes_tell_of_every_request(self):
        for program in ('http_server', 'http_probes'):
            with self.subTest(program), tempfile.TemporaryDirectory() as folder:
                workspace = f'{folder}/server.omni'
                server = self.start(program, '--latency', '0',
                                    environment={'OMNITRACE_OUT': workspace})
                subprocess.run([OMNITRACE, 'enable', '-p', str(server.process.pid), 'request:*'],
                               check=True, stdout=subprocess.DEVNULL)
                self.load(server.port, '--count', '500')
                _, seen = server.end()
                out = subprocess.run([OMNITRACE, 'calls', '--json', workspace], check=True,
                                     text=True, stdout=subprocess.PIPE).stdout
                calls = [json.loads(line) for line in out.splitlines()]
                ends = [call['args'] for call in calls if call['name'] == 'request:end']
                self.assertEqual(collections.Counter(end['status'] for end in ends), seen)
                starts = [call['args'] for call in calls if call['name'] == 'request:start']
                self.assertEqual({(each['id'], each['path']) for each in starts},
                                 {(each['id'], each['path']) for each in ends})

    def test_every_function_is_a_probe(self):
        with tempfile.TemporaryDirectory() as folder:
            workspace = f'{folder}/server.omni'
            server = self.start('http_server', environment={'OMNITRACE_OUT': workspace})
            subprocess.run([OMNITRACE, 'enable', '-p', str(server.process.pid), 'shop::handle'],
                           check=True, stdout=subprocess.DEVNULL)
            self.statuses(server.port, b'GET /items/3?a=b HTTP/1.0\r\n\r\n')
            server.end()
            out = subprocess.run([OMNITRACE, 'calls', '--json', workspace], check=True, text=True,
                                 stdout=subprocess.PIPE).stdout
            call = json.loads(out)
            self.assertEqual((call['name'], call['return']['status']), ('shop::handle', 200))
            self.assertEqual(call['args']['request'],
                             {'id': 1, 'method': 'GET', 'path': '/items/3', 'refusal': 0,
                              'keep_alive': False})


class Protocol(HttpTest):
    def setUp(self):
        self.server = self.start('http_probes', '--latency', '0')

    def ask(self, *parts):
        return self.statuses(self.server.port, *parts)

    def test_curl(self):
        if shutil.which('curl') is None:
            self.skipTest('no curl')
        for path, status in {'/': 200, '/items/3': 200, '/items/3?a=b': 200, '/buy/4': 201,
                             '/report/12': 200, '/report/13': 500, '/report/0': 500,
                             '/items/41': 404, '/items/0': 404, '/nowhere': 404, '/items/': 400,
                             '/items/x': 400, '/items/99999999999': 400}.items():
            for version in ('--http1.1', '--http1.0'):
                out = subprocess.run(
                    ['curl', '-s', version, '-o', os.devnull, '-w', '%{http_code} %{size_download}',
                     f'http://127.0.0.1:{self.server.port}{path}'],
                    check=True, stdout=subprocess.PIPE, text=True, timeout=DEADLINE).stdout
                answered, size = out.split()
                self.assertEqual(int(answered), status, path)
                self.assertGreater(int(size), 0)

    def test_what_is_refused(self):
        for request, status in {
                b'\r\n\r\n': 400, b'GET\r\n\r\n': 400, b'GET /\r\n\r\n': 400,
                b'GET  / HTTP/1.1\r\n\r\n': 400, b'GET / HTTP/1.1 \r\n\r\n': 400,
                b'GET items HTTP/1.1\r\n\r\n': 400, b'G\x00T / HTTP/1.1\r\n\r\n': 400,
                b'GET /\xff\x01 HTTP/1.1\r\n\r\n': 400, b'GET / SPDY/1\r\n\r\n': 400,
                b'GET / HTTP/1.1\r\nno colon\r\n\r\n': 400,
                b'GET / HTTP/1.1\r\n: no name\r\n\r\n': 400,
                b'GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n': 400,
                b'GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n': 400,
                b'GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc': 413,
                b'GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n': 413,
                b'POST / HTTP/1.1\r\n\r\n': 501, b'GET / HTTP/2.0\r\n\r\n': 505,
                b'GET /' + b'x' * 9000 + b' HTTP/1.1\r\n\r\n': 431,
                b'x' * 500000: 431}.items():
            # It is the connection's last one: what follows has no answer.
            self.assertEqual(self.ask(request + b'GET / HTTP/1.0\r\n\r\n'), [status], request[:40])

    def test_requests_in_pieces_and_several_at_once(self):
        stays = b'GET /items/1 HTTP/1.1\r\nhost: x\r\n\r\n'
        goes = b'GET /buy/2 HTTP/1.1\r\nCONNECTION:\tClose \r\n\r\n'
        self.assertEqual(self.ask(*(bytes([byte]) for byte in stays + goes)), [200, 201])
        self.assertEqual(self.ask(stays * 100 + goes), [200] * 100 + [201])

    def test_who_keeps_the_connection(self):
        last = b'GET /nowhere HTTP/1.0\r\n\r\n'
        kept = b'GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n'
        self.assertEqual(self.ask(b'GET / HTTP/1.0\r\n\r\n' + last), [200])
        self.assertEqual(self.ask(kept + last), [200, 404])
        self.assertEqual(self.ask(b'GET / HTTP/1.1\r\n\r\n' + last), [200, 404])

    def test_clients_that_vanish(self):
        reset = b'\1\0\0\0\0\0\0\0'  # linger 0: closing resets the connection
        for _ in range(50):
            with socket.create_connection(('127.0.0.1', self.server.port), DEADLINE) as client:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                client.sendall(b'GET / HTTP/1.1\r\n\r\n' * 100 + b'GET / HT')
        self.assertEqual(self.ask(b'GET / HTTP/1.0\r\n\r\n'), [200])
        self.assertEqual(self.server.end()[0], 0)


class Ending(HttpTest):
    def test_by_signal_while_connections_are_open(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            server = self.start()
            idle = [socket.create_connection(('127.0.0.1', server.port)) for _ in range(10)]
            idle[0].sendall(b'GET /items/1 HTTP/1.1\r\n\r\nGET /it')
            self.assertTrue(idle[0].recv(100).startswith(b'HTTP/1.1 200 OK\r\n'))
            self.assertEqual(server.end(how), (0, {200: 1}))
            for client in idle:
                client.close()

    def test_a_load_that_is_ended(self):
        with socket.create_server(('127.0.0.1', 0)) as server:
            load = self.start_load(server, '--count', '0', '--connections', '1')
            client, _ = server.accept()
            with client:
                client.recv(1000)
                client.sendall(b'HTTP/1.1 404 No\r\nContent-Length: 2\r\n\r\nno')
                client.recv(1000)  # the next one: it has counted the first
                load.send_signal(signal.SIGTERM)
                out, errors = load.communicate(timeout=DEADLINE)
        self.assertEqual((out, errors, load.returncode), ('1 responses: 1 of 404\n', '', 0))

    def test_servers_that_answer_badly(self):
        for answer in (b'', b'HTTP/1.1', b'nonsense\r\n\r\n', b'HTTP/1.1 x OK\r\n\r\n',
                       b'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort', b'x' * 9000):
            with socket.create_server(('127.0.0.1', 0)) as server:
                load = self.start_load(server, '--count', '1', '--connections', '3')
                client, _ = server.accept()
                with client:
                    client.recv(1000)
                    client.sendall(answer)
                out, errors = load.communicate(timeout=DEADLINE)
            self.assertEqual((out, errors, load.returncode),
                             ('0 responses\n', 'http_load: 1 requests had no response\n', 1))

    def start_load(self, server, *options):
        load = subprocess.Popen([f'{SAMPLES}/http_load', '--port', str(server.getsockname()[1]),
                                 *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                text=True)
        self.addCleanup(load.kill)
        return load

    def test_no_server(self):
        with socket.create_server(('127.0.0.1', 0)) as server:
            port = server.getsockname()[1]
        done = subprocess.run([f'{SAMPLES}/http_load', '--port', str(port)], capture_output=True,
                              text=True, timeout=DEADLINE)
        self.assertIn(f'cannot connect to 127.0.0.1:{port}: Connection refused', done.stderr)
        self.assertEqual((done.stdout, done.returncode), ('0 responses\n', 1))

    def test_a_port_that_is_taken(self):
        server = self.start()
        done = subprocess.run([f'{SAMPLES}/http_server', '--port', str(server.port)],
                              capture_output=True, text=True, timeout=DEADLINE)
        self.assertEqual(done.stderr, f'http_server: cannot listen on 127.0.0.1:{server.port}: '
                                      'Address already in use\n')
        self.assertEqual(done.returncode, 1)

    def test_wrong_options(self):
        for program, option in (('http_server', ['--port']), ('http_server', ['--port', '65536']),
                                ('http_server', ['--latency', '-1']), ('http_load', ['--rate', 'x']),
                                ('http_load', ['fast']), ('http_load', ['--seed', ''])):
            done = subprocess.run([f'{SAMPLES}/{program}', *option], capture_output=True, text=True,
                                  timeout=DEADLINE)
            self.assertIn(f'usage: {program}', done.stderr)
            self.assertEqual((done.stdout, done.returncode), ('', 2))


if __name__ == '__main__':
    unittest.main()
