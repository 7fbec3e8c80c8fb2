// Groups, counts and rates: keys of every kind, and memory that is bounded.
import assert from 'node:assert/strict';
import test from 'node:test';
import {Host} from './host.mjs';

const {Counts, Distribution, Groups, Histogram, Rate, pathsOf, property} =
    new Host().require('omnitrace');

const countsOf = counts => counts.top().map(({key, group}) => [key, group.count]);
const counted = keys => {
  const counts = new Counts();
  for (const key of keys) counts.add(key);
  return countsOf(counts);
};

test('the most frequent key comes first, and equal ones in order', () => {
  assert.deepEqual(counted([10, 9, 'b', 'a', 9, 10, 'c', 'c', 'c']),
                   [['c', 3], [9, 2], [10, 2], ['a', 1], ['b', 1]]);
});

test('any value is a key', () => {
  assert.deepEqual(
      new Map(counted([undefined, null, true, NaN, NaN, -0, 0, 5n, 5n, '', 'undefined'])),
      new Map([[undefined, 1], [null, 1], [true, 1], [NaN, 2], [0, 2], [5n, 2], ['', 1],
               ['undefined', 1]]));
});

test('equal objects are one key, a number in them may be of any size', () => {
  assert.deepEqual(counted([{x: 1, y: [2]}, {x: 1, y: [2]}, [], {big: 2n ** 64n}]),
                   [['{"x":1,"y":[2]}', 2], ['[]', 1], ['{"big":"18446744073709551616"}', 1]]);
});

test('an object that contains itself, a function and a symbol are keys', () => {
  const cycle = {};
  cycle.cycle = cycle;
  assert.deepEqual(counted([cycle, cycle, Symbol('s')]),
                   [['[object Object]', 2], ['Symbol(s)', 1]]);
});

test('names of properties that every object has are keys like others', () => {
  assert.deepEqual(counted(['__proto__', 'constructor', '__proto__']),
                   [['__proto__', 2], ['constructor', 1]]);
});

test('a long text is cut, and those that begin alike are one', () => {
  const [[key, count]] = counted(['x'.repeat(1e6), 'x'.repeat(2e6)]);
  assert.equal(count, 2);
  assert.ok(key.length < 300, `${key.length}`);
});

test('a million different keys take the room of some, and all are counted', () => {
  const counts = new Counts({keys: 500});
  for (let i = 0; i < 1_000_000; ++i) {
    counts.add(`key ${i}`);
    assert.ok(counts.size <= 500);
  }
  assert.equal(counts.count, 1_000_000);
  const rows = countsOf(counts);
  assert.ok(rows.length <= 501);
  assert.equal(rows[rows.length - 1][0], '(other)');
  assert.equal(rows.reduce((sum, [, count]) => sum + count, 0), 1_000_000);
});

test('a frequent key that comes late is found among a million others', () => {
  const counts = new Counts({keys: 100});
  for (let i = 0; i < 1_000_000; ++i) counts.add(i >= 500_000 && i % 10 === 0 ? 'late' : i);
  assert.deepEqual(countsOf(counts)[0], ['late', 50_000]);
});

test('what is not among the top is one row, at the end', () => {
  const counts = new Counts();
  for (const [key, count] of [['a', 5], ['b', 3], ['c', 4], ['d', 1]]) counts.at(key).add(count);
  assert.deepEqual(counts.top(2).map(({key, group}) => [key, group.count]),
                   [['a', 5], ['c', 4], ['(other)', 4]]);
});

test('groups of distributions keep all numbers when keys are too many', () => {
  const groups = new Groups(() => new Distribution(), {keys: 10});
  for (let i = 1; i <= 10_000; ++i) groups.add(i % 1000, i);
  assert.equal(groups.count, 10_000);
  const all = new Distribution();
  for (const {group} of groups) all.merge(group);
  assert.equal(all.sum, 10_000 * 10_001 / 2);
  assert.ok(Math.abs(all.quantile(0.5) - 5000) <= 5000 / 128);
});

