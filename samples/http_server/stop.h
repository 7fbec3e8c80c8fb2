// Ending by SIGTERM or SIGINT: to be made before the first thread, so that all threads inherit that
// the two are blocked. A signal stays pending, so everybody who waits sees it.
#ifndef HTTP_SERVER_STOP_H_
#define HTTP_SERVER_STOP_H_

#include <chrono>

namespace http {

class Stop {
 public:
  Stop();
  ~Stop();
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;

  // Waits until `fd` can be read from. False: it took too long, or the program is to end.
  bool wait_readable(int fd, std::chrono::milliseconds patience) const;

  // False: the program is to end.
  bool sleep_until(std::chrono::steady_clock::time_point time) const;

  bool requested() const;

 private:
  int signals_;
};

}  // namespace http

#endif  // HTTP_SERVER_STOP_H_
