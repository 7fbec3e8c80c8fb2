// Numbers as people read them: three significant digits and a unit.
'use strict';

function threeDigits(value) {
  const size = Math.abs(value);
  // 9.995 would be rounded to 10.00, and 99.95 to 100.0.
  const decimals = Number.isInteger(value) || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return value.toFixed(decimals);
}

// In the first unit in which fewer than four digits stand before the point.
function scaled(value, units, step, space) {
  let unit = 0;
  // 999.5 would be rounded to 1000.
  for (; unit < units.length - 1 && Math.abs(value) >= step - 0.5; ++unit) value /= step;
  return threeDigits(value) + (units[unit] === '' ? '' : space + units[unit]);
}

// "12.3 ms" from nanoseconds.
const timeText = (nanoseconds, unicode = true) =>
    scaled(nanoseconds, ['ns', unicode ? 'µs' : 'us', 'ms', 's'], 1000, ' ');

// "4.50k" from 4500.
const countText = count => scaled(count, ['', 'k', 'M', 'G', 'T'], 1000, '');

// "4.50k/s".
const rateText = perSecond => countText(perSecond) + '/s';

// "12,345", every digit of a whole number.
const exactText = count =>
    Number.isInteger(count) ? String(count).replace(/\B(?=(\d{3})+$)/g, ',') : countText(count);

// A bound of a range: powers of two stay short, as 4K is 4096.
function numberText(value) {
  const size = Math.abs(value);
  if (size >= 1024) return scaled(value, ['', 'K', 'M', 'G', 'T', 'P', 'E'], 1024, '');
  return size >= 1 || size === 0 ? threeDigits(value) : String(Number(value.toPrecision(3)));
}

module.exports = {timeText, countText, rateText, exactText, numberText};
