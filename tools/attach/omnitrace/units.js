// Numbers as people read them: three digits that count and a unit, and whole numbers without a unit
// as they are.
'use strict';

function threeDigits(value) {
  const size = Math.abs(value);
  // 9.995 would be rounded to 10.00, and 99.95 to 100.0.
  const decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  return value.toFixed(decimals);
}

// In the first unit in which fewer than four digits stand before the point.
function scaled(value, units, step, space) {
  let unit = 0;
  // 999.5 would be rounded to 1000.
  for (; unit < units.length - 1 && Math.abs(value) >= step - 0.5; ++unit) value /= step;
  const isWhole = unit === 0 && Number.isInteger(value);
  const digits = isWhole ? String(value) : threeDigits(value);
  return digits + (units[unit] === '' ? '' : space + units[unit]);
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

// Powers of two stay short: 4K is 4096.
function numberText(value) {
  const units = ['', 'K', 'M', 'G', 'T', 'P', 'E'];
  let unit = 0;
  for (; unit < units.length - 1 && Math.abs(value) >= 1024; ++unit) value /= 1024;
  return Number(value.toPrecision(Math.abs(value) >= 1000 ? 4 : 3)) + units[unit];
}

module.exports = {timeText, countText, rateText, exactText, numberText};
