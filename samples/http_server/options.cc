#include "options.h"

#include <algorithm>
#include <charconv>
#include <iostream>

namespace http {

namespace {

bool read_value(std::string_view text, const Option& option) {
  long value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  *option.value = value;
  return value >= 0 && value <= option.most;
}

}  // namespace

bool parse_options(int argc, char** argv, std::initializer_list<Option> options,
                   std::string_view usage) {
  for (int i = 1; i < argc; i += 2) {
    auto option = std::find_if(options.begin(), options.end(),
                               [&](const Option& each) { return each.name == argv[i]; });
    if (option == options.end()) {
      std::cerr << "unknown option: " << argv[i] << "\n" << usage;
      return false;
    }
    if (i + 1 == argc || !read_value(argv[i + 1], *option)) {
      std::cerr << option->name << " needs a number from 0 to " << option->most << "\n" << usage;
      return false;
    }
  }
  return true;
}

}  // namespace http
