// `omnitrace hist PATTERN [--by PATH]`: which values a property has. Without --by it is the
// duration of calls, and the name of probes.
'use strict';
const {Histogram} = require('omnitrace');
const {Subject, isCounted, rowsOf, settings, show} = require('omnitrace/usual');

class Values {
  constructor({by, lines}) {
    this.subject_ = new Subject(by, event => event.duration ?? event.name);
    this.lines_ = lines;
    const isTime = by === undefined || by === 'duration';
    this.histogram_ = new Histogram({unit: isTime ? 'ns' : ''});
  }

  add(event) {
    const value = this.subject_.of(event);
    if (value !== undefined) this.histogram_.add(value);
  }

  get count() {
    return this.histogram_.count;
  }

  get notes() {
    return [this.subject_.note];
  }

  tick() {}

  draw(screen) {
    return this.histogram_.draw({...screen, rows: rowsOf(screen, this.lines_, 4)});
  }
}

exports.local = function(traces) {
  const options = settings({operands: [1, 1]});
  const [pattern] = options.operands;
  const values = new Values(options);
  traces.on(pattern, event => {
    if (isCounted(event)) values.add(event);
  });
  const title = options.by === undefined ? pattern : `${pattern} by ${options.by}`;
  show(traces, {title, interval: options.interval}, values);
};
