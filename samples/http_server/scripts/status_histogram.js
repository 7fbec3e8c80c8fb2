// Each second, how many responses there were of each status in it.
//
//   omnitrace attach status_histogram.js
'use strict';

const WIDTH = 60;  // of which the longest bar leaves one column free

let counts = new Map();

exports['request:end'] = ({status}) => {
  counts.set(status, (counts.get(status) ?? 0) + 1);
};

function bar(count, most) {
  return '#'.repeat(Math.max(0, Math.round(WIDTH * count / most) - 1)).padEnd(WIDTH - 1);
}

setInterval(() => {
  const rows = [...counts].sort(([s, a], [t, b]) => b - a || s - t);
  for (const [status, count] of rows) {
    console.log('  %s | %s | %s', status, bar(count, rows[0][1]), count);
  }
  if (rows.length) console.log('\n');
  counts = new Map();
}, 1000);
