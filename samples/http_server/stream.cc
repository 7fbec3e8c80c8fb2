#include "stream.h"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace http {

namespace {

constexpr std::chrono::seconds kPatience(10);
constexpr std::chrono::seconds kFarewell(1);
constexpr size_t kFarewellBytes = 1 << 20;  // of somebody who goes on sending

}  // namespace

std::optional<std::string> Stream::read_until(std::string_view end, size_t limit) {
  for (size_t from = 0;;) {
    size_t found = unread_.find(end, from);
    if (found != std::string::npos) return take(found, end.size());
    if (unread_.size() >= limit) return take(unread_.size(), 0);
    from = unread_.size() < end.size() ? 0 : unread_.size() - end.size() + 1;
    if (!receive(kPatience)) return std::nullopt;
  }
}

std::optional<std::string> Stream::read(size_t size) {
  while (unread_.size() < size) {
    if (!receive(kPatience)) return std::nullopt;
  }
  return take(size, 0);
}

size_t Stream::write(std::string_view text) {
  size_t sent = 0;
  while (sent < text.size()) {
    ssize_t size =
        send(socket_.fd(), text.data() + sent, text.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size > 0) {
      sent += static_cast<size_t>(size);
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      pollfd file = {socket_.fd(), POLLOUT, 0};
      if (poll(&file, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count())) == 0)
        break;
    } else if (errno != EINTR) {
      break;
    }
  }
  return sent;
}

void Stream::end() {
  shutdown(socket_.fd(), SHUT_WR);
  const size_t enough = received_ + kFarewellBytes;
  while (received_ < enough && receive(kFarewell)) unread_.clear();
}

bool Stream::receive(std::chrono::milliseconds patience) {
  char bytes[16384];
  for (;;) {
    if (!stop_->wait_readable(socket_.fd(), patience)) return false;
    ssize_t size = recv(socket_.fd(), bytes, sizeof(bytes), MSG_DONTWAIT);
    if (size > 0) {
      unread_.append(bytes, static_cast<size_t>(size));
      received_ += static_cast<size_t>(size);
      return true;
    }
    if (size == 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK)) return false;
  }
}

std::string Stream::take(size_t size, size_t skip) {
  std::string taken = unread_.substr(0, size);
  unread_.erase(0, size + skip);
  return taken;
}

}  // namespace http
