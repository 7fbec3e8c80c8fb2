// How many a second. Whoever shows it says when an interval is over, as timers may be late:
//
//   const requests = new Rate();
//   requests.add();
//   live(({seconds}) => {
//     requests.tick(seconds);
//     return `${requests.last} now, ${requests.max} at most ${sparkline(requests.history)}`;
//   });
'use strict';

// Intervals that are remembered: more than a wide terminal shows.
const kIntervals = 240;

class Rate {
  constructor() {
    this.count = 0;
    this.counted_ = 0;  // of which in intervals that are over
    this.history = [];  // events per second, one value per interval, the latest last
    this.max = 0;
  }

  add(more = 1) {
    this.count += more;
  }

  // Ends an interval that took `seconds`.
  tick(seconds) {
    const rate = seconds > 0 ? (this.count - this.counted_) / seconds : 0;
    this.counted_ = this.count;
    this.max = Math.max(this.max, rate);
    this.history.push(rate);
    if (this.history.length > kIntervals) this.history.shift();
  }

  // Of the latest interval.
  get last() {
    return this.history.length === 0 ? 0 : this.history[this.history.length - 1];
  }

  // The maximum is that of the intervals that are remembered, as sums of older ones are not known.
  merge(more) {
    this.count += more.count;
    this.counted_ += more.counted_;
    if (more.history.length === 0) return;
    const length = Math.max(this.history.length, more.history.length);
    const at = (history, i) => history[history.length - length + i] ?? 0;
    const sums = Array.from({length}, (_, i) => at(this.history, i) + at(more.history, i));
    this.history = sums;
    this.max = Math.max(this.max, more.max, ...sums);
  }
}

module.exports = {Rate};
