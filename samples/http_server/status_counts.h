// How many responses there were of each status. May be used by several threads.
#ifndef HTTP_SERVER_STATUS_COUNTS_H_
#define HTTP_SERVER_STATUS_COUNTS_H_

#include <map>
#include <mutex>
#include <string>

namespace http {

class StatusCounts {
 public:
  void add(int status) {
    std::lock_guard lock(mutex_);
    ++counts_[status];
  }

  // "7 responses: 5 of 200, 2 of 404".
  std::string to_text() const;

 private:
  mutable std::mutex mutex_;
  std::map<int, long> counts_;
};

}  // namespace http

#endif  // HTTP_SERVER_STATUS_COUNTS_H_
