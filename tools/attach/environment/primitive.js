// Values that are no objects, and names of properties, as they look inside of objects.
const width = 80;
const mostCharacters = 10000;

const escapes = {'\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\v': '\\v'};

function quoted(text) {
  const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"'
      : !text.includes('`') && !text.includes('${') ? '`' : "'";
  const escaped = text.replace(/[\0-\x1f\x7f-\x9f\\'\ud800-\udfff]/gu, character => {
    if (character === '\\') return '\\\\';
    if (character === "'") return quote === "'" ? "\\'" : "'";
    const code = character.charCodeAt(0);
    const hex = code.toString(16).toUpperCase();
    return escapes[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex}`);
  });
  return quote + escaped + quote;
}

function shownText(text, level) {
  const rest = text.length - mostCharacters;
  const held = rest > 0 ? text.slice(0, mostCharacters) : text;
  const more = rest > 0 ? `... ${rest} more character${rest > 1 ? 's' : ''}` : '';
  if (held.length <= 16 || held.length <= width - level - 4) return quoted(held) + more;
  const lines = held.split(/(?<=\n)/).map(quoted);
  return lines.join(` +\n${' '.repeat(level + 2)}`) + more;
}

function primitive(value, level) {
  if (typeof value === 'string') return shownText(value, level);
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function shownKey(key) {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quoted(key);
}

exports.primitive = primitive;
exports.shownKey = shownKey;
