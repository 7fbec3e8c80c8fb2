// setTimeout and its relatives. The host asks for one timer at a time, so that an error in it, and
// the promises that it settles, are dealt with before the next.

// native.timer: when the first one is due, and how many keep the session alive.
const DUE = 0, ALIVE = 1;
const longest = 2 ** 31 - 1;

const queue = [];  // by due, then by number: the next one is last
const byNumber = new Map();
let lastNumber = 0, lastTurn = 0;

function comesBefore(a, b) {
  return a.due < b.due || (a.due === b.due && a.number < b.number);
}

function publish() {
  native.timer[DUE] = queue.length > 0 ? queue[queue.length - 1].due : Infinity;
}

function insert(timer) {
  timer.turn = ++lastTurn;
  let low = 0, high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comesBefore(timer, queue[middle])) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, timer);
  publish();
}

class Timer {
  constructor(callback, delay, repeats, args) {
    if (typeof callback !== 'function') {
      throw new TypeError('The "callback" argument must be of type function');
    }
    this.number = ++lastNumber;
    this.callback = callback;
    this.delay = delay;
    this.repeats = repeats;
    this.args = args;
    this.alive = true;
    this.referenced = false;
    this.due = native.now() + delay;
    byNumber.set(this.number, this);
    insert(this);
    this.ref();
  }
  ref() { return this.#refer(true); }
  unref() { return this.#refer(false); }
  hasRef() { return this.referenced; }
  #refer(wanted) {
    if (this.alive && this.referenced !== wanted) {
      this.referenced = wanted;
      native.timer[ALIVE] += wanted ? 1 : -1;
    }
    return this;
  }
  refresh() {
    if (this.alive) {
      remove(this);
      this.due = native.now() + this.delay;
      insert(this);
    }
    return this;
  }
  close() { clear(this); return this; }
  [Symbol.toPrimitive]() { return this.number; }
}

function remove(timer) {
  const index = queue.indexOf(timer);
  if (index >= 0) queue.splice(index, 1);
  publish();
}

function clear(timer) {
  if (!(timer instanceof Timer)) timer = byNumber.get(Number(timer));
  if (timer === undefined || !timer.alive) return;
  timer.unref();
  timer.alive = false;
  byNumber.delete(timer.number);
  remove(timer);
}

function milliseconds(delay) {
  const number = Number(delay);
  return number >= 1 && number <= longest ? Math.trunc(number) : 1;
}

exports.globals = {
  setTimeout: (callback, delay, ...args) => new Timer(callback, milliseconds(delay), false, args),
  setInterval: (callback, delay, ...args) => new Timer(callback, milliseconds(delay), true, args),
  setImmediate: (callback, ...args) => new Timer(callback, 0, false, args),
  clearTimeout: clear,
  clearInterval: clear,
  clearImmediate: clear,
  queueMicrotask(callback) {
    if (typeof callback !== 'function') {
      throw new TypeError('The "callback" argument must be of type function');
    }
    Promise.resolve().then(() => callback());
  },
};

let round = 0;

// Runs one timer that was due at `now` and set before the round began, which it does when `begins`.
// False when there is none.
exports.runTimer = (now, begins) => {
  if (begins) round = lastTurn;
  const timer = queue[queue.length - 1];
  if (timer === undefined || timer.due > now || timer.turn > round) return false;
  if (timer.repeats) {
    remove(timer);
    // What was missed is not made up for.
    timer.due = Math.max(timer.due + timer.delay, now + 1);
    insert(timer);
  } else {
    clear(timer);
  }
  timer.callback(...timer.args);
  return true;
};
