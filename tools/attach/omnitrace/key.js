// Keys of groups: any value of an event. Numbers, texts, true, false and null are keys as they are;
// objects and arrays are their JSON text, so that equal ones are one key.
'use strict';
const {escaped} = require('omnitrace/text');

// Longer texts are cut, so that a key's memory is bounded: those that begin alike are one key.
const kLongest = 200;

function jsonText(object) {
  const plain = (name, value) => (typeof value === 'bigint' ? String(value) : value);
  // Without a function it takes a third of the time, but JSON has no BigInt.
  for (const replacer of [undefined, plain]) {
    try {
      return JSON.stringify(object, replacer);
    } catch {
      continue;
    }
  }
  return Object.prototype.toString.call(object);  // one that contains itself
}

function keyOf(value) {
  switch (typeof value) {
    case 'string':
      return value.length <= kLongest ? value : value.slice(0, kLongest) + '...';
    case 'object':
      return value === null ? null : keyOf(jsonText(value));
    case 'function':
    case 'symbol':
      return keyOf(String(value));
    default:
      return value;
  }
}

// How a key is shown: one line, without control characters.
const keyText = key => escaped(String(key));

// The order of rows that are equal otherwise: numbers by value, then the rest by text.
function compareKeys(a, b) {
  const isNumber = key => typeof key === 'number' || typeof key === 'bigint';
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

module.exports = {keyOf, keyText, compareKeys};
