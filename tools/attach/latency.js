// `omnitrace latency PATTERN [--by PATH]`: how long calls take. `omnitrace latency START END --key
// PATH`: how long it is from an event to the one with the same property in the same process.
'use strict';
const {Distribution, Groups, Pairs, exactText, keyOf, keyText, table} = require('omnitrace');
const {Subject, isCounted, rowsOf, settings, show} = require('omnitrace/usual');

const kAll = '(all)';

const kColumns = {
  count: times => exactText(times.count),
  mean: (times, unicode) => times.text(times.mean, unicode),
  ...Object.fromEntries([50, 90, 99, 99.9].map(percent => [
    `p${percent}`, (times, unicode) => times.text(times.quantile(percent / 100), unicode)
  ])),
  max: (times, unicode) => times.text(times.max, unicode),
};

// Durations by name or property: all of them as a drawing, each row's quantiles as a table.
class Latencies {
  constructor({by, lines}) {
    this.subject = new Subject(by);
    this.lines_ = lines;
    this.groups_ = new Groups(() => new Distribution({unit: 'ns'}));
    this.without_ = 0;
  }

  add(key, duration) {
    if (duration === undefined) {
      ++this.without_;
    } else if (key !== undefined) {
      this.groups_.add(key, duration);
    }
  }

  get count() {
    return this.groups_.count;
  }

  get notes() {
    const without = `${exactText(this.without_)} without a duration: probes, or entered before`;
    return [this.subject.note, this.without_ > 0 ? without : ''];
  }

  tick() {}

  draw(screen) {
    if (this.groups_.count === 0) return '';
    const all = new Distribution({unit: 'ns'});
    for (const {group} of this.groups_) all.merge(group);
    const groups = this.groups_.size;
    // A terminal has room for both; a row of all of them is for more than one.
    const most = Math.max(1, Math.floor((screen.height - 6) / 2));
    const rows = this.groups_.top(this.lines_ ?? Math.min(10, most));
    if (groups > 1) rows.push({key: kAll, group: all});
    const drawing = all.draw({...screen, rows: Math.min(24, most)});
    return [drawing, this.table_(rows, screen)].join('\n');
  }

  table_(rows, screen) {
    const cells = ({key, group}) => [
      ...Object.values(kColumns).map(text => text(group, screen.unicode)), keyText(key)
    ];
    return table([...Object.keys(kColumns), this.subject.title], rows.map(cells), screen);
  }
}

// Durations from starts to ends.
class PairLatencies extends Latencies {
  constructor(options) {
    super({...options, by: undefined});
    this.subject = new Subject(options.by, () => kAll);
    this.isBy_ = options.by !== undefined;
    this.key_ = new Subject(options.key);
    this.pairs_ = new Pairs();
  }

  start(event) {
    this.match_('start', event);
  }

  end(event) {
    this.match_('end', event);
  }

  get notes() {
    const {open, abandoned, unstarted} = this.pairs_;
    const counts = {'still open': open, 'started twice or too long ago': abandoned,
                    'ended without a start': unstarted};
    const present = Object.entries(counts).filter(([, count]) => count > 0);
    const unmatched = present.map(([what, count]) => `${exactText(count)} ${what}`).join(', ');
    return [...super.notes, this.key_.note, unmatched];
  }

  match_(side, event) {
    const value = this.key_.of(event);
    if (value === undefined) return;
    // Every process has ids of its own.
    const kept = this.isBy_ ? event : {time: event.time};
    const pair = this.pairs_[side](`${event.pid} ${keyOf(value)}`, kept);
    if (pair === undefined) return;
    // An end has what a start has not: its properties come first.
    const key = this.subject.of(this.isBy_ ? {...pair.start, ...pair.end} : pair.end);
    this.add(key, pair.end.time - pair.start.time);
  }
}

function listenToCalls(traces, options) {
  const latencies = new Latencies(options);
  traces.on(options.operands[0], event => {
    if (isCounted(event)) latencies.add(latencies.subject.of(event), event.duration);
  });
  return latencies;
}

// A function as START is its entry, as END its end.
function listenToPairs(traces, options) {
  const [start, end] = options.operands;
  if (options.key === undefined) {
    throw new Error(`--key PATH is needed: what ${start} and ${end} have in common, such as id`);
  }
  const latencies = new PairLatencies(options);
  traces.on(start, event => {
    if (event.event === 'enter' || event.event === 'probe') latencies.start(event);
  });
  traces.on(end, event => {
    if (isCounted(event)) latencies.end(event);
  });
  return latencies;
}

exports.local = function(traces) {
  const options = settings({operands: [1, 2], options: {key: 'PATH'}});
  const listen = options.operands.length === 1 ? listenToCalls : listenToPairs;
  const title = options.operands.join(' -> ');
  show(traces, {title, interval: options.interval}, listen(traces, options));
};
