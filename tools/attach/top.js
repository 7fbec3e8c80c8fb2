// `omnitrace top PATTERN [--by PATH]`: functions and probes, or values of a property, by calls per
// second.
'use strict';
const {Distribution, Groups, Rate, exactText, keyText, rateText, table, timeText} =
    require('omnitrace');
const {Subject, isCounted, rowsOf, settings, show} = require('omnitrace/usual');

// The calls of a row: a reducer of events.
class Calls {
  constructor() {
    this.rate = new Rate();
    this.times = new Distribution({unit: 'ns'});
    this.thrown = 0;
  }

  get count() {
    return this.rate.count;
  }

  add(event) {
    this.rate.add();
    if (event.duration !== undefined) this.times.add(event.duration);
    if (event.event === 'throw') ++this.thrown;
  }

  merge(more) {
    this.rate.merge(more.rate);
    this.times.merge(more.times);
    this.thrown += more.thrown;
  }
}

// A column is shown when there is something in it.
const kTimes = {
  total: times => times.sum,
  mean: times => times.mean,
  p50: times => times.quantile(0.5),
  p99: times => times.quantile(0.99),
};

function columnsOf(rows, {final, total, unicode}) {
  const time = get => ({times}) => times.count === 0 ? '' : timeText(get(times), unicode);
  const perSecond = ({count, rate}) => final ? count / Math.max(total, 1e-3) : rate.last;
  const columns = {
    'calls/s': calls => rateText(perSecond(calls)),
    calls: ({count}) => exactText(count),
  };
  if (rows.some(({group}) => group.times.count > 0)) {
    for (const [title, get] of Object.entries(kTimes)) columns[title] = time(get);
  }
  if (rows.some(({group}) => group.thrown > 0)) columns.thrown = ({thrown}) => exactText(thrown);
  return columns;
}

class Top {
  constructor({by, lines}) {
    this.subject_ = new Subject(by);
    this.lines_ = lines;
    this.groups_ = new Groups(() => new Calls());
  }

  add(event) {
    const key = this.subject_.of(event);
    if (key !== undefined) this.groups_.add(key, event);
  }

  get count() {
    return this.groups_.count;
  }

  get notes() {
    return [this.subject_.note];
  }

  tick(seconds) {
    for (const {group} of this.groups_) group.rate.tick(seconds);
  }

  draw(screen) {
    if (this.groups_.count === 0) return '';
    // Rows of the same rate, such as those that rest, go by their count.
    const order = ({count, rate}) => screen.final ? count : rate.last + count * 1e-12;
    const rows = this.groups_.top(rowsOf(screen, this.lines_, 5), order);
    const columns = columnsOf(rows, screen);
    const cells = ({key, group}) =>
        [...Object.values(columns).map(text => text(group)), keyText(key)];
    return table([...Object.keys(columns), this.subject_.title], rows.map(cells), screen);
  }
}

exports.local = function(traces) {
  const options = settings({operands: [1, 1]});
  const [pattern] = options.operands;
  const top = new Top(options);
  traces.on(pattern, event => {
    if (isCounted(event)) top.add(event);
  });
  show(traces, {title: pattern, interval: options.interval}, top);
};
