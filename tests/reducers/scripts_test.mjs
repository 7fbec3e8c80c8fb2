// The usual scripts, from their command lines to what they draw.
import assert from 'node:assert/strict';
import test from 'node:test';
import {emitMany, lines, probe, returned, started} from './host.mjs';

// The last one is the summary.
const blocks = text => text.split('\n\n').map(lines);

test('hist draws the statuses of requests', () => {
  const host = started('hist', ['request:end', '--by', 'status']);
  const counts = {505: 51, 404: 85, 500: 63, 201: 75, 400: 63, 200: 55};
  for (const [status, count] of Object.entries(counts)) {
    emitMany(host, 'request:end', count, () => probe('request:end', {status: Number(status)}));
  }
  host.pass(1500);
  const [block, summary] = blocks(host.end());
  const drawing = `\
  404 | ################################################################### | 85
  201 | ###########################################################         | 75
  400 | #################################################                   | 63
  500 | #################################################                   | 63
  200 | ###########################################                         | 55
  505 | ########################################                            | 51`;
  assert.deepEqual(block, ['request:end by status: 392 events in 1.0 s, 392/s', ...lines(drawing)]);
  assert.equal(summary[0], 'request:end by status: 392 events in 1.5 s, 261/s');
  assert.deepEqual(summary.slice(1), block.slice(1));
});

test('hist has the durations of calls without --by, and counts a call once', () => {
  const host = started('hist', ['foo::*']);
  for (const duration of [600, 700, 5000]) {
    host.emit('foo::*', {...returned('foo::f'), event: 'enter', duration: undefined});
    host.emit('foo::*', returned('foo::f', duration));
  }
  const longest = '#'.repeat(53);
  assert.deepEqual(lines(host.end()), [
    'foo::*: 3 events in 0.0 s',
    `  [ 512 ns, 1.02 µs) | ${longest} | 2`,
    `  [1.02 µs, 2.05 µs) | ${' '.repeat(53)} | 0`,
    `  [2.05 µs, 4.10 µs) | ${' '.repeat(53)} | 0`,
    `  [4.10 µs, 8.19 µs) | ${'#'.repeat(26).padEnd(53)} | 1`,
  ]);
});

test('hist names the paths that there are when one is misspelt', () => {
  const host = started('hist', ['f', '--by=args.conn']);
  emitMany(host, 'f', 1200, () => returned('f', 10, {args: {coin: 1}, return: 2}));
  assert.deepEqual(lines(host.end()), [
    'f by args.conn: 0 events in 0.0 s',
    '1,200 without args.conn; the first one has args.coin, duration, return'
  ]);
});

test('top has the busiest function first, and what there is of times', () => {
  const host = started('top', ['*', '--interval', '500ms']);
  emitMany(host, '*', 10, i => returned('foo::slow', 2e6, {event: i === 3 ? 'throw' : 'return'}));
  emitMany(host, '*', 1000, () => returned('foo::quick', 1000));
  emitMany(host, '*', 20, () => probe('tick', {}));
  host.pass(500);
  emitMany(host, '*', 5, () => returned('foo::slow', 2e6));
  host.pass(500);
  assert.equal(host.end(), `\
*: 1,030 events in 0.5 s, 2.06k/s
calls/s  calls    total     mean      p50      p99  thrown  name
2.00k/s  1,000  1.00 ms  1.00 µs  1.00 µs  1.00 µs       0  foo::quick
   40/s     20                                           0  tick
   20/s     10  20.0 ms  2.00 ms  2.00 ms  2.00 ms       1  foo::slow

*: 1,035 events in 1.0 s, 1.03k/s
calls/s  calls    total     mean      p50      p99  thrown  name
   10/s     15  30.0 ms  2.00 ms  2.00 ms  2.00 ms       1  foo::slow
    0/s  1,000  1.00 ms  1.00 µs  1.00 µs  1.00 µs       0  foo::quick
    0/s     20                                           0  tick

*: 1,035 events in 1.0 s, 1.03k/s
calls/s  calls    total     mean      p50      p99  thrown  name
1.00k/s  1,000  1.00 ms  1.00 µs  1.00 µs  1.00 µs       0  foo::quick
   20/s     20                                           0  tick
   15/s     15  30.0 ms  2.00 ms  2.00 ms  2.00 ms       1  foo::slow
`);
});

