// Calls of the traced function shop::handle that took long, with what they were given and what they
// gave.
//
//   omnitrace attach slow_requests.js -- 100      those of 100 ms and more; 50 if it isn't given
'use strict';

const threshold = Number(process.argv[2] ?? 50);
if (!(threshold >= 0)) throw new Error(`a number of milliseconds, not ${process.argv[2]}`);

exports['shop::handle'] = trace => {
  const milliseconds = trace.duration / 1e6;
  if (trace.event !== 'return' || milliseconds < threshold) return;
  const {method, path} = trace.args.request;
  console.log('%s ms  %s %s -> %s', milliseconds.toFixed(1).padStart(7), method, path,
              trace.return.status);
};
