// Sends requests to the server of this folder (server.cc) over several connections, as fast as it
// can or at a given rate, and prints how many responses of each status it got. Which requests those
// are depends on --seed alone. Exit status 1: some had no response.
//
//   c++ -std=c++20 load.cc message.cc options.cc socket.cc status_counts.cc stop.cc stream.cc -o
//   load
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "message.h"
#include "options.h"
#include "socket.h"
#include "status_counts.h"
#include "stop.h"
#include "stream.h"

namespace {

constexpr char kUsage[] =
    "usage: http_load [--port N] [--connections N] [--rate N] [--count N] [--seed N]\n"
    "  --port N          of the server, 8080 if it isn't given\n"
    "  --connections N   at the same time, 8 if it isn't given\n"
    "  --rate N          requests a second; 0, the default, is as fast as possible\n"
    "  --count N         requests, 1000 if it isn't given; 0 sends until SIGINT or SIGTERM\n"
    "  --seed N          another one gives other requests\n";

struct Settings {
  long port = 8080, connections = 8, rate = 0, count = 1000, seed = 1;
};

struct Kind {
  unsigned percent;
  const char* path;  // with one of `numbers` numbers behind it
  unsigned first, numbers;
  const char* version;
};

constexpr std::array<Kind, 8> kKinds = {{
    {5, "/?visitor=", 1, 1000, "HTTP/1.1"},  // 200
    {35, "/items/", 1, 40, "HTTP/1.1"},      // 200
    {5, "/report/", 1, 12, "HTTP/1.1"},      // 200
    {20, "/buy/", 1, 40, "HTTP/1.1"},        // 201
    {10, "/items/no", 1, 40, "HTTP/1.1"},    // 400
    {12, "/items/", 41, 60, "HTTP/1.1"},     // 404
    {8, "/report/", 13, 12, "HTTP/1.1"},     // 500
    {5, "/items/", 1, 40, "HTTP/3.0"},       // 505
}};

// Of a number alone, so that it doesn't matter which thread sends it. This is splitmix64.
uint64_t random_of(uint64_t number) {
  number *= 0x9e3779b97f4a7c15;
  number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9;
  number = (number ^ (number >> 27)) * 0x94d049bb133111eb;
  return number ^ (number >> 31);
}

std::string request_text(uint64_t seed, uint64_t number) {
  uint64_t random = random_of(random_of(seed + 1) + number);
  uint64_t percent = random % 100;
  auto kind = kKinds.begin();
  while (percent >= kind->percent) percent -= (kind++)->percent;
  return "GET " + (kind->path + std::to_string(kind->first + (random >> 32) % kind->numbers)) +
         " " + kind->version + "\r\nHost: 127.0.0.1\r\n\r\n";
}

// One connection, made anew whenever the server has ended it.
class Client {
 public:
  Client(int port, const http::Stop& stop) : port_(port), stop_(stop) {}

  // The response's status. Throws when there is no server.
  std::optional<int> get(const std::string& request) {
    const bool reused = stream_.has_value();
    if (!reused) stream_.emplace(http::connect_to(port_), stop_);
    std::optional<int> status = exchange(request);
    // The server may have ended an idle connection while the request was on its way.
    return !status && reused && !stop_.requested() ? get(request) : status;
  }

 private:
  std::optional<int> exchange(const std::string& request) {
    std::optional<http::ResponseHead> response;
    std::optional<std::string> body;
    if (stream_->write(request) == request.size()) {
      std::optional<std::string> head = stream_->read_until(http::kHeadEnd, http::kMaxHead);
      if (head) response = http::parse_response_head(*head);
      if (response) body = stream_->read(response->body_size);
    }
    if (!body || !response->keep_alive) stream_.reset();
    return body ? std::optional(response->status) : std::nullopt;
  }

  const int port_;
  const http::Stop& stop_;
  std::optional<http::Stream> stream_;
};

class Load {
 public:
  Load(const Settings& settings, const http::Stop& stop) : settings_(settings), stop_(stop) {}

  // False: there were requests without response.
  bool run() {
    {
      std::vector<std::jthread> connections;
      for (long i = 0; i < settings_.connections; ++i) connections.emplace_back([this] { work(); });
    }
    std::cout << responses_.to_text() << std::endl;
    if (failures_ > 0) std::cerr << "http_load: " << failures_ << " requests had no response\n";
    return failures_ == 0;
  }

 private:
  void work() {
    Client client(static_cast<int>(settings_.port), stop_);
    for (long number = next_++; is_due(number); number = next_++) {
      try {
        std::optional<int> status = client.get(request_text(settings_.seed, number));
        if (stop_.requested() && !status) return;
        status ? responses_.add(*status) : void(++failures_);
      } catch (const std::exception& error) {
        if (++failures_ == 1) std::cerr << "http_load: " << error.what() << "\n";
        return;
      }
    }
  }

  // Waits until it is. False: it never will be.
  bool is_due(long number) const {
    if (settings_.count > 0 && number >= settings_.count) return false;
    const long rate = std::max(settings_.rate, 1L);
    std::chrono::nanoseconds wait = std::chrono::seconds(number / rate);
    wait += std::chrono::nanoseconds(number % rate * 1000000000 / rate);
    return settings_.rate == 0 ? !stop_.requested() : stop_.sleep_until(start_ + wait);
  }

  const Settings settings_;
  const http::Stop& stop_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::atomic<long> next_{0};
  std::atomic<long> failures_{0};
  http::StatusCounts responses_;
};

}  // namespace

int main(int argc, char** argv) {
  Settings settings;
  if (!http::parse_options(argc, argv,
                           {{"--port", &settings.port, 65535},
                            {"--connections", &settings.connections, 900},
                            {"--rate", &settings.rate, 1000000},
                            {"--count", &settings.count, 1000000000},
                            {"--seed", &settings.seed, 1000000000}},
                           kUsage)) {
    return 2;
  }
  http::Stop stop;
  return Load(settings, stop).run() ? 0 : 1;
}
