// Properties of events by path: 'args.coin', 'return', 'duration', 'args.items.0', 'path.length'.
'use strict';

const step = (value, name) =>
    value !== undefined && value !== null && Object.hasOwn(value, name) ? value[name] : undefined;

// A function that gives the property of an event, or undefined when it has none. Only what an event
// has itself counts: 'constructor' is the property of a probe that has one of this name.
function property(path) {
  const names = String(path).replace(/\[(\d+)\]/g, '.$1').split('.');
  if (names.includes('')) {
    throw new Error(`'${path}' is no path of a property; one looks like args.coin or duration`);
  }
  const [first, second] = names;
  if (names.length === 1) return event => step(event, first);
  if (names.length === 2) return event => step(step(event, first), second);
  return event => {
    let value = event;
    for (let i = 0; i < names.length && value !== undefined; ++i) value = step(value, names[i]);
    return value;
  };
}

const kOfEveryEvent =
    new Set(['timestamp', 'title', 'pid', 'name', 'hostname', 'thread', 'time', 'event']);

// The paths that tell one event from another: its own properties and those of its arguments.
function pathsOf(event) {
  const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);
  return Object.keys(event).filter(name => !kOfEveryEvent.has(name)).flatMap(name => {
    const inner = event[name];
    return isObject(inner) ? Object.keys(inner).map(key => `${name}.${key}`) : [name];
  });
}

module.exports = {property, pathsOf};
