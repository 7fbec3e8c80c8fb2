// Drawings as text, lines without a line feed at the end. All take {width, unicode}, which is the
// terminal's when it is left out, and no line is wider than `width`.
'use strict';
const {screen} = require('omnitrace/screen');
const {clip, fit, padStart, widthOf} = require('omnitrace/text');
const {exactText} = require('omnitrace/units');

const kBlocks = {true: '▁▂▃▄▅▆▇█', false: '.,-:=+*#'};
// What is left to them on a narrow terminal.
const kLeastBar = 8;
const kLeastLabel = 4;
const kLeastName = 12;

const widest = texts => texts.reduce((width, text) => Math.max(width, widthOf(text)), 0);

// `  404 | ##### | 85` for each of [{label, count}], in their order.
function bars(rows, given = {}) {
  const {width, unicode} = {...screen(), ...given};
  const most = rows.reduce((most, {count}) => Math.max(most, count), 0);
  const counts = rows.map(({count}) => exactText(count));
  const room = width - '   |  | '.length - widest(counts);
  const least = Math.max(kLeastLabel, room - kLeastBar);
  const labels = Math.min(widest(rows.map(row => row.label)), least);
  const longest = Math.max(0, room - labels);
  const line = ({label, count}, i) => {
    const bar = '#'.repeat(most > 0 ? Math.floor(Math.max(0, count) / most * longest) : 0);
    const shown = padStart(fit(label, labels, unicode), labels);
    return clip(`  ${shown} | ${bar.padEnd(longest)} | ${counts[i]}`, width);
  };
  return rows.map(line).join('\n');
}

// One character for each of the latest `width` values, as high as the value is of `max`.
function sparkline(values, given = {}) {
  const {width, unicode, max} = {...screen(), max: Math.max(0, ...values), ...given};
  const blocks = kBlocks[unicode];
  const block = value => {
    const height = Math.ceil(value / max * blocks.length);
    return value > 0 ? blocks[Math.min(height, blocks.length) - 1] : ' ';
  };
  return values.slice(-Math.max(1, width)).map(block).join('').padStart(width);
}

// Rows of texts under a header, aligned right but for the last column, which gets what is left.
// When that is too little, the columns before it are left out, from the right.
function table(header, rows, given = {}) {
  const {width, unicode} = {...screen(), ...given};
  const lines = [header, ...rows];
  const last = header.length - 1;
  const widths = header.map((_, column) => widest(lines.map(line => line[column])));
  const needed = Math.min(widths[last], kLeastName);
  let shown = last;
  let room = widths.slice(0, last).reduce((left, taken) => left - taken - 2, width);
  while (shown > 1 && room < needed) room += widths[--shown] + 2;
  const text = line => line.slice(0, shown)
                           .map((cell, column) => padStart(cell, widths[column]))
                           .concat(fit(line[last], Math.max(1, room), unicode))
                           .join('  ');
  return lines.map(line => clip(text(line), width)).join('\n');
}

module.exports = {bars, sparkline, table};
