#include "tools/support/end_signals.h"

#include <poll.h>
#include <signal.h>

#include <atomic>

#include "absl/time/clock.h"

namespace omnitrace::tools {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

std::atomic<int> came{0};
void (*impatient_wish)() = nullptr;
struct sigaction before[std::size(kSignals)];

void Handle(int) {
  if (came.fetch_add(1) > 0 && impatient_wish != nullptr) impatient_wish();
}

sigset_t SignalSet() {
  sigset_t set;
  sigemptyset(&set);
  for (int signal : kSignals) sigaddset(&set, signal);
  return set;
}

}  // namespace

EndSignals::EndSignals(void (*impatient)()) {
  came = 0;
  impatient_wish = impatient;
  struct sigaction action = {};
  action.sa_handler = Handle;
  for (size_t i = 0; i < std::size(kSignals); ++i) {
    sigaction(kSignals[i], nullptr, &before[i]);
    // One that whoever started the tool wants to be ignored (nohup) stays so.
    if (before[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &action, nullptr);
  }
}

EndSignals::~EndSignals() {
  for (size_t i = 0; i < std::size(kSignals); ++i) sigaction(kSignals[i], &before[i], nullptr);
}

bool EndSignals::Came() { return came > 0; }

// One that comes between the look and the wait would be slept through: so they are let in by the
// wait alone.
void EndSignals::WaitUntil(absl::Time time) {
  sigset_t set = SignalSet(), outside;
  pthread_sigmask(SIG_BLOCK, &set, &outside);
  absl::Duration left = time - absl::Now();
  if (!Came() && left > absl::ZeroDuration()) {
    timespec most = absl::ToTimespec(left);
    ppoll(nullptr, 0, left == absl::InfiniteDuration() ? nullptr : &most, &outside);
  }
  pthread_sigmask(SIG_SETMASK, &outside, nullptr);
}

}  // namespace omnitrace::tools
