// A line each second: how many requests have ended in it, and a bar beside that of the busiest one.
//
//   omnitrace attach requests_per_second.js
'use strict';

const WIDTH = 59;

let requests = 0;
let most = 0;
let since = Date.now();

exports['request:end'] = () => { ++requests; };

setInterval(() => {
  const now = Date.now();
  const rate = Math.round(requests * 1000 / (now - since));
  most = Math.max(most, rate);
  console.log('%s/s | %s', String(rate).padStart(7),
              '#'.repeat(most && Math.round(WIDTH * rate / most)));
  requests = 0;
  since = now;
}, 1000);