test('merged groups are sums, key by key', () => {
  const [a, b] = [new Counts(), new Counts()];
  for (const key of ['x', 'x', 'y']) a.add(key);
  for (const key of ['y', 'z', 'z', 'z']) b.add(key);
  a.merge(b);
  assert.deepEqual(countsOf(a), [['z', 3], ['x', 2], ['y', 2]]);
});

test('a rate is that of an interval, however long it took', () => {
  const rate = new Rate();
  assert.equal(rate.last, 0);
  rate.add(10);
  rate.tick(2);
  for (let i = 0; i < 30; ++i) rate.add();
  rate.tick(0.5);
  rate.tick(1);
  rate.tick(0);
  assert.deepEqual([rate.history, rate.last, rate.max, rate.count], [[5, 60, 0, 0], 0, 60, 40]);
});

test('a rate remembers some intervals only, and its maximum for ever', () => {
  const rate = new Rate();
  rate.add(1000);
  for (let i = 0; i < 10_000; ++i) rate.tick(1);
  assert.ok(rate.history.length < 1000);
  assert.equal(rate.max, 1000);
});

test('merged rates are sums of the same intervals', () => {
  const [older, newer] = [new Rate(), new Rate()];
  older.add(1);
  older.tick(1);
  for (const rate of [older, newer]) {
    rate.add(5);
    rate.tick(1);
  }
  newer.merge(older);
  assert.deepEqual([newer.history, newer.max, newer.count], [[1, 10], 10, 11]);
});

test('a path leads to a property of an event', () => {
  const event = {name: 'f', args: {coin: 'dime', list: [{x: 7}], text: 'four'}, return: null};
  const get = path => property(path)(event);
  assert.deepEqual(['name', 'args.coin', 'args.list.0.x', 'args.list[0].x', 'return'].map(get),
                   ['f', 'dime', 7, 7, null]);
  assert.deepEqual(['args.list.length', 'args.text.length'].map(get), [1, 4]);
});

test('a path to nothing gives undefined, as does one to what every object has', () => {
  const event = {name: 'f', args: {coin: null}};
  for (const path of ['x', 'x.y', 'x.y.z', 'args.coin.y', 'args.coin.y.z', 'name.y', 'constructor',
                      'args.__proto__', 'toString.name']) {
    assert.equal(property(path)(event), undefined, path);
  }
});

test('a path without a name in it is an error', () => {
  for (const path of ['', '.', 'args.', 'args..x']) {
    assert.throws(() => property(path), /is no path of a property/, path);
  }
});

test('the paths of an event are those that others have not', () => {
  assert.deepEqual(pathsOf({timestamp: 1, title: 't', pid: 1, name: 'f', hostname: 'h', thread: 1,
                            time: 1, event: 'return', args: {a: 1, b: [2]}, return: 3}),
                   ['args.a', 'args.b', 'return']);
});

test('few whole numbers have a bar each, many or fractions have ranges', () => {
  const drawn = values => {
    const histogram = new Histogram();
    for (const value of values) histogram.add(value);
    return histogram.draw({width: 30}).split('\n').map(line => line.split('|')[0].trim());
  };
  assert.deepEqual(drawn([404, 200, 404]), ['404', '200']);
  assert.deepEqual(drawn([404, 5n, 'x', 404, true, NaN]), ['404', '5', 'NaN', 'true', 'x']);
  assert.deepEqual(drawn([1.5, 1.5]), ['[1, 2)']);
  assert.deepEqual(drawn([...Array(21).keys()].map(i => i + 64)), ['[64, 128)']);
  assert.deepEqual(drawn([0.5, 'x', -3]), ['( -4, -2]', '[0.5,  1)', 'x']);
});

test('merged histograms of few numbers have ranges when they are many together', () => {
  const [a, b] = [new Histogram(), new Histogram()];
  for (let i = 0; i < 15; ++i) {
    a.add(128 + i);
    b.add(200 + i);
  }
  a.merge(b);
  assert.equal(a.count, 30);
  assert.equal(a.draw({width: 40}), '  [128, 256) | #################### | 30');
});
