// TCP on 127.0.0.1. What the kernel refuses is thrown as std::system_error.
#ifndef HTTP_SERVER_SOCKET_H_
#define HTTP_SERVER_SOCKET_H_

namespace http {

class Socket {
 public:
  explicit Socket(int fd = -1) : fd_(fd) {}
  ~Socket();
  Socket(Socket&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Socket& operator=(Socket&& other) noexcept;

  int fd() const { return fd_; }
  int port() const;  // its own

 private:
  int fd_;
};

// Port 0 is any that is free.
Socket listen_on(int port);

// The next connection, which has to be there already. A socket without descriptor: it is gone
// again, or there are too many open files.
Socket accept_from(const Socket& listener);

Socket connect_to(int port);

}  // namespace http

#endif  // HTTP_SERVER_SOCKET_H_
