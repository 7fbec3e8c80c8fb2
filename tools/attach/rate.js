// `omnitrace rate PATTERN [--by PATH]`: events per second as they were in the latest intervals, a
// line for each name or value.
'use strict';
const {Groups, Rate, fit, keyText, padEnd, padStart, rateText, sparkline, widthOf} =
    require('omnitrace');
const {Subject, isCounted, rowsOf, settings, show} = require('omnitrace/usual');

const kLeastLine = 10;  // columns that intervals have, however long the names are

const widest = texts => texts.reduce((width, text) => Math.max(width, widthOf(text)), 0);

// name | ▁▂▃▅▇ | 4.50k/s | 6.00k/s
function lines(title, rows, {width, unicode}) {
  const labels = [title, ...rows.map(({key}) => keyText(key))];
  const now = ['now', ...rows.map(({group}) => rateText(group.last))];
  const most = ['most', ...rows.map(({group}) => rateText(group.max))];
  const room = width - widest(now) - widest(most) - 6;
  const label = Math.max(4, Math.min(widest(labels), room - kLeastLine));
  const length = Math.max(1, room - label);
  return labels.map((text, i) => {
    const line = i === 0 ? '' : sparkline(rows[i - 1].group.history, {width: length, unicode});
    return [
      padEnd(fit(text, label, unicode), label), padEnd(line, length),
      padStart(now[i], widest(now)), padStart(most[i], widest(most))
    ].join('  ');
  });
}

class Rates {
  constructor({by, lines}) {
    this.subject_ = new Subject(by);
    this.lines_ = lines;
    this.groups_ = new Groups(() => new Rate());
  }

  add(event) {
    const key = this.subject_.of(event);
    if (key !== undefined) this.groups_.at(key).add();
  }

  get count() {
    return this.groups_.count;
  }

  get notes() {
    return [this.subject_.note];
  }

  tick(seconds) {
    for (const {group} of this.groups_) group.tick(seconds);
  }

  draw(screen) {
    if (this.groups_.count === 0) return '';
    const rows = this.groups_.top(rowsOf(screen, this.lines_, 5));
    return lines(this.subject_.title, rows, screen).join('\n');
  }
}

exports.local = function(traces) {
  const options = settings({operands: [1, 1]});
  const [pattern] = options.operands;
  const rates = new Rates(options);
  traces.on(pattern, event => {
    if (isCounted(event)) rates.add(event);
  });
  show(traces, {title: pattern, interval: options.interval}, rates);
};
