// console, with Node's formats.
const {inspect} = load('inspect');

function asText(value) {
  return typeof value === 'string' ? value : inspect(value);
}

function asNumber(value, convert) {
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'symbol' ? 'NaN' : inspect(convert(value));
}

function withoutCycles(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (/cyclic/.test(error.message)) return '[Circular]';
    throw error;
  }
}

// An object's own toString, or that of its class, says more than its properties.
function hasOwnText(value) {
  if (typeof value !== 'object' || typeof value.toString !== 'function') return false;
  const builtIn = [Object, Array, Date, RegExp, Map, Set, Promise].some(
      type => type.prototype.toString === value.toString);
  return value instanceof Error || !builtIn;
}

function asString(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'function' && !Object.hasOwn(value, 'toString')) {
    return inspectFunction(value);
  }
  if (value === null || typeof value !== 'object') return inspect(value);
  return hasOwnText(value) ? String(value) : inspect(value, {depth: 0});
}

function inspectFunction(value) {
  const source = Function.prototype.toString.call(value);
  return source.startsWith('class') ? source : inspect(value);
}

const formats = {
  s: asString,
  d: value => asNumber(value, Number),
  i: value => asNumber(value, parseInt),
  f: value => (typeof value === 'symbol' ? 'NaN' : inspect(parseFloat(value))),
  j: withoutCycles,
  o: value => inspect(value, {depth: 4, hidden: true}),
  O: value => inspect(value),
  c: () => '',
};

function format(first, ...rest) {
  if (typeof first !== 'string') return [first, ...rest].map(asText).join(' ');
  let used = 0;
  const text = rest.length === 0 ? first : first.replace(/%([sdifjoOc%])/g, (whole, kind) => {
    if (kind === '%') return '%';
    return used < rest.length ? formats[kind](rest[used++]) : whole;
  });
  return [text, ...rest.slice(used).map(asText)].join(' ');
}

let indentation = '';

function printer(descriptor) {
  return (...args) => {
    const text = args.length === 0 ? '' : format(...args);
    const lines = indentation === '' ? text : indentation + text.replace(/\n/g, `\n${indentation}`);
    native.write(descriptor, `${lines}\n`);
  };
}

const out = printer(1), error = printer(2);

exports.format = format;
exports.console = {
  log: out,
  info: out,
  debug: out,
  warn: error,
  error,
  dir: (value, options) => out(inspect(value, options)),
  group(...args) {
    if (args.length > 0) out(...args);
    indentation += '  ';
  },
  groupEnd() { indentation = indentation.slice(2); },
  assert(holds, ...args) {
    if (holds) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    error(...args);
  },
};
