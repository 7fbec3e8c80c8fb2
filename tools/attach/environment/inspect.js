// Values as Node's util.inspect shows them: what is inside of objects is quoted, lines are about 80
// characters wide, and what lies deeper than two levels is only named.
const {columns} = load('columns');
const {primitive, shownKey} = load('primitive');
const {shownError} = load('stack');

const width = 80;
const mostElements = 100;

// The name of its class; '' for one without a prototype.
function className(value) {
  for (let object = value; object !== null; object = Object.getPrototypeOf(object)) {
    const maker = Object.getOwnPropertyDescriptor(object, 'constructor');
    if (typeof maker?.value === 'function' && maker.value.name !== '') return maker.value.name;
  }
  return '';
}

function functionTitle(value, name) {
  if (Function.prototype.toString.call(value).startsWith('class')) {
    const parent = Object.getPrototypeOf(value)?.name;
    return `[class ${value.name || '(anonymous)'}${parent ? ` extends ${parent}` : ''}]`;
  }
  const kind = {AsyncFunction: 1, GeneratorFunction: 1, AsyncGeneratorFunction: 1}[name]
      ? name : 'Function';
  return `[${kind}${value.name ? `: ${value.name}` : ' (anonymous)'}]`;
}

// "Map(2)", "Registry(2) [Map]", of those without a prototype "[Map(2): null prototype]".
function sized(name, kind, size) {
  return name ? `${name}(${size})` : `[${kind}(${size}): null prototype]`;
}

function tagged(name, kind, size) {
  return sized(name, kind, size) + (name && name !== kind ? ` [${kind}]` : '');
}

function subclass(name, kind) {
  return name === kind ? '' : `${name} `;
}

class Inspector {
  constructor({depth = 2, hidden = false, showHidden = hidden} = {}) {
    this.depth = depth ?? Infinity;
    this.hidden = showHidden;
    this.open = [];          // the objects around the one that is shown
    this.circular = new Map();  // those that are inside of themselves, with their numbers
    this.deepest = 0;        // level of what was shown last
  }

  show(value, level, indentation) {
    if (typeof value !== 'function' && (typeof value !== 'object' || value === null)) {
      return primitive(value, indentation);
    }
    if (this.open.includes(value)) {
      if (!this.circular.has(value)) this.circular.set(value, this.circular.size + 1);
      return `[Circular *${this.circular.get(value)}]`;
    }
    return this.showObject(value, level, indentation);
  }

  showObject(value, level, indentation) {
    const name = className(value);
    const form = this.formOf(value, name);
    const keys = this.keysOf(value, form);
    if (form.base !== undefined && keys.length === 0) return form.base;
    const size = form.entries === undefined ? 0 : value.length ?? value.size;
    const isEmpty = keys.length === 0 && size === 0;
    if (level > this.depth && !isEmpty) {
      return `[${Array.isArray(value) ? 'Array' : name || 'Object: null prototype'}]`;
    }
    this.open.push(value);
    if (!isEmpty) this.deepest = level;
    const entries = form.entries?.(level, indentation + 2) ?? [];
    for (const key of keys) entries.push(this.property(value, key, form, level, indentation + 2));
    this.open.pop();
    const number = this.circular.get(value);
    const lead = number === undefined ? '' : `<ref *${number}> `;
    const prefix = lead + [form.base, form.prefix].filter(Boolean).join(' ');
    const [start, end] = form.isList ? ['[', ']'] : ['{', '}'];
    const opening = prefix === '' ? start : `${prefix.trimEnd()} ${start}`;
    if (entries.length === 0) return opening + end;
    return this.joined(entries, opening, end, form.isList, value, level, indentation);
  }

  // How a value looks: base (all of it, unless it has properties), prefix (its class), isList,
  // entries (what its kind holds), plain (keys that are no properties of its own).
  formOf(value, name) {
    if (typeof value === 'function') return {base: functionTitle(value, name)};
    if (value instanceof Error) return {base: shownError(value), isError: true};
    if (value instanceof RegExp) {
      return {base: subclass(name, 'RegExp') + RegExp.prototype.toString.call(value)};
    }
    if (value instanceof Date) {
      return {base: subclass(name, 'Date') + (isNaN(value) ? 'Invalid Date' : value.toISOString())};
    }
    return this.containerFormOf(value, name) ?? this.rareFormOf(value, name) ??
           {prefix: name === 'Object' ? '' : name || '[Object: null prototype]'};
  }

