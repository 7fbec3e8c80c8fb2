#include "socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace http {

namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<in_port_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

[[noreturn]] void fail(const std::string& what, int port) {
  throw std::system_error(errno, std::system_category(),
                          what + " 127.0.0.1:" + std::to_string(port));
}

Socket make_socket(int flags, int option_level, int option) {
  Socket made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
  if (made.fd() < 0) throw std::system_error(errno, std::system_category(), "cannot make a socket");
  int on = 1;
  setsockopt(made.fd(), option_level, option, &on, sizeof(on));
  return made;
}

}  // namespace

Socket::~Socket() {
  if (fd_ >= 0) close(fd_);
}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

int Socket::port() const {
  sockaddr_in address = {};
  socklen_t size = sizeof(address);
  getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

Socket listen_on(int port) {
  Socket listener = make_socket(SOCK_NONBLOCK, SOL_SOCKET, SO_REUSEADDR);
  sockaddr_in address = loopback(port);
  if (bind(listener.fd(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 ||
      listen(listener.fd(), SOMAXCONN) != 0) {
    fail("cannot listen on", port);
  }
  return listener;
}

Socket accept_from(const Socket& listener) {
  int fd = accept4(listener.fd(), nullptr, nullptr, SOCK_CLOEXEC);
  int on = 1;
  if (fd >= 0) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return Socket(fd);
}

Socket connect_to(int port) {
  Socket made = make_socket(0, IPPROTO_TCP, TCP_NODELAY);
  sockaddr_in address = loopback(port);
  if (connect(made.fd(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
    fail("cannot connect to", port);
  }
  return made;
}

}  // namespace http
