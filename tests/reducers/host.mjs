// What the scripts' engine gives to them, and nothing of Node's: console, process, timers and Date
// of a clock that the test moves, and require of the built-in modules.
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import vm from 'node:vm';

const kFolder = fileURLToPath(new URL('../../tools/attach', import.meta.url));
const kOfNode = ['Buffer', 'global', 'globalThis', 'setTimeout', 'setImmediate', 'performance',
                 'queueMicrotask', '__filename', '__dirname'];

// `terminal` is {columns, rows}, or undefined for a pipe.
export class Host {
  constructor({argv = [], terminal, env = {LANG: 'en_US.UTF-8'}} = {}) {
    this.now = 1_700_000_000_000;
    this.written = [];
    this.timers = new Map();
    this.handlers = [];
    this.modules = new Map();
    const write = text => void this.written.push(text);
    this.stdout = {write, isTTY: terminal !== undefined, ...terminal};
    this.globals = {
      console: {log: text => write(`${text}\n`)},
      process: {argv: ['omnitrace', 'script', ...argv], env, stdout: this.stdout},
      Date: {now: () => this.now},
      setInterval: (call, every) => this.startTimer(call, every),
      clearInterval: id => void this.timers.delete(id),
    };
  }

  startTimer(call, every) {
    const id = this.timers.size + 1;
    this.timers.set(id, {call, every, next: this.now + every});
    return id;
  }

  require(name) {
    if (!this.modules.has(name)) this.load(name);
    return this.modules.get(name).exports;
  }

  load(name) {
    const file = path.join(kFolder, `${name}.js`);
    const module = {exports: {}};
    this.modules.set(name, module);
    const given = {...this.globals, module, exports: module.exports,
                   require: name => this.require(name)};
    const hidden = Object.fromEntries(kOfNode.map(name => [name, undefined]));
    const names = {...hidden, ...given};
    const source = readFileSync(file, 'utf8');
    vm.compileFunction(source, Object.keys(names), {filename: file})(...Object.values(names));
  }

  // Starts one of the usual scripts.
  run(name) {
    this.require(name).local({on: (pattern, call) => this.handlers.push({pattern, call})});
    return this;
  }

  // Hands an event to the handlers of a pattern, as the engine does with those that match.
  emit(pattern, event) {
    for (const handler of this.handlers) {
      if (handler.pattern === pattern) handler.call(event);
    }
  }

  pass(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      const due = [...this.timers.values()].filter(timer => timer.next <= end);
      if (due.length === 0) break;
      const first = due.reduce((a, b) => (b.next < a.next ? b : a));
      this.now = first.next;
      first.next += first.every;
      first.call();
    }
    this.now = end;
  }

  end() {
    this.emit('cleanup');
    return this.output;
  }

  get output() {
    return this.written.join('');
  }
}

export const started = (script, argv, given) => new Host({argv, ...given}).run(script);

export function emitMany(host, pattern, count, make) {
  for (let i = 0; i < count; ++i) host.emit(pattern, make(i));
}

export const lines = text => text.trimEnd().split('\n');

export const probe = (name, properties, more) =>
    ({timestamp: 0, title: 'app', pid: 1, hostname: 'here', thread: 1, time: 0, name,
      event: 'probe', ...properties, ...more});

export const returned = (name, duration, more) =>
    probe(name, {event: 'return', args: {}, duration, ...more});
