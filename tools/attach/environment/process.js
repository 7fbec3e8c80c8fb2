// process and performance, as far as a script has a use for them.
const start = native.now();

function stream(descriptor) {
  const terminal = () => (descriptor === 1 ? native.terminal() : undefined);
  return {
    write(text) {
      native.write(descriptor, String(text));
      return true;
    },
    get isTTY() { return terminal() !== undefined; },
    get columns() { return terminal()?.[0]; },
    get rows() { return terminal()?.[1]; },
  };
}

function hrtime(since) {
  const now = native.nanoseconds();
  const pair = [Number(now / 1000000000n), Number(now % 1000000000n)];
  if (since === undefined) return pair;
  const apart = (pair[0] - since[0]) * 1e9 + pair[1] - since[1];
  return [Math.floor(apart / 1e9), apart % 1e9];
}
hrtime.bigint = () => native.nanoseconds();

exports.process = {
  argv: ['omnitrace'],
  env: Object.freeze(native.environment),
  platform: 'linux',
  exitCode: undefined,
  exit(status = exports.process.exitCode ?? 0) { native.exit(status); },
  cwd: () => native.directory,
  uptime: () => (native.now() - start) / 1000,
  nextTick(callback, ...args) { queueMicrotask(() => callback(...args)); },
  hrtime,
  stdout: stream(1),
  stderr: stream(2),
};

exports.performance = {
  now: () => native.now() - start,
  timeOrigin: Date.now(),
};
