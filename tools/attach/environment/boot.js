// Puts the environment together. Runs once, as the body of a function (native); what it returns is
// called by the host.
const loaded = new Map();

// The parts are modules of their own kind, which see `native` and are no business of scripts.
function load(name) {
  let exports = loaded.get(name);
  if (exports === undefined) {
    exports = {};
    loaded.set(name, exports);
    const source = native.source(`environment/${name}.js`);
    const body = native.compile(source, `omnitrace:${name}.js`, 'exports', 'native', 'load');
    body(exports, native, load);
  }
  return exports;
}

function define(name, value) {
  Object.defineProperty(globalThis, name,
                        {value, writable: true, enumerable: false, configurable: true});
}

const timers = load('timers');
for (const name of Object.keys(timers.globals)) define(name, timers.globals[name]);
const {process, performance} = load('process');
define('process', process);
define('performance', performance);
define('console', load('console').console);
define('global', globalThis);
// Identifiers of 64 bits are BigInts when they are large: a script that prints its events as JSON
// must not stumble over one.
Object.defineProperty(BigInt.prototype, 'toJSON', {
  value: function() { return this.toString(); },
  writable: true, enumerable: false, configurable: true,
});

const {run} = load('modules');
const listeners = load('listeners');

return {
  runTimer: timers.runTimer,
  main: (file, source) => listeners.listen(run(file, source)),
  shape: listeners.shape,
  deliver: listeners.deliver,
  abandon: listeners.abandon,
  share: listeners.share,
  setOrigin: listeners.setOrigin,
  name: listeners.name,
  cleanup: listeners.cleanup,
  exitCode: () => process.exitCode,
};
