// Quantiles and ranges of any number of numbers, in bounded memory, mergeable.
//
//   const times = new Distribution({unit: 'ns'});
//   times.add(event.duration);
//   times.quantile(0.99);
//   console.log(times.draw());
//
// Buckets as HdrHistogram has: 64 equal ones for each power of two, found from the bits of the
// number instead of by a logarithm. A quantile is within 1/128 (0.8 %) of the exact one. Sizes
// under 2^-64 are 0, and those from 2^64 on count as less than 2^64. A power of two that occurs
// takes half a KiB: about 8 KiB for times of a function, 160 KiB at most. The first numbers are
// kept as they are until somebody asks: most groups of a property with many values have no more,
// and buckets for each new one would take 20 us an event.
'use strict';
const {bars} = require('omnitrace/drawing');
const {padStart, widthOf} = require('omnitrace/text');
const {numberText, timeText} = require('omnitrace/units');

const kParts = 64;
const kPowers = 128;        // from 2^-64 on
const kLowest = 1023 - 64;  // as the exponent of a double is stored
const kZero = kPowers;      // the negative ones lie below it
const kFew = 32;            // numbers that are kept as they are

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);  // the upper half is the second: little endian

// The powers of two that a place in `powers_` stands for, lower bound first.
function rangeOf(place) {
  if (place === kZero) return {from: 0, to: 0};
  const low = 2 ** (Math.abs(place - kZero) - 1 - 64);
  return place > kZero ? {from: low, to: 2 * low} : {from: -2 * low, to: -low};
}

class Distribution {
  constructor({unit = ''} = {}) {
    this.unit = unit;  // 'ns' or none: how numbers are shown
    this.count = 0;
    this.sum = 0;
    this.min = Infinity;   // exact
    this.max = -Infinity;  // exact
    this.strange = 0;  // what was added and is no finite number: not in any of the others
    this.few_ = [];       // null once there are buckets
    this.powers_ = null;  // by place, null or how many are in each part
  }

  add(value) {
    if (typeof value !== 'number') value = typeof value === 'bigint' ? Number(value) : NaN;
    // Only NaN and the infinities give no zero.
    if (value - value !== 0) {
      ++this.strange;
      return;
    }
    ++this.count;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (this.few_ !== null && this.few_.length < kFew) {
      this.few_.push(value);
    } else {
      this.addToBucket_(value);
    }
  }

  get mean() {
    return this.count === 0 ? NaN : this.sum / this.count;
  }

  // The number that `fraction` of all numbers do not exceed; NaN when there are none.
  quantile(fraction) {
    if (this.count === 0) return NaN;
    this.makeBuckets_();
    let left = Math.max(1, Math.ceil(fraction * this.count));
    for (let place = 0; place < this.powers_.length; ++place) {
      for (const [part, count] of this.parts_(place)) {
        left -= count;
        if (left <= 0) return this.middle_(place, part);
      }
    }
    return this.max;
  }

  // [{from, to, count}], ascending: the powers of two that occur, and those between them. When
  // there would be more than `most`, two neighbours become one, as often as it takes.
  ranges(most = Infinity) {
    this.makeBuckets_();
    const sum = parts => (parts ?? []).reduce((sum, count) => sum + count, 0);
    const sums = this.powers_.map(sum);
    const occupied = [...sums.keys()].filter(place => sums[place] > 0);
    // Between zero and the smallest number lie powers of two that nobody asks for.
    const side = sign => occupied.filter(place => Math.sign(place - kZero) === sign);
    let ranges = [-1, 0, 1].map(side).flatMap(places => {
      const [first] = places;
      const length = places.length === 0 ? 0 : places[places.length - 1] - first + 1;
      return Array.from({length}, (_, i) => ({...rangeOf(first + i), count: sums[first + i]}));
    });
    while (ranges.length > Math.max(1, most)) ranges = inPairs(ranges);
    return ranges;
  }

  merge(more) {
    if (more.few_ !== null) {
      for (const value of more.few_) this.add(value);
      this.strange += more.strange;
      return;
    }
    this.count += more.count;
    this.sum += more.sum;
    this.min = Math.min(this.min, more.min);
    this.max = Math.max(this.max, more.max);
    this.strange += more.strange;
    this.makeBuckets_();
    more.powers_.forEach((parts, place) => {
      if (parts === null) return;
      const own = this.powers_[place] ??= new Float64Array(kParts);
      parts.forEach((count, part) => void (own[part] += count));
    });
  }

  // "12.3 ms", or as numbers are.
  text(value, unicode = true) {
    return this.unit === 'ns' ? timeText(value, unicode) : numberText(value);
  }

  // A bar for each range.
  draw({rows = 24, ...screen} = {}) {
    const ranges = this.ranges(rows);
    const text = bound => this.text(bound, screen.unicode);
    const width = side => Math.max(0, ...ranges.map(range => widthOf(text(range[side]))));
    const [from, to] = [width('from'), width('to')];
    const label = range => {
      if (range.from === range.to) return text(range.from);
      const bounds = `${padStart(text(range.from), from)}, ${padStart(text(range.to), to)}`;
      // The bound that is nearer to zero belongs to the range.
      return (range.from < 0 ? '(' : '[') + bounds + (range.to > 0 ? ')' : ']');
    };
    return bars(ranges.map(range => ({label: label(range), count: range.count})), screen);
  }

  makeBuckets_() {
    if (this.few_ === null) return;
    const few = this.few_;
    this.few_ = null;
    this.powers_ = new Array(2 * kPowers + 1).fill(null);
    for (const value of few) this.addToBucket_(value);
  }

  addToBucket_(value) {
    this.makeBuckets_();
    number[0] = value;
    const upper = words[1];
    const power = Math.min(((upper >>> 20) & 0x7ff) - kLowest, kPowers - 1);
    const place = power < 0 ? kZero : value > 0 ? kZero + 1 + power : kZero - 1 - power;
    const parts = this.powers_[place] ?? (this.powers_[place] = new Float64Array(kParts));
    ++parts[power < 0 ? 0 : (upper >>> 14) & (kParts - 1)];
  }

  // Buckets of a place that are not empty, ascending.
  *parts_(place) {
    const parts = this.powers_[place];
    if (parts === null) return;
    for (let i = 0; i < kParts; ++i) {
      const part = place < kZero ? kParts - 1 - i : i;
      if (parts[part] > 0) yield [part, parts[part]];
    }
  }

  middle_(place, part) {
    if (place === kZero) return Math.min(Math.max(0, this.min), this.max);
    const low = 2 ** (Math.abs(place - kZero) - 1 - 64);
    const middle = Math.sign(place - kZero) * low * (1 + (part + 0.5) / kParts);
    return Math.min(Math.max(middle, this.min), this.max);
  }
}

const inPairs = ranges =>
    ranges.filter((_, i) => i % 2 === 0).map((range, i) => {
      const next = ranges[2 * i + 1] ?? {to: range.to, count: 0};
      return {from: range.from, to: next.to, count: range.count + next.count};
    });

module.exports = {Distribution};
