// Accepts connections and gives each a thread, until the program is to end.
#ifndef HTTP_SERVER_CONNECTIONS_H_
#define HTTP_SERVER_CONNECTIONS_H_

#include <atomic>
#include <functional>
#include <list>
#include <thread>

#include "socket.h"
#include "stop.h"
#include "stream.h"

namespace http {

class Connections {
 public:
  using Serve = std::function<void(Stream&)>;

  Connections(Socket listener, const Stop& stop, Serve serve);

  // Returns when the program is to end and all connections have ended.
  void run();

 private:
  struct Connection {
    std::atomic<bool> ended{false};
    std::jthread thread;
  };

  void start(Socket socket);

  Socket listener_;
  const Stop& stop_;
  Serve serve_;
  std::list<Connection> open_;
};

}  // namespace http

#endif  // HTTP_SERVER_CONNECTIONS_H_
