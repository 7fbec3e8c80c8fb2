// The command line of a usual script, process.argv from its third word on:
// `top 'foo::*' --by args.coin`. The options are named by a table {by: 'PATH', lines: 'N'}, whose
// values say what is accepted as the tool's own help does: N, TIME, or any text.
'use strict';

// The same as `omnitrace --since` and its like accept; a number alone is nanoseconds.
const kTime = /^(\d+(?:\.\d*)?|\.\d+)(ns|us|ms|s|m)$|^\d+$/;
const kNanoseconds = {ns: 1, us: 1e3, ms: 1e6, s: 1e9, m: 60e9};

const kLetters = {n: 'lines'};

const kKinds = {
  N: text => {
    if (!/^\d+$/.test(text)) throw new Error(`a number was expected, not '${text}'`);
    return Number(text);
  },
  TIME: text => {
    const match = kTime.exec(text);
    if (match === null) throw new Error(`'${text}' is no time such as 10us, 1.5ms or 2s`);
    return match[2] === undefined ? Number(text) : Number(match[1]) * kNanoseconds[match[2]];
  },
};

function valueOf(name, kind, text) {
  if (text === undefined) throw new Error(`--${name} needs a value: --${name} ${kind}`);
  try {
    return kKinds[kind] === undefined ? text : kKinds[kind](text);
  } catch (error) {
    throw new Error(`--${name}: ${error.message}`);
  }
}

// {operands: [...], by: ..., lines: ...}; options that were not given are left out.
function parse(words, kinds) {
  const result = {operands: []};
  const left = [...words];
  while (left.length > 0) {
    const word = left.shift();
    if (word === '--') return {...result, operands: [...result.operands, ...left]};
    const option = /^--(?<long>[^=]+)(=(?<value>.*))?$|^-(?<letter>[^-])(?<rest>.+)?$/s.exec(word);
    if (option === null) {
      result.operands.push(word);
      continue;
    }
    const {long, letter, value, rest} = option.groups;
    const name = long ?? kLetters[letter];
    if (name === undefined || !Object.hasOwn(kinds, name)) throw unknown(word, kinds);
    result[name] = valueOf(name, kinds[name], value ?? rest ?? left.shift());
  }
  return result;
}

function unknown(word, kinds) {
  const known = Object.entries(kinds).map(([name, kind]) => `--${name} ${kind}`).join(', ');
  return new Error(`there is no option ${word.split('=')[0]}; there are ${known}`);
}

module.exports = {parse};
