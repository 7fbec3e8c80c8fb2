// What can be shown: {width, height, unicode} of the terminal, or of a pipe.
'use strict';

// Longer lines are hard to follow with the eye.
const kWidest = 120;
// Of what is no terminal: 80 columns, and blocks of a length that can still be looked at.
const kPipe = {columns: 80, rows: 50};

function isUtf8({LC_ALL, LC_CTYPE, LANG} = {}) {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}

function screen() {
  const {isTTY, columns, rows} = process.stdout;
  return {
    width: Math.min(kWidest, (isTTY && columns) || kPipe.columns),
    height: (isTTY && rows) || kPipe.rows,
    unicode: isUtf8(process.env),
  };
}

module.exports = {screen};
