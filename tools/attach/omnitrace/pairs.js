// Brings a start and an end with the same key together, in bounded memory.
//
//   const requests = new Pairs();
//   requests.start(event.id, event);
//   const pair = requests.end(event.id, event);
//   if (pair) times.add(pair.end.time - pair.start.time);
//
// Both take anything that has a `time`. Events of several threads come nearly in order: an end may
// come before its start, which then gives the pair.
'use strict';
const {keyOf} = require('omnitrace/key');

// Ends that are waited for the starts of: far more than come before their start, few enough for
// ends whose start was never seen.
const kEarly = 1000;

function dropOldest(map) {
  const [oldest] = map.keys();
  map.delete(oldest);
}

class Pairs {
  constructor({keys = 100000} = {}) {
    this.most_ = Math.max(1, keys);
    this.starts_ = new Map();
    this.ends_ = new Map();
    this.droppedEnds_ = 0;
    this.abandoned = 0;  // starts that were followed by one of the same key, or were too many
  }

  // {start, end}, or undefined when the end is still to come.
  start(key, start) {
    key = keyOf(key);
    const end = this.ends_.get(key);
    if (end !== undefined) {
      this.ends_.delete(key);
      if (end.time >= start.time) return {start, end};
      ++this.droppedEnds_;
    }
    // Deleted first, as a key keeps its place in the order otherwise.
    if (this.starts_.delete(key)) ++this.abandoned;
    if (this.starts_.size >= this.most_) {
      dropOldest(this.starts_);
      ++this.abandoned;
    }
    this.starts_.set(key, start);
    return undefined;
  }

  // {start, end}, or undefined when there was no start before it.
  end(key, end) {
    key = keyOf(key);
    const start = this.starts_.get(key);
    if (start !== undefined && start.time <= end.time) {
      this.starts_.delete(key);
      return {start, end};
    }
    if (this.ends_.delete(key)) ++this.droppedEnds_;
    if (this.ends_.size >= kEarly) {
      dropOldest(this.ends_);
      ++this.droppedEnds_;
    }
    this.ends_.set(key, end);
    return undefined;
  }

  // Starts whose end is still to come.
  get open() {
    return this.starts_.size;
  }

  // Ends without a start.
  get unstarted() {
    return this.droppedEnds_ + this.ends_.size;
  }
}

module.exports = {Pairs};
