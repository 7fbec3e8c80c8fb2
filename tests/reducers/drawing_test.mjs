// Drawings, to the character.
import assert from 'node:assert/strict';
import test from 'node:test';
import {Host} from './host.mjs';

const {bars, countText, escaped, exactText, fit, keyText, numberText, rateText, screen, sparkline,
       table, timeText, widthOf} = new Host().require('omnitrace');

test('bars as long as their counts', () => {
  const rows = [[404, 85], [201, 75], [400, 63], [500, 63], [200, 55], [505, 51]].map(
      ([label, count]) => ({label: String(label), count}));
  assert.equal(bars(rows, {width: 72}), `\
  404 | ########################################################### | 85
  201 | ####################################################        | 75
  400 | ###########################################                 | 63
  500 | ###########################################                 | 63
  200 | ######################################                      | 55
  505 | ###################################                         | 51`);
});

test('bars of nothing, of zeros, and of large counts', () => {
  assert.equal(bars([], {width: 40}), '');
  assert.equal(bars([{label: 'a', count: 0}], {width: 20}), '  a |            | 0');
  assert.equal(bars([{label: 'a', count: 1234567}, {label: 'bb', count: 1}], {width: 30}), `\
   a | ########### | 1,234,567
  bb |             | 1`);
});

test('labels that are long or wide leave room for bars', () => {
  const rows = [{label: 'a::rather::long::name', count: 2}, {label: '日本', count: 1}];
  assert.equal(bars(rows, {width: 30, unicode: true}), `\
  a::r…ng::name | ######## | 2
           日本 | ####     | 1`);
});

test('no drawing is wider than asked for', () => {
  const rows = [{label: 'name', count: 123456}, {label: 'a name 日本語日本語', count: 7}];
  for (let width = 1; width < 60; ++width) {
    for (const unicode of [true, false]) {
      const drawings = [
        bars(rows, {width, unicode}), sparkline([1, 2, 3], {width, unicode}),
        table(['calls', 'name'], rows.map(({label, count}) => [String(count), label]),
              {width, unicode})
      ];
      for (const line of drawings.join('\n').split('\n')) {
        assert.ok(widthOf(line) <= width, `${width}: '${line}'`);
      }
    }
  }
});

test('a sparkline shows the latest values, as high as they are', () => {
  const values = [99, 0, 1, 2, 3, 4, 5, 6, 7, 8];
  assert.equal(sparkline(values, {width: 9, max: 8, unicode: true}), ' ▁▂▃▄▅▆▇█');
  assert.equal(sparkline(values, {width: 9, max: 8, unicode: false}), ' .,-:=+*#');
  assert.equal(sparkline([0.01, 1000], {width: 4, unicode: true}), '  ▁█');
  assert.equal(sparkline([], {width: 3}), '   ');
  assert.equal(sparkline([0, 0], {width: 3}), '   ');
  assert.equal(sparkline([5], {width: 1, max: 1, unicode: true}), '█');
});

test('a table is aligned, and its last column gets the rest', () => {
  const rows = [['1', '12.3 ms', 'foo::a'], ['1,234', '1 s', 'foo::Machine::insert']];
  assert.equal(table(['calls', 'total', 'name'], rows, {width: 40}), `\
calls    total  name
    1  12.3 ms  foo::a
1,234      1 s  foo::Machine::insert`);
  assert.equal(table(['calls', 'total', 'name'], rows, {width: 30, unicode: true}), `\
calls    total  name
    1  12.3 ms  foo::a
1,234      1 s  foo::…::insert`);
});

test('a narrow table leaves out columns rather than the last one', () => {
  const rows = [['1,234', '12.3 ms', 'foo::Machine::insert']];
  assert.equal(table(['calls', 'total', 'name'], rows, {width: 20, unicode: false}), `\
calls  name
1,234  foo:..:insert`);
});

test('times', () => {
  const shown = [0, 1, 999, 999.6, 1000, 1234, 12345, 123456, 999499, 999500, 1e9, 59.96e9, 3600e9];
  assert.deepEqual(shown.map(time => timeText(time)), [
    '0 ns', '1 ns', '999 ns', '1.00 µs', '1.00 µs', '1.23 µs', '12.3 µs', '123 µs', '999 µs',
    '1.00 ms', '1.00 s', '60.0 s', '3600 s'
  ]);
  assert.equal(timeText(1234, false), '1.23 us');
});

test('counts, rates and numbers', () => {
  assert.deepEqual([0, 7, 0.25, 999, 1000, 4512, 99950, 1e6, 1.5e9, 3e15].map(countText),
                   ['0', '7', '0.25', '999', '1.00k', '4.51k', '100k', '1.00M', '1.50G', '3000T']);
  assert.equal(rateText(4500), '4.50k/s');
  assert.deepEqual([0, 999, 1000, 1234567, -1234].map(exactText),
                   ['0', '999', '1,000', '1,234,567', '-1,234']);
  assert.deepEqual([0, 1, -512, 1023, 1024, 2 ** 20, 2 ** 53, 1500, 0.25, 2 ** -20].map(numberText),
                   ['0', '1', '-512', '1023', '1K', '1M', '8P', '1.46K', '0.25', '9.54e-7']);
});

test('what would control the terminal is shown instead', () => {
  assert.equal(escaped('a\nb\t\x1b[2J\x9b\u202e\ud800 é日'),
               'a\\nb\\t\\x1b[2J\\x9b\\u{202e}\\u{d800} é日');
  assert.equal(escaped('😀'), '😀');
  assert.equal(keyText(null), 'null');
  assert.equal(keyText(undefined), 'undefined');
  assert.equal(keyText(5n), '5');
});

test('widths are those of a terminal', () => {
  assert.deepEqual(['', 'abc', 'é', 'e\u0301', '日本', '😀'].map(widthOf), [0, 3, 1, 1, 4, 2]);
});

test('what is too long loses its middle', () => {
  assert.equal(fit('foo::Machine::insert', 20), 'foo::Machine::insert');
  assert.equal(fit('foo::Machine::insert', 13), 'foo:…::insert');
  assert.equal(fit('foo::Machine::insert', 13, false), 'foo:..:insert');
  assert.equal(fit('日本語日本語', 7), '日…本語');
  assert.deepEqual([2, 1, 0].map(width => fit('abc', width)), ['a…', 'a', '']);
});

test('the locale decides about Unicode, as its variables come first', () => {
  const unicode = env => new Host({env}).require('omnitrace').screen().unicode;
  assert.equal(unicode({LANG: 'C.UTF-8'}), true);
  assert.equal(unicode({LANG: 'de_DE.utf8'}), true);
  assert.equal(unicode({LC_ALL: 'C', LANG: 'C.UTF-8'}), false);
  assert.equal(unicode({LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C'}), true);
  assert.equal(unicode({}), false);
});

test('a screen is the terminal, or a pipe', () => {
  const of = terminal => new Host({terminal}).require('omnitrace').screen();
  assert.deepEqual(of({columns: 40, rows: 10}), {width: 40, height: 10, unicode: true});
  assert.deepEqual(of({columns: 400, rows: 99}), {width: 120, height: 99, unicode: true});
  assert.deepEqual(of(undefined), {width: 80, height: 50, unicode: true});
  assert.deepEqual(screen(), {width: 80, height: 50, unicode: true});
});
