// How many, by key.
//
//   const statuses = new Counts();
//   statuses.add(event.status);
//   console.log(statuses.draw());
'use strict';
const {bars} = require('omnitrace/drawing');
const {Groups} = require('omnitrace/groups');
const {keyText} = require('omnitrace/key');

class Count {
  constructor() {
    this.count = 0;
  }

  add(more = 1) {
    this.count += more;
  }

  merge(more) {
    this.count += more.count;
  }
}

class Counts extends Groups {
  constructor(options) {
    super(() => new Count(), options);
  }

  // A bar for each of the `rows` most frequent keys.
  draw({rows = 20, ...screen} = {}) {
    const row = ({key, group}) => ({label: keyText(key), count: group.count});
    return bars(this.top(rows).map(row), screen);
  }
}

module.exports = {Count, Counts};
