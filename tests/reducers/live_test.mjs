// Redrawing on a terminal and on a pipe.
import assert from 'node:assert/strict';
import test from 'node:test';
import {Host} from './host.mjs';
import {Terminal} from './terminal.mjs';

// A host whose output goes to a terminal, too.
function hostOn(columns, rows) {
  const host = new Host({terminal: {columns, rows}});
  const terminal = new Terminal(columns, rows);
  host.stdout.write = text => terminal.write(text);
  return {host, terminal, live: host.require('omnitrace').live};
}

test('a terminal shows the latest text only', () => {
  const {host, terminal, live} = hostOn(20, 10);
  const texts = ['one\ntwo\nthree', 'longer than before', 'a\nb', 'the end'];
  const shown = live(() => texts.shift(), {interval: 100});
  host.pass(100);
  assert.equal(terminal.text, 'one\ntwo\nthree\n');
  host.pass(100);
  assert.equal(terminal.text, 'longer than before\n');
  host.pass(100);
  assert.equal(terminal.text, 'a\nb\n');
  shown.stop();
  assert.equal(terminal.text, 'the end\n');
});

test('what stood on the terminal before stays', () => {
  const {host, terminal, live} = hostOn(20, 5);
  terminal.write('before\n');
  live(() => 'a\nb');
  host.pass(5000);
  assert.equal(terminal.text, 'before\na\nb\n');
});

test('lines are cut at the width, and the last ones at the height, but for the last time', () => {
  const {host, terminal, live} = hostOn(10, 4);
  const shown = live(() => [...Array(6).keys()].map(i => `line ${i} that is too long`).join('\n'));
  host.pass(3000);
  assert.equal(terminal.text, 'line 0 tha\nline 1 tha\nline 2 tha\n');
  shown.stop();
  assert.equal(terminal.text, [...Array(6).keys()].map(i => `line ${i} tha\n`).join(''));
});

test('a terminal that has become narrow is cleared of the lines that it has wrapped', () => {
  const {host, terminal, live} = hostOn(20, 10);
  const shown = live(({width}) => '='.repeat(width) + '\nend');
  host.pass(1000);
  terminal.columns = host.stdout.columns = 8;
  terminal.lines = ['========', '========', '====', 'end', ''];
  terminal.row = 4;
  host.pass(1000);
  assert.equal(terminal.text, '========\nend\n');
  shown.stop();
});

test('a pipe gets blocks with an empty line between them', () => {
  const host = new Host();
  const texts = ['one\ntwo', '', 'three', 'end'];
  const shown = host.require('omnitrace').live(() => texts.shift());
  host.pass(3000);
  shown.stop();
  assert.equal(host.output, 'one\ntwo\n\nthree\n\nend\n');
});

test('a drawing is told how long it has been, and whether it is the last one', () => {
  const host = new Host({terminal: {columns: 50, rows: 12}, env: {}});
  const told = [];
  const draw = given => (told.push(given), '');
  const shown = host.require('omnitrace').live(draw, {interval: 250});
  host.pass(600);
  shown.stop();
  const screen = {width: 50, height: 12, unicode: false};
  assert.deepEqual(told, [
    {...screen, seconds: 0.25, final: false}, {...screen, seconds: 0.25, final: false},
    {...screen, seconds: 0.1, final: true}
  ]);
});

test('nothing is drawn after the end, and the end is drawn once', () => {
  const host = new Host();
  const shown = host.require('omnitrace').live(() => 'x');
  shown.stop();
  shown.stop();
  host.pass(5000);
  assert.equal(host.output, 'x\n');
  assert.equal(host.timers.size, 0);
});
