// What the usual scripts share: their options, what their rows are made by, and a view that is
// redrawn every interval and a last time when the session ends.
'use strict';
const {live} = require('omnitrace/live');
const {parse} = require('omnitrace/options');
const {pathsOf, property} = require('omnitrace/path');
const {clip, escaped} = require('omnitrace/text');
const {exactText, rateText} = require('omnitrace/units');

const kOptions = {by: 'PATH', interval: 'TIME', lines: 'N'};
const kLeastInterval = 10;  // milliseconds; faster than anybody sees

// {operands, by, lines, interval in milliseconds, ...}
function settings({operands: [least, most], options = {}}) {
  const given = parse(process.argv.slice(2), {...kOptions, ...options});
  const count = given.operands.length;
  if (count < least || count > most) {
    const expected = most === 1 ? 'one pattern' : `${least} or ${most} patterns`;
    throw new Error(`${expected} of names expected, such as 'foo::*', not ${count}`);
  }
  const interval = Math.max(kLeastInterval, (given.interval ?? 1e9) / 1e6);
  return {...given, interval};
}

// A call counts when it ends: its end repeats the arguments and has the result and the duration.
const isCounted = event => event.event !== 'enter';

// What rows are made by: the property at a path, or else the event's name.
class Subject {
  constructor(path, fallback = event => event.name) {
    this.title = path ?? 'name';
    this.get_ = path === undefined ? fallback : property(path);
    this.without_ = 0;
    this.paths_ = [];
  }

  // Undefined when the event has no such property, which is counted.
  of(event) {
    const value = this.get_(event);
    if (value === undefined && this.without_++ === 0) this.paths_ = pathsOf(event);
    return value;
  }

  // A line about events that are in no row, or ''.
  get note() {
    if (this.without_ === 0) return '';
    const has = this.paths_.length === 0 ? 'nothing' : this.paths_.map(escaped).join(', ');
    return `${exactText(this.without_)} without ${escaped(this.title)}; the first one has ${has}`;
  }
}

// How many rows a view may have besides `others` lines of its own.
const rowsOf = ({height}, lines, others) => lines ?? Math.max(1, Math.min(20, height - others));

// "foo::*: 1,234 events in 10.0 s, 123/s"
function headline(title, count, seconds) {
  const rate = seconds > 0 ? `, ${rateText(count / seconds)}` : '';
  const events = count === 1 ? 'event' : 'events';
  return `${escaped(title)}: ${exactText(count)} ${events} in ${seconds.toFixed(1)} s${rate}`;
}

// Shows a view {count, tick(seconds), draw(screen), notes}. A last interval that was cut short
// doesn't count as one, unless there was no other.
function show(traces, {title, interval}, view) {
  const began = Date.now();
  let ticks = 0;
  const draw = screen => {
    if (!screen.final || ticks === 0) view.tick(screen.seconds);
    ++ticks;
    const total = (Date.now() - began) / 1000;
    const drawing = view.draw({...screen, total});
    const blocks = [headline(title, view.count, total), drawing, ...view.notes];
    const present = blocks.filter(block => block !== '');
    return present.map(block => clipped(block, screen.width)).join('\n');
  };
  const shown = live(draw, {interval});
  traces.on('cleanup', () => shown.stop());
}

const clipped = (block, width) => block.split('\n').map(line => clip(line, width)).join('\n');

module.exports = {settings, isCounted, Subject, rowsOf, show};
