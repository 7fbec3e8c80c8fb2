// Quantiles against exact ones, and ranges.
import assert from 'node:assert/strict';
import test from 'node:test';
import {Host} from './host.mjs';

const {Distribution} = new Host().require('omnitrace');

// Numbers from 0 to 1 that are the same in every run.
function* noise() {
  for (let seed = 1;;) {
    seed = seed * 48271 % 2147483647;
    yield seed / 2147483647;
  }
}

const kNoise = noise();
const random = () => kNoise.next().value;
const sample = (count, make) => Array.from({length: count}, (_, i) => make(i));
const filled = (values, options) => {
  const distribution = new Distribution(options);
  for (const value of values) distribution.add(value);
  return distribution;
};

const kSamples = {
  'one number': [42],
  'as few as are kept as they are': sample(32, () => random() * 1000),
  'one more than are kept as they are': sample(33, () => random() * 1000),
  even: sample(20000, () => Math.floor(random() * 1e6)),
  'over many powers of two': sample(20000, () => Math.exp(random() * 30 - 5)),
  'of two sizes': sample(20000, i => i % 100 === 0 ? 3e9 + random() : 100 + random()),
  'with negative ones and zeros': sample(20000, i => i % 5 === 0 ? 0 : (random() - 0.5) * 1e4),
  'all negative': sample(5000, () => -Math.exp(random() * 10)),
  'powers of two': sample(1000, i => 2 ** (i % 60)),
};

for (const [name, values] of Object.entries(kSamples)) {
  test(`quantiles are within 1/128 of the exact ones: ${name}`, () => {
    const distribution = filled(values);
    const sorted = Float64Array.from(values).sort();
    assert.equal(distribution.count, values.length);
    assert.equal(distribution.min, sorted[0]);
    assert.equal(distribution.max, sorted[sorted.length - 1]);
    for (const fraction of [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 1]) {
      const exact = sorted[Math.max(1, Math.ceil(fraction * sorted.length)) - 1];
      const found = distribution.quantile(fraction);
      const error = Math.abs(found - exact);
      assert.ok(error <= Math.abs(exact) / 128, `${fraction}: ${found}, ${exact}`);
    }
  });

  test(`merged parts are as the whole: ${name}`, () => {
    const whole = filled(values);
    const parts = [0, 1, 2].map(part => filled(values.filter((_, i) => i % 3 === part)));
    const merged = new Distribution();
    for (const part of parts) merged.merge(part);
    assert.deepEqual(merged.ranges(), whole.ranges());
    assert.equal(merged.quantile(0.9), whole.quantile(0.9));
    assert.deepEqual([merged.count, merged.min, merged.max], [whole.count, whole.min, whole.max]);
  });
}

test('there are no quantiles of nothing, and no ranges', () => {
  const none = new Distribution();
  assert.ok(Number.isNaN(none.quantile(0.5)));
  assert.ok(Number.isNaN(none.mean));
  assert.deepEqual(none.ranges(), []);
  assert.equal(none.draw(), '');
});

test('what is no finite number is counted as strange', () => {
  const distribution = filled([1, NaN, Infinity, -Infinity, '2', undefined, null, {}, 3n]);
  assert.deepEqual([distribution.count, distribution.sum, distribution.strange], [2, 4, 7]);
});

test('numbers of any size find a bucket', () => {
  const distribution = filled([5e-324, 1e-300, 1e300, -1e300, Number.MAX_VALUE, 2 ** 64 - 2048]);
  assert.equal(distribution.count, 6);
  assert.deepEqual(distribution.ranges().map(({count}) => count), [1, 2, 3]);
  assert.equal(distribution.max, Number.MAX_VALUE);
});

test('numbers of all sizes take bounded memory', () => {
  const distribution = new Distribution();
  for (let power = -1074; power < 1024; ++power) {
    for (const sign of [-1, 1]) distribution.add(sign * 2 ** power);
  }
  const buckets = distribution.powers_.filter(parts => parts !== null);
  assert.equal(buckets.length, 257);
  assert.ok(buckets.every(parts => parts.byteLength === 512));
});

test('ranges are powers of two, the empty ones between them, too', () => {
  assert.deepEqual(filled([1, 1.99, 2, 17]).ranges(), [
    {from: 1, to: 2, count: 2}, {from: 2, to: 4, count: 1}, {from: 4, to: 8, count: 0},
    {from: 8, to: 16, count: 0}, {from: 16, to: 32, count: 1}
  ]);
});

test('zero is a range of its own, and there are no ranges down to it', () => {
  assert.deepEqual(filled([-3, -1, 0, 0, 1]).ranges(), [
    {from: -4, to: -2, count: 1}, {from: -2, to: -1, count: 1}, {from: 0, to: 0, count: 2},
    {from: 1, to: 2, count: 1}
  ]);
});

test('ranges that are too many are joined, and count the same', () => {
  const distribution = filled(sample(1000, i => 1.5 ** (i % 90)));
  for (const most of [1, 2, 3, 10, 20]) {
    const ranges = distribution.ranges(most);
    assert.ok(ranges.length <= most);
    assert.equal(ranges.reduce((sum, {count}) => sum + count, 0), 1000);
    ranges.reduce((before, range) => (assert.equal(range.from, before.to), range));
  }
});

test('ranges of times', () => {
  const values = [700, 1500, 1600, 1700, 40000, 40000].concat(Array(8).fill(3000));
  assert.equal(filled(values, {unit: 'ns'}).draw({width: 50, unicode: true}), `\
  [ 512 ns, 1.02 µs) | ##                      | 1
  [1.02 µs, 2.05 µs) | ########                | 3
  [2.05 µs, 4.10 µs) | ####################### | 8
  [4.10 µs, 8.19 µs) |                         | 0
  [8.19 µs, 16.4 µs) |                         | 0
  [16.4 µs, 32.8 µs) |                         | 0
  [32.8 µs, 65.5 µs) | #####                   | 2`);
});

test('ranges of numbers', () => {
  const drawing = filled([-1, 0, 0.25, 5000, 5000]).draw({width: 40, rows: 3});
  assert.equal(drawing.split('\n').length, 3);
  assert.equal(filled([-1, 0, 0, 1500, 1500, 1500]).draw({width: 40}), `\
  (-2, -1] | #######                 | 1
         0 | ###############         | 2
  [1K, 2K) | ####################### | 3`);
});
