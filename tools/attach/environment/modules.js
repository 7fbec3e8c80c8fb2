// require, as Node has it: files beside the script, folders with an index, JSON, and the modules
// that the tool brings. Files are known by the paths by which they were asked for, so that errors
// name a script as its user does.
const {process} = load('process');

const cache = new Map();  // by absolute path
const node = ('assert async_hooks buffer child_process cluster console constants crypto dgram ' +
              'dns domain events fs http http2 https inspector module net os path perf_hooks process ' +
              'punycode querystring readline repl stream string_decoder sys timers tls tty url ' +
              'util v8 vm wasi worker_threads zlib').split(' ');

function folderOf(path) {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : slash === 0 ? '/' : path.slice(0, slash);
}

// Without "." and "..", as far as they can be resolved.
function normal(path) {
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else if (part !== '..' || !path.startsWith('/')) parts.push(part);
  }
  return (path.startsWith('/') ? '/' : '') + (parts.join('/') || '.');
}

function absolute(path) {
  return normal(path.startsWith('/') ? path : `${native.directory}/${path}`);
}

function fileOf(path) {
  const files = [path, `${path}.js`, `${path}.json`, `${path}/index.js`, `${path}/index.json`];
  return files.find(file => native.kind(file) === 'file');
}

function failure(request, why) {
  const error = new Error(`Cannot find module '${request}': ${why}`);
  error.code = 'MODULE_NOT_FOUND';
  return error;
}

class Module {
  constructor(path) {
    this.id = this.filename = absolute(path);
    this.path = folderOf(this.filename);
    this.exports = {};
    this.loaded = false;
    this.children = [];
  }
}

function runBody(module, path, source, shown) {
  const text = source.replace(/^\uFEFF/, '').replace(/^#!/, '//');
  const body = native.compile(text, shown, 'exports', 'require', 'module', '__filename',
                              '__dirname');
  body.call(module.exports, module.exports, requireFrom(module, path), module, module.filename,
            module.path);
  module.loaded = true;
}

function runFile(path, parent) {
  const known = cache.get(absolute(path));
  if (known !== undefined) return known.exports;
  const module = new Module(path);
  cache.set(module.filename, module);
  parent.children.push(module);
  try {
    const source = native.read(path);
    if (source === undefined) throw failure(path, 'the file cannot be read');
    if (path.endsWith('.json')) module.exports = parse(source, path);
    else runBody(module, path, source, path);
  } catch (error) {
    cache.delete(module.filename);
    throw error;
  }
  return module.exports;
}

function parse(text, path) {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new SyntaxError(`${path}: ${error.message}`);
  }
}

// The file of a module that the tool brings: 'omnitrace', 'omnitrace/counts', 'omnitrace:top'.
function ownName(request) {
  if (request === 'omnitrace' || request.startsWith('omnitrace/')) return request;
  const [, name] = /^omnitrace:(?!environment\/)(.*)$/.exec(request) ?? [];
  return name;
}

function runOwn(name, source) {
  const key = `omnitrace:${name}`;
  const known = cache.get(key);
  if (known !== undefined) return known.exports;
  const module = new Module(`${name}.js`);
  module.id = module.filename = key;
  cache.set(key, module);
  try {
    runBody(module, key, source, `omnitrace:${name}.js`);
  } catch (error) {
    cache.delete(key);
    throw error;
  }
  return module.exports;
}

function requireFrom(module, path) {
  const require = request => {
    if (typeof request !== 'string') throw new TypeError('require takes the name of a module');
    if (/^(\.{0,2}\/|\.{1,2}$)/.test(request)) {
      const wanted = request.startsWith('/') ? request : `${folderOf(path)}/${request}`;
      const file = fileOf(normal(wanted));
      if (file === undefined) throw failure(request, `no such file beside ${path}`);
      return runFile(file, module);
    }
    const name = ownName(request);
    const source = name === undefined ? undefined : native.source(`${name}.js`);
    if (source !== undefined) return runOwn(name, source);
    throw failure(request, node.includes(request.replace(/^node:/, '').split('/')[0])
        ? "Node's modules are not there: scripts run in omnitrace, not in Node"
        : "there are only the script's own files ('./name.js') and 'omnitrace'");
  };
  require.main = main;
  return require;
}

let main;

// Runs the script and gives its exports. `path` may be omnitrace:NAME; '[stdin]' lies in the
// working directory.
exports.run = (path, source) => {
  const own = path.startsWith('omnitrace:');
  process.argv.push(own ? path : absolute(path), ...native.arguments);
  if (own) return runOwn(path.slice('omnitrace:'.length), source);
  main = new Module(path);
  cache.set(main.filename, main);
  runBody(main, path, source, path);
  return main.exports;
};
