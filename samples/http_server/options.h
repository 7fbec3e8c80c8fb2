// Options of a command line that are all of the form `--name NUMBER`.
#ifndef HTTP_SERVER_OPTIONS_H_
#define HTTP_SERVER_OPTIONS_H_

#include <initializer_list>
#include <string_view>

namespace http {

struct Option {
  std::string_view name;
  long* value;  // keeps its default when the option isn't given
  long most;    // numbers from 0 on are accepted
};

// False: something else is there; says so, and `usage`, on standard error.
bool parse_options(int argc, char** argv, std::initializer_list<Option> options,
                   std::string_view usage);

}  // namespace http

#endif  // HTTP_SERVER_OPTIONS_H_
