// `require('omnitrace')`: what scripts make of many events. Each file says how it is used.
//
//   const {Counts, live} = require('omnitrace');
//   const statuses = new Counts();
//   exports['request:end'] = event => statuses.add(event.status);
//   live(() => statuses.draw());
//
// Reducers have `count`, `add(value)`, and `merge(reducer)`; memory is bounded, whatever comes.
'use strict';

module.exports = {
  // Reducers.
  ...require('omnitrace/counts'),        // Count, Counts
  ...require('omnitrace/distribution'),  // Distribution: quantiles, ranges
  ...require('omnitrace/groups'),        // Groups: a reducer per key
  ...require('omnitrace/histogram'),     // Histogram
  ...require('omnitrace/pairs'),         // Pairs: start and end by a key
  ...require('omnitrace/rate'),          // Rate
  // Events.
  ...require('omnitrace/path'),  // property, pathsOf
  // Drawing.
  ...require('omnitrace/drawing'),  // bars, sparkline, table
  ...require('omnitrace/key'),      // keyOf, keyText, compareKeys
  ...require('omnitrace/live'),     // live
  ...require('omnitrace/screen'),   // screen
  ...require('omnitrace/text'),     // escaped, widthOf, fit, clip, padStart, padEnd
  ...require('omnitrace/units'),    // timeText, countText, rateText, exactText, numberText
};
