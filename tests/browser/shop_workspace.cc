// Writes the workspace that the browser tests draw: a shop's server with two workers, recursion,
// exceptions, and calls that were open when it was killed.
//
//   shop_workspace FILE [CALLS]     (about 200,000 when not said)
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::testing {
namespace {

class Shop {
 public:
  explicit Shop(uint64_t calls) : most_calls_(calls) { Describe(); }

  void Write(const std::string& path);

 private:
  void Describe();

  // Each is a call of the program.
  void ServeRequest(uint64_t order);
  void ParseOrder(int depth);
  void Reserve(uint64_t order);
  void ComputeHash(uint64_t rounds);
  bool Pay(uint64_t order);
  void MakeChange(int64_t cents);
  void Render(uint64_t order);
  void Poll(uint64_t nanoseconds);

  void Enter(uint32_t function, std::initializer_list<Encoded> arguments) {
    builder_.Enter(thread_, function, arguments);
    ++calls_;
    Work(30, 90);
  }
  void Other(OtherRecord kind, uint32_t id, const Encoded& value) {
    builder_.Other(thread_, static_cast<uint64_t>(kind), Joined({Varint(id), value}).bytes);
  }
  void Leave(const Encoded& result = {}) { builder_.Leave(thread_, result); }
  void Work(uint64_t least, uint64_t most) {
    builder_.At(builder_.now() + std::uniform_int_distribution<uint64_t>(least, most)(random_));
  }

  WorkspaceBuilder builder_;
  std::mt19937 random_{20240229};
  uint64_t most_calls_;
  uint64_t calls_ = 0;
  uint32_t thread_ = 0;
  uint32_t main_, serve_, parse_, parse_value_, scan_, reserve_, find_, pay_, change_, render_,
      write_, poll_, insert_, hash_;
  uint32_t refusal_;
};

void Shop::Describe() {
  uint32_t number = builder_.Int(), text = builder_.String(), yes = builder_.Bool();
  uint32_t reference = builder_.Reference(text);
  refusal_ = builder_.Struct("bank::Declined", {{"code", number}});
  uint32_t line = 10;
  auto function = [&](std::string name, WorkspaceBuilder::Named parameters, uint32_t result) {
    workspace::Function described;
    described.signature = name;
    described.name = std::move(name);
    described.file = "src/shop.cc";
    described.line = line += 14;
    described.last_line = line + 11;
    described.result = result;
    for (const auto& [parameter, type] : parameters)
      described.parameters.push_back({parameter, type, type == reference ? kParameterMutable : 0u});
    return builder_.AddFunction(described);
  };
  main_ = function("shop::main", {}, number);
  serve_ = function("shop::Server::serve", {{"order", number}}, yes);
  parse_ = function("json::parse<shop::Order, std::allocator<char>>", {{"depth", number}}, 0);
  parse_value_ = function("json::Parser::parse_value", {{"depth", number}}, 0);
  scan_ = function("json::Lexer::scan", {{"token", text}}, number);
  reserve_ = function("shop::Inventory::reserve", {{"order", number}}, yes);
  find_ = function("shop::Inventory::find", {{"sku", text}}, number);
  pay_ = function("bank::Terminal::pay", {{"order", number}, {"card", reference}}, yes);
  change_ = function("bank::make_change", {{"cents", number}}, number);
  render_ = function("web::Page::render", {{"title", text}}, text);
  write_ = function("web::Socket::write", {{"bytes", number}}, number);
  poll_ = function("web::Socket::poll", {{"timeout_ms", number}}, number);
  insert_ = function("shop::Log::operator<<", {{"line", text}}, 0);
  hash_ = function("shop::hash", {{"round", number}}, number);
  builder_.Property("program", "/usr/bin/shop");
  builder_.Property("command", "shop --workers 2");
}

void Shop::ParseOrder(int depth) {
  Enter(depth == 0 ? parse_ : parse_value_, {Signed(depth)});
  uint64_t tokens = 2 + random_() % 5;
  for (uint64_t i = 0; i < tokens; ++i) {
    Enter(scan_, {Text(i % 2 == 0 ? "\"sku\"" : ":")});
    Work(40, 260);
    Leave(Signed(static_cast<int64_t>(i)));
    if (depth < 6 && random_() % 3 == 0) ParseOrder(depth + 1);
  }
  Leave();
}

void Shop::ComputeHash(uint64_t rounds) {
  for (uint64_t i = 0; i < rounds; ++i) {
    Enter(hash_, {Signed(static_cast<int64_t>(i))});
    Leave(Signed(static_cast<int64_t>(random_() % 100000)));
  }
}

void Shop::Reserve(uint64_t order) {
  Enter(reserve_, {Signed(static_cast<int64_t>(order))});
  uint64_t items = 1 + random_() % 4;
  for (uint64_t i = 0; i < items; ++i) {
    Enter(find_, {Text(absl::StrCat("sku-", random_() % 900 + 100))});
    ComputeHash(20 + random_() % 40);
    Leave(Signed(static_cast<int64_t>(random_() % 50)));
  }
  Leave(Varint(1));
}

void Shop::MakeChange(int64_t cents) {
  Enter(change_, {Signed(cents)});
  if (cents >= 5) MakeChange(cents - (cents >= 25 ? 25 : cents >= 10 ? 10 : 5));
  Leave(Signed(cents));
}

bool Shop::Pay(uint64_t order) {
  Enter(pay_, {Signed(static_cast<int64_t>(order)), Text("4000 0000 0000 0002")});
  Poll(8000 + random_() % 60000);
  bool declined = order % 23 == 7;
  if (declined) {
    Other(OtherRecord::kChanged, pay_, Text("declined"));
    Other(OtherRecord::kThrown, refusal_, Record({Signed(51)}));
    builder_.Throw(thread_, "N4bank8DeclinedE", "card declined: insufficient funds");
  } else {
    MakeChange(static_cast<int64_t>(random_() % 200));
    Leave(Varint(1));
  }
  return !declined;
}

void Shop::Render(uint64_t order) {
  Enter(render_, {Text(absl::StrCat("Order ", order, ": thank you"))});
  for (uint64_t i = 0, chunks = 2 + random_() % 3; i < chunks; ++i) {
    Enter(write_, {Signed(4096)});
    Work(900, 5000);
    Leave(Signed(4096));
  }
  Leave(Text("<!doctype html><title>Order</title>"));
}

void Shop::Poll(uint64_t nanoseconds) {
  Enter(poll_, {Signed(50)});
  builder_.At(builder_.now() + nanoseconds);
  Leave(Signed(1));
}

void Shop::ServeRequest(uint64_t order) {
  Enter(serve_, {Signed(static_cast<int64_t>(order))});
  ParseOrder(0);
  Reserve(order);
  if (!Pay(order)) {
    builder_.Throw(thread_, "N4bank8DeclinedE", "card declined: insufficient funds");
    return;
  }
  Render(order);
  Enter(insert_, {Text(absl::StrCat("order ", order, " served"))});
  Work(300, 900);
  Leave();
  Leave(Varint(1));
}

void Shop::Write(const std::string& path) {
  const char* names[] = {"main", "worker 1", "worker 2"};
  uint64_t latest = 0;
  for (uint64_t i = 0; i < 3; ++i) {
    thread_ = builder_.AddThread(names[i]);
    builder_.At(10 + i * 40000);
    Enter(main_, {});
    uint64_t target = calls_ + most_calls_ / 3;
    for (uint64_t order = i * 1000; calls_ < target; ++order) {
      ServeRequest(order);
      Poll(2000 + random_() % 30000);
    }
    latest = std::max(latest, builder_.now());
    if (i == 0) {
      Leave(Signed(0));
    } else {
      Enter(serve_, {Signed(4711)});
      Enter(pay_, {Signed(4711), Text("4000 0000 0000 9995")});
    }
  }
  builder_.At(latest + 400000);
  builder_.Kill();
  std::string bytes = builder_.Build();
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace
}  // namespace omnitrace::testing

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: shop_workspace FILE [CALLS]\n");
    return 2;
  }
  uint64_t calls = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 200000;
  omnitrace::testing::Shop(calls).Write(argv[1]);
}