test('top by a property, of any kind, and the rest as one row', () => {
  const host = started('top', ['p', '--by', 'what', '--lines', '3']);
  const values = ['x', 'x', 'x', 'x', {a: 1}, {a: 1}, {a: 1}, null, null, 'a\nb', 5];
  for (const what of values) host.emit('p', probe('p', {what}));
  host.emit('p', probe('p', {other: 1}));
  host.pass(1000);
  assert.deepEqual(blocks(host.end())[0], lines(`\
p: 11 events in 1.0 s, 11/s
calls/s  calls  what
    4/s      4  x
    3/s      3  {"a":1}
    2/s      2  null
    2/s      2  (other)
1 without what; the first one has other`));
});

test('rate draws a line for each name', () => {
  const host = started('rate', ['*']);
  for (let second = 0; second < 8; ++second) {
    emitMany(host, '*', second + 1, () => probe('grows', {}));
    if (second % 2 === 1) emitMany(host, '*', 1000, () => returned('on::and::off', 1));
    host.pass(1000);
  }
  assert.deepEqual(blocks(host.end())[8], lines(`\
*: 4,036 events in 8.0 s, 505/s
name                                                                now     most
on::and::off                                           █ █ █ █  1.00k/s  1.00k/s
grows                                                 ▁▂▃▄▅▆▇█      8/s      8/s`));
});

test('rate falls back to ASCII', () => {
  const host = started('rate', ['p'], {env: {LANG: 'C'}});
  for (let second = 1; second <= 8; ++second) {
    emitMany(host, 'p', second, () => probe('p', {}));
    host.pass(1000);
  }
  const text = host.end();
  assert.ok(text.includes('.,-:=+*#  8/s   8/s'), text);
  assert.ok(/^[\n -~]*$/.test(text), text);
});

test('latency has a drawing of all calls and quantiles of each function', () => {
  const host = started('latency', ['f*']);
  emitMany(host, 'f*', 99, () => returned('f1', 1000));
  host.emit('f*', returned('f1', 3000));
  host.emit('f*', returned('f2', 1e6));
  host.emit('f*', returned('f3', undefined));
  host.pass(1000);
  assert.deepEqual(blocks(host.end())[0].filter(line => !line.endsWith('| 0')), lines(`\
f*: 101 events in 1.0 s, 101/s
  [ 512 ns, 1.02 µs) | #################################################### | 99
  [2.05 µs, 4.10 µs) |                                                      | 1
  [ 524 µs, 1.05 ms) |                                                      | 1
count     mean      p50      p90      p99    p99.9      max  name
  100  1.02 µs  1.00 µs  1.00 µs  1.00 µs  2.99 µs  3.00 µs  f1
    1  1.00 ms  1.00 ms  1.00 ms  1.00 ms  1.00 ms  1.00 ms  f2
  101  10.9 µs  1.00 µs  1.00 µs  2.99 µs  1.00 ms  1.00 ms  (all)
1 without a duration: probes, or entered before`));
});

test('latency between two probes, by an id that every process has for itself', () => {
  const host = started('latency', ['request:start', 'request:end', '--key', 'id']);
  const start = (pid, id, time) =>
      host.emit('request:start', probe('request:start', {pid, id, time}));
  const end = (pid, id, time) => host.emit('request:end', probe('request:end', {pid, id, time}));
  start(1, 7, 1e6);
  start(2, 7, 5e6);
  end(1, 7, 3e6);
  end(2, 7, 7e6);
  start(1, 8, 9e6);
  end(1, 9, 9e6);
  start(1, 10, 9e6);
  start(1, 10, 9e6);
  host.emit('request:end', probe('request:end', {path: '/'}));
  const text = lines(host.end());
  assert.equal(text[0], 'request:start -> request:end: 2 events in 0.0 s');
  assert.deepEqual(text.slice(2), [
    'count     mean      p50      p90      p99    p99.9      max  name',
    '    2  2.00 ms  2.00 ms  2.00 ms  2.00 ms  2.00 ms  2.00 ms  (all)',
    '1 without id; the first one has path',
    '2 still open, 1 started twice or too long ago, 1 ended without a start'
  ]);
});

