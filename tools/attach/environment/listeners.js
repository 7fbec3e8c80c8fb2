// Who listens to what, and how packed events reach them. An event is `numbers` from its place on,
//   shape, origin, timestamp, thread, time, its first value, name, and what the shape's code takes;
// what is no plain number lies in `values`, from the event's first value on. For each shape there
// is a function, made from text, that builds the objects and calls the handlers inside of what the
// engine compiles: 80 ns an event in all, where the host took 1,370 to set an object's properties.
// Names are no part of shapes: making one takes 35 us, and of 10,000 functions many are alike.
const handlers = [];  // by index of their patterns
const cleanups = [];
const origins = [];
const names = [];
const indexByName = new Map();
const shapes = [];  // functions that deliver events from a place on, as long as they are alike
const shapesByCode = new Map();

// Where a delivery is, for going on behind a handler that has thrown: the place of the next event,
// and of the event before it the next handler, when there are several; 0: it is done.
const progress = {at: 0, step: 0, event: undefined, handlers};
let numbers;

exports.share = shared => { numbers = shared; };

exports.setOrigin = (index, pid, title, hostname) => {
  origins[index] = {pid, title, hostname};
};

exports.name = name => {
  let index = indexByName.get(name);
  if (index === undefined) {
    index = names.push(name) - 1;
    indexByName.set(name, index);
  }
  return index;
};

function on(pattern, handler) {
  if (typeof pattern !== 'string') throw new TypeError('traces.on takes a pattern and a function');
  if (typeof handler !== 'function') {
    throw new TypeError(`the handler of '${pattern}' is not a function`);
  }
  if (pattern === 'cleanup') {
    cleanups.push(handler);
  } else {
    handlers[native.listen(pattern)] = handler;
  }
}

exports.listen = exported => {
  const isModule = (typeof exported === 'object' && exported !== null) ||
                   typeof exported === 'function';
  if (!isModule) return;
  if (exported.remote !== undefined) {
    throw new Error("exports.remote: code can't run inside a C++ process; use exports.local, and " +
                    '--where, --sample and --rate, which filter in the process');
  }
  for (const name of Object.keys(exported)) {
    if (name !== 'local' && typeof exported[name] === 'function') on(name, exported[name]);
  }
  if (exported.local === undefined) return;
  if (typeof exported.local !== 'function') throw new TypeError('exports.local is not a function');
  const traces = {
    on(pattern, handler) {
      on(pattern, handler);
      return traces;
    },
  };
  exported.local(traces);
};

// The index of the shape of this code for these handlers: one for all events that have the same.
exports.shape = (size, constants, statements, ...listening) => {
  const key = [listening.join(), size, constants, statements].join('\n');
  let index = shapesByCode.get(key);
  if (index === undefined) {
    index = shapes.length;
    const chosen = listening.map(pattern => handlers[pattern]);
    const loop = loopOf(index, size, statements, chosen.length);
    const make = native.compile(constants + loop, 'omnitrace:event.js', 'numbers', 'origins',
                                'names', 'progress', 'handlers');
    shapes.push(make(numbers, origins, names, progress, chosen));
    shapesByCode.set(key, index);
  }
  return index;
};

// One after the other, events of a shape need no way back to here. `statements` define `event`;
// they may fail, too, when memory is out.
function loopOf(index, size, statements, count) {
  const names = Array.from({length: count}, (_, i) => `handler${i}`);
  const calls = count === 1 ? 'handler0(event);' : `
    progress.event = event;
    progress.handlers = handlers;
    ${names.map((name, i) => `progress.step = ${i + 1}; ${name}(event);`).join(' ')}
    progress.step = 0;`;
  return `const [${names.join()}] = handlers;
    return (at, end, values) => {
      do {
        progress.at = at + ${size};
        const origin = origins[numbers[at + 1]];
        let value = numbers[at + 5], number;
        ${statements}
        ${calls}
        at += ${size};
      } while (at < end && numbers[at] === ${index});
    };`;
}

// Delivers the events before `end`. When a handler throws, the next call goes on behind it.
exports.deliver = (end, values) => {
  while (progress.step > 0) {
    const handler = progress.handlers[progress.step];
    progress.step = handler === undefined ? 0 : progress.step + 1;
    handler?.(progress.event);
  }
  while (progress.at < end) shapes[numbers[progress.at]](progress.at, end, values);
  exports.abandon();
};

// Forgets what is left of a delivery, and returns the place of the next event.
exports.abandon = () => {
  const {at} = progress;
  progress.at = progress.step = 0;
  progress.event = undefined;
  return at;
};

exports.cleanup = () => {
  const handler = cleanups.shift();
  if (handler === undefined) return false;
  handler();
  return true;
};
