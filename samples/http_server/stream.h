// Bytes of one connection, read by lines' ends and counts rather than as they happen to arrive.
#ifndef HTTP_SERVER_STREAM_H_
#define HTTP_SERVER_STREAM_H_

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "socket.h"
#include "stop.h"

namespace http {

class Stream {
 public:
  Stream(Socket socket, const Stop& stop) : socket_(std::move(socket)), stop_(&stop) {}

  // All up to the next `end`, which is left out; what there is, if that is `limit` bytes or more.
  // Nothing: the other side has ended or is silent, or this program is to end.
  std::optional<std::string> read_until(std::string_view end, size_t limit);
  std::optional<std::string> read(size_t size);

  // How many bytes the other side's kernel took: less than all when it is gone or reads nothing.
  size_t write(std::string_view text);

  // Says that nothing more comes, and waits for the other side to say so. A socket that is closed
  // with unread bytes in it takes back what was written last.
  void end();

 private:
  bool receive(std::chrono::milliseconds patience);
  std::string take(size_t size, size_t skip);

  Socket socket_;
  const Stop* stop_;
  std::string unread_;
  size_t received_ = 0;
};

}  // namespace http

#endif  // HTTP_SERVER_STREAM_H_
