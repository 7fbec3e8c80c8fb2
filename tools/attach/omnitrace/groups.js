// One reducer per key, in bounded memory. A reducer is anything with `count`, `add(value)` and
// `merge(reducer)`: Count, Distribution, Rate, or one of a script's own.
//
//   const times = new Groups(() => new Distribution());
//   times.add(event.path, event.duration);
//   for (const {key, group} of times.top(10)) console.log(key, group.quantile(0.99));
//
// When a key too many comes, the rarest half of all are merged into `other`. So a key that turns
// out to be frequent is found however late it comes (with the first keys kept instead, it would not
// be), and sums stay exact; a key that has been in `other` counts only what came since.
'use strict';
const {keyOf, compareKeys} = require('omnitrace/key');

const kOther = '(other)';

class Groups {
  constructor(make, {keys = 1000} = {}) {
    this.make_ = make;
    this.most_ = Math.max(2, keys);
    this.groups_ = new Map();
    this.other = make();
  }

  add(key, value) {
    this.at(key).add(value);
  }

  // The group of a key, made when it is new; not to be kept, as it may be merged into `other`.
  at(key) {
    return this.groups_.get(key) ?? this.find_(keyOf(key));
  }

  get size() {
    return this.groups_.size;
  }

  get count() {
    let count = this.other.count;
    for (const group of this.groups_.values()) count += group.count;
    return count;
  }

  // All groups, the one of the others among them.
  *[Symbol.iterator]() {
    for (const [key, group] of this.groups_) yield {key, group};
    if (this.other.count > 0) yield {key: kOther, group: this.other};
  }

  // The n groups of which `by` is highest, highest first; what is left comes last, as one.
  top(n = Infinity, by = group => group.count) {
    const rows = [...this.groups_].map(([key, group]) => ({key, group, rank: by(group)}));
    rows.sort((a, b) => b.rank - a.rank || compareKeys(a.key, b.key));
    const first = rows.slice(0, Math.max(0, n));
    const rest = this.make_();
    rest.merge(this.other);
    for (const {group} of rows.slice(first.length)) rest.merge(group);
    if (rest.count > 0) first.push({key: kOther, group: rest});
    return first.map(({key, group}) => ({key, group}));
  }

  merge(more) {
    for (const [key, group] of more.groups_) this.at(key).merge(group);
    this.other.merge(more.other);
  }

  find_(key) {
    const known = this.groups_.get(key);
    if (known !== undefined) return known;
    if (this.groups_.size >= this.most_) this.dropRarest_();
    const made = this.make_();
    this.groups_.set(key, made);
    return made;
  }

  dropRarest_() {
    const rarest = [...this.groups_].sort((a, b) => a[1].count - b[1].count);
    for (const [key, group] of rarest.slice(0, Math.ceil(rarest.length / 2))) {
      this.other.merge(group);
      this.groups_.delete(key);
    }
  }
}

module.exports = {Groups, kOther};
