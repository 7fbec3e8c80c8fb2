#include "connections.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <system_error>
#include <utility>

namespace http {

namespace {

// A process has 1,024 descriptors by default. More connections wait in the kernel.
constexpr size_t kMostConnections = 900;
constexpr std::chrono::milliseconds kPause(10);

}  // namespace

Connections::Connections(Socket listener, const Stop& stop, Serve serve)
    : listener_(std::move(listener)), stop_(stop), serve_(std::move(serve)) {}

void Connections::run() {
  while (!stop_.requested()) {
    open_.remove_if([](const Connection& connection) { return connection.ended.load(); });
    if (open_.size() >= kMostConnections) {
      stop_.sleep_until(std::chrono::steady_clock::now() + kPause);
    } else if (stop_.wait_readable(listener_.fd(), std::chrono::hours(1))) {
      start(accept_from(listener_));
    }
  }
  listener_ = Socket();
  open_.clear();
}

void Connections::start(Socket socket) {
  if (socket.fd() < 0) {
    stop_.sleep_until(std::chrono::steady_clock::now() + kPause);
    return;
  }
  auto stream = std::make_shared<Stream>(std::move(socket), stop_);
  Connection& connection = open_.emplace_back();
  try {
    connection.thread = std::jthread([this, &connection, stream]() mutable {
      serve_(*stream);
      stream.reset();
      connection.ended = true;
    });
  } catch (const std::system_error& error) {
    std::cerr << "a connection is refused: " << error.what() << "\n";
    open_.pop_back();
  }
}

}  // namespace http
