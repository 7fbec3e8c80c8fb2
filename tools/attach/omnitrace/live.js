// Redraws a text every interval: in its place on a terminal, and as blocks separated by an empty
// line elsewhere.
//
//   const shown = live(({width, height, unicode, seconds, final}) => statuses.draw({width}));
//   traces.on('cleanup', () => shown.stop());
//
// `draw` gives plain text, or '' to leave everything as it is. `seconds` have passed since the last
// time. What a script prints in between is overwritten on a terminal.
'use strict';
const {screen} = require('omnitrace/screen');
const {clip, widthOf} = require('omnitrace/text');

class Live {
  constructor(draw, interval) {
    this.draw_ = draw;
    this.out_ = process.stdout;
    this.lines_ = [];  // that are on the terminal
    this.began_ = false;
    this.stopped_ = false;
    this.before_ = Date.now();
    this.timer_ = setInterval(() => this.redraw(), interval);
  }

  redraw(final = false) {
    const now = Date.now();
    const text = this.draw_({...screen(), seconds: (now - this.before_) / 1000, final});
    this.before_ = now;
    if (text === '') return;
    if (this.out_.isTTY) {
      this.replace_(text.split('\n'), final);
    } else {
      this.out_.write((this.began_ ? '\n' : '') + text + '\n');
    }
    this.began_ = true;
  }

  // Draws a last time, whole even if it is higher than the terminal.
  stop() {
    if (this.stopped_) return;
    this.stopped_ = true;
    clearInterval(this.timer_);
    this.redraw(true);
  }

  replace_(lines, final) {
    const columns = this.out_.columns || 80;
    // Lines that have become wider than the terminal take several of its lines.
    const height = line => Math.max(1, Math.ceil(widthOf(line) / columns));
    const up = this.lines_.reduce((sum, line) => sum + height(line), 0);
    // What the cursor would have to go up beyond the first line stays there for ever.
    const most = final ? lines.length : Math.max(1, screen().height - 1);
    this.lines_ = lines.slice(0, most).map(line => clip(line, columns));
    const text = this.lines_.map(line => line + '\x1b[K\n').join('');
    this.out_.write((up > 0 ? `\x1b[${up}A` : '') + text + '\x1b[J');
  }
}

// `interval` in milliseconds.
const live = (draw, {interval = 1000} = {}) => new Live(draw, interval);

module.exports = {live};