test('latency between an entry and an end, by a property of either', () => {
  const host = started('latency', ['f', 'g', '--key', 'thread', '--by', 'args.x']);
  for (const [x, thread] of [['a', 1], ['b', 2]]) {
    host.emit('f', returned('f', undefined, {event: 'enter', args: {x}, thread, time: 1000}));
    host.emit('f', returned('f', 50, {args: {x}, thread, time: 1050}));
    host.emit('g', returned('g', undefined, {event: 'enter', args: {x}, thread, time: 1500}));
    host.emit('g', returned('g', 500, {args: {x}, thread, time: 2000}));
  }
  assert.deepEqual(lines(host.end()).slice(2), [
    'count     mean      p50      p90      p99    p99.9      max  args.x',
    '    1  1.00 µs  1.00 µs  1.00 µs  1.00 µs  1.00 µs  1.00 µs  a',
    '    1  1.00 µs  1.00 µs  1.00 µs  1.00 µs  1.00 µs  1.00 µs  b',
    '    2  1.00 µs  1.00 µs  1.00 µs  1.00 µs  1.00 µs  1.00 µs  (all)'
  ]);
});

test('a command line that is wrong is told what is right', () => {
  const wrong = (script, ...argv) => {
    let message;
    assert.throws(() => started(script, argv), error => (message = error.message, true));
    return message;
  };
  assert.match(wrong('top'), /one pattern of names expected, such as 'foo::\*', not 0/);
  assert.match(wrong('rate', 'a', 'b'), /one pattern/);
  assert.match(wrong('latency', 'a', 'b', 'c'), /1 or 2 patterns/);
  assert.match(wrong('latency', 'a', 'b'), /--key PATH is needed: what a and b have in common/);
  assert.match(wrong('hist', 'a', '--bye', 'x'), /no option --bye; there are --by PATH, --inter/);
  assert.match(wrong('hist', 'a', '-x'), /no option -x; there are --by PATH, --interval TIME/);
  assert.match(wrong('hist', 'a', '--by'), /--by needs a value: --by PATH/);
  assert.match(wrong('hist', 'a', '--by', 'x..y'), /'x\.\.y' is no path/);
  assert.match(wrong('top', 'a', '--lines', '-3'), /--lines: a number was expected, not '-3'/);
  assert.match(wrong('top', 'a', '--interval', '3 weeks'), /--interval: '3 weeks' is no time such/);
});

test('intervals have units, as everywhere, and are never too short', () => {
  const ticks = (...argv) => {
    const host = started('rate', ['p', ...argv]);
    host.emit('p', probe('p', {}));
    host.pass(60_000);
    return blocks(host.output).length;
  };
  assert.equal(ticks(), 60);
  assert.equal(ticks('--interval', '1.5s'), 40);
  assert.equal(ticks('--interval=500000000'), 120);
  assert.equal(ticks('--interval', '1m'), 1);
  assert.equal(ticks('--interval', '0'), 6000);
});

test('options have values in the ways that they have everywhere', () => {
  const shown = (...argv) => {
    const host = started('top', ['p', '--by', 'x', ...argv]);
    emitMany(host, 'p', 10, x => probe('p', {x}));
    return lines(host.end()).length - 2;
  };
  assert.equal(shown(), 10);
  for (const argv of [['--lines', '2'], ['--lines=2'], ['-n', '2'], ['-n2']]) {
    assert.equal(shown(...argv), 3, argv.join(' '));  // and the others
  }
});

test('a pattern may begin with dashes', () => {
  const host = started('top', ['--lines', '1', '--', '--x']);
  host.emit('--x', probe('--x', {}));
  assert.match(host.end(), /^--x: 1 event in/);
});
