// The usual scripts on terminals of any size, with names and values of any kind and number.
import assert from 'node:assert/strict';
import test from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import {emitMany, lines, returned, started} from './host.mjs';
import {Terminal} from './terminal.mjs';

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

const kScripts = {
  top: ['*'], hist: ['*'], rate: ['*'], latency: ['*'], 'top by': ['*', '--by', 'args.x'],
  'hist by': ['*', '--by', 'args.x'], 'rate by': ['*', '--by', 'args.x'],
  'latency by': ['*', '--by', 'args.x']
};
const kNames = [
  'f', 'operator<', 'a::'.repeat(50) + 'b', 'a\x1b[2Jb\nc', '', 'f(int)::λ', '\ud800', '__proto__'
];
const kTerminals = [[80, 24], [30, 10], [12, 6], [3, 2]];

function heapUsed() {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

for (const [name, argv] of Object.entries(kScripts)) {
  const [script] = name.split(' ');

  for (const [columns, rows] of kTerminals) {
    test(`${name} fits on a terminal of ${columns} by ${rows}`, () => {
      const host = started(script, argv, {terminal: {columns, rows}});
      const terminal = new Terminal(columns, rows);
      host.stdout.write = text => terminal.write(text);
      for (let second = 0; second < 3; ++second) {
        const x = i => kNames[i % 3] + i;
        emitMany(host, '*', 100, i => returned(kNames[i % kNames.length], 10 ** (i % 10),
                                               {args: {x: x(i)}}));
        host.pass(1000);
        // The cursor stands in an empty line at the end.
        assert.ok(terminal.lines.length <= rows, terminal.text);
        assert.ok(terminal.lines.every(line => line.length <= columns), terminal.text);
        assert.equal(terminal.lines.filter(line => line.startsWith('*')).length, 1);
      }
    });
  }

  test(`${name} says something when nothing happens`, () => {
    const host = started(script, argv);
    host.pass(1000);
    assert.match(lines(host.end())[0], /^\*.*: 0 events in 1\.0 s, 0\/s$/);
  });

  test(`${name} takes bounded memory for a million different values`, () => {
    const host = started(script, argv);
    const make = i => returned(`f${i}`, i, {args: {x: `${i}`}});
    emitMany(host, '*', 10_000, make);
    const before = heapUsed();
    emitMany(host, '*', 1_000_000, make);
    const grown = heapUsed() - before;
    host.pass(1000);
    assert.match(lines(host.end())[0], /: 1,010,000 events/);
    // Each of them kept with nothing but a count would take 50 MB.
    assert.ok(grown < 5e6, `${grown} bytes`);
  });
}