  containerFormOf(value, name) {
    const elements = (...at) => this.elements(value, ...at);
    if (Array.isArray(value)) {
      return {prefix: name === 'Array' ? '' : sized(name, 'Array', value.length), isList: true,
              entries: elements};
    }
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
      const kind = value[Symbol.toStringTag];
      return {prefix: tagged(name, kind, value.length), isList: true, entries: elements};
    }
    if (value instanceof Map) {
      return {prefix: tagged(name, 'Map', value.size),
              entries: (...at) => this.pairs(value, ...at)};
    }
    if (value instanceof Set) {
      return {prefix: tagged(name, 'Set', value.size),
              entries: (...at) => this.members(value, ...at)};
    }
    return undefined;
  }

  rareFormOf(value, name) {
    const promise = native.promise(value);
    if (promise !== undefined) {
      const entry = (level, indentation) => {
        const [state, result] = promise;
        if (state === 0) return ['<pending>'];
        const shown = this.show(result, level + 1, indentation);
        return [state === 2 ? `<rejected> ${shown}` : shown];
      };
      return {prefix: name === 'Promise' ? name : `${name} [Promise]`, entries: entry};
    }
    if (value instanceof WeakMap || value instanceof WeakSet) {
      return {prefix: name, entries: () => ['<items unknown>']};
    }
    for (const type of [Number, String, Boolean, BigInt, Symbol]) {
      if (!(value instanceof type)) continue;
      const plain = type === String ? new Set(Object.keys(String(value))) : undefined;
      return {base: `[${type.name}: ${primitive(value.valueOf(), 0)}]`, plain};
    }
    const tag = value[Symbol.toStringTag];
    if (Object.prototype.toString.call(value) === '[object Arguments]') {
      return {prefix: '[Arguments]'};
    }
    if (typeof tag === 'string' && tag !== '' && tag !== name) {
      return {prefix: `${name || '[Object: null prototype]'} [${tag}]`};
    }
    return undefined;
  }

  keysOf(value, form) {
    const {propertyIsEnumerable} = Object.prototype;
    const all = Reflect.ownKeys(value).filter(
        key => this.hidden || propertyIsEnumerable.call(value, key));
    const isElement = key => form.isList && typeof key === 'string' && /^(0|[1-9]\d*)$/.test(key);
    const ofErrors = ['stack', 'message', 'fileName', 'lineNumber', 'columnNumber'];
    return all.filter(key => !isElement(key) && !form.plain?.has(key) &&
                             !(form.isError && ofErrors.includes(key)));
  }

  property(value, key, form, level, indentation) {
    const {value: held, get, set, enumerable} = Object.getOwnPropertyDescriptor(value, key);
    const shown = get ? (set ? '[Getter/Setter]' : '[Getter]') : set ? '[Setter]'
        : this.show(held, level + 1, indentation);
    const name = shownKey(key);
    return `${enumerable || name.startsWith('[') ? name : `[${String(key)}]`}: ${shown}`;
  }

  elements(value, level, indentation) {
    const entries = [];
    const length = value.length;
    let index = 0;
    for (; index < length && entries.length < mostElements; ++index) {
      if (Object.hasOwn(value, index)) {
        entries.push(this.show(value[index], level + 1, indentation));
        continue;
      }
      const first = index;
      while (index + 1 < length && !Object.hasOwn(value, index + 1)) ++index;
      const holes = index - first + 1;
      entries.push(`<${holes} empty item${holes > 1 ? 's' : ''}>`);
    }
    return this.cut(entries, length - index);
  }

  pairs(map, level, indentation) {
    const entries = [];
    for (const [key, value] of map) {
      if (entries.length === mostElements) break;
      entries.push(`${this.show(key, level + 1, indentation)} => ${
          this.show(value, level + 1, indentation)}`);
    }
    return this.cut(entries, map.size - entries.length);
  }

  members(set, level, indentation) {
    const entries = [];
    for (const value of set) {
      if (entries.length === mostElements) break;
      entries.push(this.show(value, level + 1, indentation));
    }
    return this.cut(entries, set.size - entries.length);
  }

  cut(entries, more) {
    if (more > 0) entries.push(`... ${more} more item${more > 1 ? 's' : ''}`);
    return entries;
  }

  // On one line, when there is room and no more than three levels are inside; long lists in
  // columns.
  joined(entries, opening, end, isList, value, level, indentation) {
    const lines = isList && entries.length > 6
        ? columns(entries, value, {width: width - indentation, mostElements}) : entries;
    if (this.deepest - level < 3 && lines === entries) {
      const start = entries.length + indentation + opening.length + 10;
      const total = entries.reduce((sum, entry) => sum + entry.length, entries.length + start);
      if (total <= width && ![opening, ...entries].some(part => part.includes('\n'))) {
        return `${opening} ${entries.join(', ')} ${end}`;
      }
    }
    const margin = `\n${' '.repeat(indentation)}`;
    return `${opening}${margin}  ${lines.join(`,${margin}  `)}${margin}${end}`;
  }
}

exports.inspect = (value, options) => new Inspector(options).show(value, 0, 0);
