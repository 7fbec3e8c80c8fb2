// What the scripts of samples/http_server print of given events.
import assert from 'node:assert/strict';
import {dirname, join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ScriptHost} from './script_host.mjs';

const SCRIPTS = join(dirname(fileURLToPath(import.meta.url)), '../../samples/http_server/scripts');

function host(script, ...args) {
  return new ScriptHost(join(SCRIPTS, script), ...args);
}

function emitStatuses(script, counts) {
  for (const [status, count] of Object.entries(counts)) {
    for (let i = 0; i < count; ++i) script.emit({name: 'request:end', status: Number(status)});
  }
}

test('response durations', () => {
  const script = host('response_duration.js');
  script.emit({name: 'request:start', id: 7, method: 'GET', path: '/'});
  script.advance(20);
  script.emit({name: 'request:start', id: 8, method: 'GET', path: '/'});
  script.advance(14);
  script.emit({name: 'request:end', id: 7, status: 200});
  script.emit({name: 'request:end', id: 8, status: 404});
  assert.equal(script.take(), '7 -> 34ms\n8 -> 14ms\n');
});

test('requests per second', () => {
  const script = host('requests_per_second.js');
  emitStatuses(script, {200: 20});
  script.advance(1000);
  emitStatuses(script, {200: 30, 404: 10});
  script.advance(1000);
  script.advance(1000);
  assert.equal(script.take(), `     20/s | ${'#'.repeat(59)}\n` +
                              `     40/s | ${'#'.repeat(59)}\n` +
                              '      0/s | \n');
  emitStatuses(script, {200: 20});
  script.advance(1000);
  assert.equal(script.take(), `     20/s | ${'#'.repeat(30)}\n`);
});

test('nothing has happened yet', () => {
  const script = host('requests_per_second.js');
  script.advance(1000);
  assert.equal(script.take(), '      0/s | \n');
});

// The two histograms of jstrace's README, without the no-break spaces of the first one.
test('status histogram', () => {
  const script = host('status_histogram.js');
  emitStatuses(script, {200: 55, 201: 75, 400: 63, 404: 85, 500: 63, 505: 51});
  script.advance(1000);
  emitStatuses(script, {200: 22, 201: 16, 400: 16, 404: 16, 500: 15, 505: 14});
  script.advance(1000);
  script.advance(1000);
  assert.equal(script.take(), `\
  404 | ########################################################### | 85
  201 | ####################################################        | 75
  400 | ###########################################                 | 63
  500 | ###########################################                 | 63
  200 | ######################################                      | 55
  505 | ###################################                         | 51


  200 | ########################################################### | 22
  201 | ###########################################                 | 16
  400 | ###########################################                 | 16
  404 | ###########################################                 | 16
  500 | ########################################                    | 15
  505 | #####################################                       | 14


`);
});

test('a status that is rare beside others', () => {
  const script = host('status_histogram.js');
  emitStatuses(script, {200: 1000, 500: 1});
  script.advance(1000);
  assert.equal(script.take().split('\n')[1], `  500 | ${' '.repeat(59)} | 1`);
});

test('many processes', () => {
  const script = host('processes.js');
  const [one, two] = [{pid: 900, title: 'http-server 8081'}, {pid: 31, title: 'http-server 80'}];
  script.emit({...one, name: 'request:start', id: 1});
  script.emit({...two, name: 'request:start', id: 1});
  script.advance(10);
  script.emit({...two, name: 'request:start', id: 2});
  script.advance(10);
  script.emit({...one, name: 'request:end', id: 1, status: 200});
  script.emit({...two, name: 'request:end', id: 2, status: 404});
  script.emit({...two, name: 'request:end', id: 1, status: 500});
  script.emit({...two, name: 'request:end', id: 0, status: 500});  // from before
  script.advance(980);
  assert.equal(script.take(), `\
     pid  title                 requests    recent    failed   mean ms
      31  http-server 80               2         2         1      15.0
     900  http-server 8081             1         1         0      20.0

`);
  script.advance(1000);
  assert.equal(script.take().split('\n')[1],
               '      31  http-server 80               2         0         1      15.0');
});

function handle(script, event, duration, status) {
  script.emit({name: 'shop::handle', event, duration, return: {status},
               args: {request: {id: 1, method: 'GET', path: '/report/3'}}});
}

test('slow requests', () => {
  const script = host('slow_requests.js', '100');
  handle(script, 'enter');
  handle(script, 'return', 99_999_999, 200);
  handle(script, 'return', 100_000_000, 201);
  handle(script, 'return', 2_499_960_000, 500);
  handle(script, 'throw', 2_499_960_000);
  assert.equal(script.take(), '  100.0 ms  GET /report/3 -> 201\n' +
                              ' 2500.0 ms  GET /report/3 -> 500\n');
});

test('a threshold that is not given, and one that is none', () => {
  const script = host('slow_requests.js');
  handle(script, 'return', 49_000_000, 200);
  handle(script, 'return', 51_000_000, 200);
  assert.equal(script.take(), '   51.0 ms  GET /report/3 -> 200\n');
  assert.throws(() => host('slow_requests.js', 'soon'), /a number of milliseconds, not soon/);
});
