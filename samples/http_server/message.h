// Requests and responses of HTTP/1.0 and 1.1, as far as a server without uploads needs them.
#ifndef HTTP_SERVER_MESSAGE_H_
#define HTTP_SERVER_MESSAGE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace http {

inline constexpr std::string_view kHeadEnd = "\r\n\r\n";
inline constexpr size_t kMaxHead = 8192;

struct Request {
  long id = 0;
  std::string method;
  std::string path;  // without the query
  int refusal = 0;   // the status, such as 400, of what can't be answered at all; else 0
  bool keep_alive = false;
};

struct Response {
  int status = 200;
  std::string body;
};

// What a client needs to know of a response before it can read the body.
struct ResponseHead {
  int status = 0;
  size_t body_size = 0;
  bool keep_alive = false;
};

// `head` is all in front of kHeadEnd. What is refused has to be the last request of its connection,
// because nobody knows where it ends.
Request parse_request(std::string_view head);

std::optional<ResponseHead> parse_response_head(std::string_view head);

std::string to_text(const Response& response, bool keep_alive);

}  // namespace http

#endif  // HTTP_SERVER_MESSAGE_H_
