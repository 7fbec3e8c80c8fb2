// Text in a terminal: what may be written there, how many columns it takes, and how it is made to
// fit.
'use strict';

// Control characters, those that turn the direction of writing, and halves of surrogate pairs.
const kUnsafe = /[\p{Control}\p{Surrogate}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const kNames = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};

function escapedCharacter(character) {
  const code = character.charCodeAt(0).toString(16);
  return kNames[character] ?? (code.length <= 2 ? '\\x' + code.padStart(2, '0') : `\\u{${code}}`);
}

const escaped = text => text.replace(kUnsafe, escapedCharacter);

const kPlain = /^[\x20-\x7e]*$/;
const kMark = /^[\p{Mn}\p{Me}\u200b-\u200d\ufe0f]$/u;
// What terminals draw over two columns: East Asian scripts and pictures.
const kWide = new RegExp(
    '^[\\u1100-\\u115f\\u2e80-\\ua4cf\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60' +
        '\\uffe0-\\uffe6\\u{1f300}-\\u{1faff}\\u{20000}-\\u{3fffd}]$',
    'u');

const columnsOf = character => (kMark.test(character) ? 0 : kWide.test(character) ? 2 : 1);

// Columns that escaped text takes.
function widthOf(text) {
  if (kPlain.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character);
  return width;
}

// As many characters as fit into `width` columns.
function fitting(characters, width) {
  const taken = [];
  for (const character of characters) {
    width -= columnsOf(character);
    if (width < 0) break;
    taken.push(character);
  }
  return taken;
}

// Text of at most `width` columns; what is longer loses its middle, as the end of a qualified name
// says more than what stands before it.
function fit(text, width, unicode = true) {
  if (widthOf(text) <= width) return text;
  const mark = unicode ? '…' : '..';
  const room = width - mark.length;
  if (room <= 0) return fitting(text, Math.max(0, width)).join('');
  const head = fitting(text, Math.ceil(room / 3)).join('');
  const tail = fitting([...text].reverse(), room - widthOf(head)).reverse().join('');
  return head + mark + tail;
}

// Text that loses its end instead.
const clip = (text, width) =>
    widthOf(text) <= width ? text : fitting(text, Math.max(0, width)).join('');

const spaces = count => ' '.repeat(Math.max(0, count));
const padStart = (text, width) => spaces(width - widthOf(text)) + text;
const padEnd = (text, width) => text + spaces(width - widthOf(text));

module.exports = {escaped, widthOf, fit, clip, padStart, padEnd};
