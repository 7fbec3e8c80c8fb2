// What values a property has, numbers or not.
//
//   const statuses = new Histogram();
//   statuses.add(event.status);
//   console.log(statuses.draw());
//
// Few different whole numbers, as statuses are, get a bar each; more of them, or fractions, get one
// for each power of two. Everything else gets a bar each, the most frequent ones first.
'use strict';
const {Counts} = require('omnitrace/counts');
const {Distribution} = require('omnitrace/distribution');

const kFew = 20;

class Histogram {
  // `unit` as of a Distribution; one with a unit has ranges always.
  constructor({unit = '', keys = 1000} = {}) {
    this.numbers = new Distribution({unit});
    this.texts = new Counts({keys});
    this.few_ = unit === '' ? new Counts({keys: 2 * kFew}) : null;
  }

  add(value) {
    // Only NaN and the infinities give no zero; they are in no range.
    if (typeof value === 'number' ? value - value !== 0 : typeof value !== 'bigint') {
      this.texts.add(value);
      return;
    }
    this.numbers.add(value);
    if (this.few_ !== null) this.addFew_(value);
  }

  get count() {
    return this.numbers.count + this.texts.count;
  }

  merge(more) {
    this.numbers.merge(more.numbers);
    this.texts.merge(more.texts);
    if (more.few_ === null) this.few_ = null;
    if (this.few_ === null) return;
    this.few_.merge(more.few_);
    if (this.few_.size > kFew) this.few_ = null;
  }

  draw({rows = 20, ...screen} = {}) {
    if (this.few_ !== null) {
      const all = new Counts({keys: Infinity});
      all.merge(this.few_);
      all.merge(this.texts);
      return all.draw({rows, ...screen});
    }
    const parts = [this.numbers, this.texts].filter(part => part.count > 0);
    return parts.map(part => part.draw({rows, ...screen})).join('\n');
  }

  addFew_(value) {
    const isWhole = typeof value === 'bigint' || Number.isInteger(value);
    if (isWhole) this.few_.add(value);
    if (!isWhole || this.few_.size > kFew) this.few_ = null;
  }
}

module.exports = {Histogram};
