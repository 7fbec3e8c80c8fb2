// What is thrown is recorded by the fields of its class, wherever it passes: bases first, with what
// the library's own bases hold as `what` and `code`.
// RUN: %record -std=c++17 | FileCheck %s
// RUN: %record -std=c++17 -stdlib=libc++ | FileCheck %s
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

namespace foo {
struct Plain {
  int code;
  std::string text;
};
class ParseError : public std::runtime_error {
 public:
  ParseError(const std::string& what, int line) : std::runtime_error(what), line_(line) {}

 private:
  int line_;
  std::vector<int> stack_{1, 2};
};
struct Own : std::exception {
  const char* what() const noexcept override { return "nobody calls it"; }
  double ratio = 2.5;
};
struct Failure : std::system_error {
  Failure() : system_error(std::make_error_code(std::errc::no_such_file_or_directory), "open") {}
  int file = 3;
};
struct First : virtual std::runtime_error {
  First() : std::runtime_error("first") {}
  int one = 1;
};
struct Both : First {
  Both() : std::runtime_error("both") {}
  int two = 2;
};

void fail(int how) {
  struct Local {
    int inside = 5;
  };
  if (how == 0) throw Plain{7, "text"};
  if (how == 1) throw ParseError("bad token", 12);
  if (how == 2) throw Own();
  if (how == 3) throw Failure();
  if (how == 4) throw Both();
  if (how == 5) throw Local();
  if (how == 6) throw std::out_of_range("of the library");
  throw 42;
}
void pass(int how) { fail(how); }
}  // namespace foo

int main() {
  for (int how = 0; how < 8; ++how) try {
      foo::pass(how);
    } catch (...) {
    }
  // CHECK:      foo::pass(how=0) threw foo::Plain{code: 7, text: "text"}
  // CHECK-NEXT:   foo::fail(how=0) threw foo::Plain{code: 7, text: "text"}
  // CHECK:      foo::pass(how=1) threw foo::ParseError("bad token") {line_: 12, stack_: [1, 2]}
  // CHECK-NEXT:   foo::fail(how=1) threw foo::ParseError("bad token") {line_: 12, stack_: [1, 2]}
  // CHECK:      foo::pass(how=2) threw foo::Own{ratio: 2.5}
  // CHECK:      foo::pass(how=3) threw foo::Failure("open: No such file or directory") {code: {value: 2, category: generic}, file: 3}
  // CHECK:      foo::pass(how=4) threw foo::Both{what: "both", one: 1, two: 2}
  // CHECK:      foo::pass(how=5) threw foo::fail(int)::Local{inside: 5}
  // CHECK:      foo::pass(how=6) threw std::out_of_range("of the library")
  // CHECK:      foo::pass(how=7) threw int{{$}}
}
