#include "stop.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace http {

namespace {

using Clock = std::chrono::steady_clock;

void wait(pollfd (&files)[2], Clock::time_point until) {
  int ready = 0;
  do {
    auto left = std::max<std::chrono::nanoseconds>(until - Clock::now(), {}).count();
    timespec patience = {left / 1000000000, left % 1000000000};
    ready = ppoll(files, 2, &patience, nullptr);
  } while (ready < 0 && errno == EINTR);
}

}  // namespace

Stop::Stop() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signals_ = signalfd(-1, &signals, SFD_CLOEXEC);
  if (signals_ < 0) throw std::system_error(errno, std::system_category(), "signalfd");
}

Stop::~Stop() { close(signals_); }

bool Stop::wait_readable(int fd, std::chrono::milliseconds patience) const {
  pollfd files[2] = {{signals_, POLLIN, 0}, {fd, POLLIN, 0}};
  wait(files, Clock::now() + patience);
  return files[0].revents == 0 && files[1].revents != 0;
}

bool Stop::sleep_until(Clock::time_point time) const {
  pollfd files[2] = {{signals_, POLLIN, 0}, {-1, 0, 0}};
  wait(files, time);
  return files[0].revents == 0;
}

bool Stop::requested() const { return !sleep_until(Clock::now()); }

}  // namespace http
