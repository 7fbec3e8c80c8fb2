// A shop that answers requests, some sooner and some later. The same request always gets
// the same answer:
//
//   /            200  at once
//   /items/N     200  within 20 ms, for the items 1 to 40; 404 for others
//   /buy/N       201  in about 50 ms, for the same
//   /report/N    200  up to 250 ms, for the months 1 to 12; 500 for others
//
// 400 when N isn't a number, 404 for all other paths.
#ifndef HTTP_SERVER_SHOP_H_
#define HTTP_SERVER_SHOP_H_

#include "message.h"

namespace shop {

// How long answers take, in percent of the above. To be set before the first request.
void set_latency(long percent);

http::Response handle(const http::Request& request);

}  // namespace shop

#endif  // HTTP_SERVER_SHOP_H_
