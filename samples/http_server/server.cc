// A small HTTP server on 127.0.0.1, in front of a shop (shop.h), with two probes, request:start and
// request:end. With the plugin all of its functions are probes as well. scripts/ looks at them
// while the server runs, and load.cc gives it something to do.
//
//   omni-clang++ -std=c++20 -O2 -fomni-ns='*' -fomni-start=standby server.cc connections.cc
//     message.cc options.cc shop.cc socket.cc status_counts.cc stop.cc stream.cc -o http_server
//
// Prints its port, and at its end, by SIGTERM or SIGINT, how many responses it has sent.
#include <omnitrace/omnitrace.h>

#include <atomic>
#include <exception>
#include <iostream>
#include <optional>
#include <string>

#include "connections.h"
#include "message.h"
#include "options.h"
#include "shop.h"
#include "socket.h"
#include "status_counts.h"
#include "stop.h"
#include "stream.h"

namespace {

constexpr char kUsage[] =
    "usage: http_server [--port N] [--latency PERCENT]\n"
    "  --port N            8080 if it isn't given; 0 for any that is free\n"
    "  --latency PERCENT   how long answers take, 100 if it isn't given; 0 for no time\n";

std::atomic<long> requests{0};
http::StatusCounts responses;

// False: it was the connection's last one.
bool answer(http::Stream& stream, http::Request request, const http::Stop& stop) {
  request.id = ++requests;
  OMNITRACE_PROBE("request:start", ("id", request.id), ("method", request.method),
                  ("path", request.path));
  http::Response response = shop::handle(request);
  bool goes_on = request.keep_alive && !stop.requested();
  size_t bytes = stream.write(http::to_text(response, goes_on));
  OMNITRACE_PROBE("request:end", ("id", request.id), ("path", request.path),
                  ("status", response.status), bytes);
  responses.add(response.status);
  return goes_on;
}

void serve(http::Stream& stream, const http::Stop& stop) {
  std::optional<std::string> head;
  do {
    head = stream.read_until(http::kHeadEnd, http::kMaxHead);
  } while (head && answer(stream, http::parse_request(*head), stop));
  stream.end();
}

void run(int port) {
  http::Stop stop;
  http::Socket listener = http::listen_on(port);
  std::string number = std::to_string(listener.port());
  omnitrace::set_title(("http-server " + number).c_str());
  http::Connections connections(std::move(listener), stop,
                                [&](http::Stream& stream) { serve(stream, stop); });
  std::cout << "listening on port " << number << std::endl;
  connections.run();
  std::cout << responses.to_text() << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  long port = 8080, latency = 100;
  if (!http::parse_options(argc, argv, {{"--port", &port, 65535}, {"--latency", &latency, 10000}},
                           kUsage)) {
    return 2;
  }
  shop::set_latency(latency);
  try {
    run(static_cast<int>(port));
  } catch (const std::exception& error) {
    std::cerr << "http_server: " << error.what() << "\n";
    return 1;
  }
}
