// Runs a script as `omnitrace attach` does, on events that a test makes, with a clock of its own.
import {readFileSync} from 'node:fs';
import {format} from 'node:util';
import {runInNewContext} from 'node:vm';

function matches(pattern, name) {
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name);
}

export class ScriptHost {
  #handlers = [];
  #timers = [];
  #output = '';
  #now = 1_000_000;

  constructor(path, ...args) {
    const module = {exports: {}};
    runInNewContext(readFileSync(path, 'utf8'), {
      module,
      exports: module.exports,
      process: {argv: ['omnitrace', path, ...args]},
      console: {log: (...values) => { this.#output += format(...values) + '\n'; }},
      Date: {now: () => this.#now},
      setInterval: (run, period) => { this.#timers.push({run, period, due: this.#now + period}); },
    }, {filename: path});
    for (const [name, handler] of Object.entries(module.exports)) {
      if (name === 'local') handler({on: (pattern, each) => this.#on(pattern, each)});
      else this.#on(name, handler);
    }
  }

  #on(pattern, handler) {
    this.#handlers.push({pattern, handler});
  }

  emit(event) {
    const whole = {timestamp: this.#now, time: this.#now * 1e6, pid: 1, title: 'http-server 8080',
                   hostname: 'here', thread: 1, event: 'probe', ...event};
    for (const {pattern, handler} of this.#handlers) {
      if (matches(pattern, event.name)) handler(whole);
    }
  }

  advance(milliseconds) {
    this.#now += milliseconds;
    for (const timer of this.#timers) {
      for (; timer.due <= this.#now; timer.due += timer.period) timer.run();
    }
  }

  // What was printed since the last time.
  take() {
    const output = this.#output;
    this.#output = '';
    return output;
  }
}
