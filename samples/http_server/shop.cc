#include "shop.h"

#include <array>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>

namespace shop {

constexpr int kItems = 40;

static long latency_percent = 100;

struct Item {
  int number = 0;
  std::string name;
  double price = 0;
};

struct Receipt {
  int order = 0;
  Item item;
};

struct BadNumber : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct NoSuchItem : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Stands for the database, the printer and the rest of the world.
void wait_for_others(int milliseconds) {
  std::this_thread::sleep_for(std::chrono::microseconds(milliseconds * 10L * latency_percent));
}

int parse_number(std::string_view text) {
  int number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw BadNumber("not a number: " + std::string(text));
  }
  return number;
}

Item find(int number) {
  static constexpr std::array<const char*, 4> kNames = {"tea", "coffee", "cocoa", "water"};
  if (number < 1 || number > kItems) throw NoSuchItem("no item " + std::to_string(number));
  wait_for_others(number % 20);
  return {number, kNames[static_cast<size_t>(number) % kNames.size()], 1 + number * 0.25};
}

Receipt buy(int number) {
  Item item = find(number);
  wait_for_others(40);
  return {number * 1000 + 1, item};
}

double revenue(int month) {
  static constexpr std::array<double, 12> kByMonth = {310.5, 290,   402.25, 388, 275,   301.75,
                                                      250,   199.5, 320,    415, 502.5, 777};
  wait_for_others(month * 83 % 250);
  return kByMonth.at(static_cast<size_t>(month) - 1);
}

std::string describe(const Item& item) {
  return "item " + std::to_string(item.number) + ": " + item.name + ", " +
         std::to_string(item.price) + "\n";
}

http::Response route(std::string_view path) {
  constexpr std::string_view kItem = "/items/", kBuy = "/buy/", kReport = "/report/";
  if (path == "/") return {200, "a shop\n"};
  if (path.starts_with(kItem)) {
    return {200, describe(find(parse_number(path.substr(kItem.size()))))};
  }
  if (path.starts_with(kBuy)) {
    Receipt receipt = buy(parse_number(path.substr(kBuy.size())));
    return {201, "order " + std::to_string(receipt.order) + ", " + describe(receipt.item)};
  }
  if (path.starts_with(kReport)) {
    return {200, std::to_string(revenue(parse_number(path.substr(kReport.size())))) + "\n"};
  }
  return {404, "nothing at " + std::string(path) + "\n"};
}

void set_latency(long percent) { latency_percent = percent; }

http::Response handle(const http::Request& request) {
  if (request.refusal != 0) return {request.refusal, "this can't be answered\n"};
  try {
    return route(request.path);
  } catch (const BadNumber& error) {
    return {400, error.what() + std::string("\n")};
  } catch (const NoSuchItem& error) {
    return {404, error.what() + std::string("\n")};
  } catch (const std::exception&) {
    return {500, "that went wrong\n"};
  }
}

}  // namespace shop
