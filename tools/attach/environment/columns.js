// Short elements side by side, in about as many columns as make a square of them when a character
// is as high as 2.5 are wide. The same array when that is one column.
exports.columns = (entries, value, {width, mostElements}) => {
  const more = value.length > mostElements ? entries.length - 1 : entries.length;
  const shown = entries.slice(0, more);
  const lengths = shown.map(entry => entry.length + 2);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const longest = Math.max(...lengths);
  if (longest * 3 >= width || !(total / longest > 5 || longest <= 8)) return entries;
  const bias = Math.max(longest - Math.sqrt(longest - total / entries.length) - 3, 1);
  const count = Math.min(Math.round(Math.sqrt(2.5 * bias * more) / bias),
                         Math.floor(width / longest), 12, 15);
  if (count <= 1) return entries;
  const widths = Array.from({length: count}, (_, column) =>
      Math.max(...lengths.filter((_, index) => index % count === column)));
  const right = Array.prototype.every.call(
      value, element => typeof element === 'number' || typeof element === 'bigint');
  const lines = [];
  for (let first = 0; first < more; first += count) {
    const row = shown.slice(first, first + count);
    const padded = row.map((entry, column) => {
      const last = column === row.length - 1;
      const text = last ? entry : `${entry}, `;
      return right ? text.padStart(widths[column] - (last ? 2 : 0))
                   : last ? text : text.padEnd(widths[column]);
    });
    lines.push(padded.join(''));
  }
  return [...lines, ...entries.slice(more)];
};
