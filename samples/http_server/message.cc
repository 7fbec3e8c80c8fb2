#include "message.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace http {

namespace {

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string::npos;
  });
}

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isgraph(c); });
}

bool is_same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

// Takes what stands in front of the first `mark`, and the mark.
std::string_view cut(std::string_view& rest, std::string_view mark) {
  size_t size = std::min(rest.find(mark), rest.size());
  std::string_view taken = rest.substr(0, size);
  rest.remove_prefix(std::min(size + mark.size(), rest.size()));
  return taken;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

struct Fields {
  bool well_formed = true;
  bool keep_alive = false;
  bool chunked = false;
  size_t body_size = 0;
};

Fields parse_fields(std::string_view lines, bool keep_alive) {
  Fields fields;
  fields.keep_alive = keep_alive;
  while (!lines.empty()) {
    std::string_view line = cut(lines, "\r\n");
    fields.well_formed &= line.find(':') != std::string::npos;
    std::string_view name = cut(line, ":"), value = trim(line);
    fields.well_formed &= is_token(name);
    if (is_same(name, "connection")) {
      fields.keep_alive = !is_same(value, "close") && (keep_alive || is_same(value, "keep-alive"));
    } else if (is_same(name, "transfer-encoding")) {
      fields.chunked = true;
    } else if (is_same(name, "content-length")) {
      fields.well_formed &= read_number(value, fields.body_size);
    }
  }
  return fields;
}

int refusal_of(const Request& request, std::string_view target, std::string_view version,
               const Fields& fields) {
  if (!is_token(request.method) || target.empty() || target[0] != '/' || !is_visible(target) ||
      version.substr(0, 5) != "HTTP/" || !is_visible(version) || !fields.well_formed) {
    return 400;
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return 505;
  if (request.method != "GET") return 501;
  return fields.chunked || fields.body_size > 0 ? 413 : 0;
}

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 413:
      return "Content Too Large";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 505:
      return "HTTP Version Not Supported";
  }
  return "Unknown";
}

}  // namespace

Request parse_request(std::string_view head) {
  Request request;
  request.refusal = 431;
  if (head.size() >= kMaxHead) return request;
  std::string_view line = cut(head, "\r\n");
  request.method = cut(line, " ");
  std::string_view target = cut(line, " ");
  request.path = target.substr(0, target.find('?'));
  Fields fields = parse_fields(head, line == "HTTP/1.1");
  request.refusal = refusal_of(request, target, line, fields);
  request.keep_alive = fields.keep_alive && request.refusal == 0;
  return request;
}

std::optional<ResponseHead> parse_response_head(std::string_view head) {
  std::string_view line = cut(head, "\r\n");
  std::string_view version = cut(line, " ");
  ResponseHead response;
  Fields fields = parse_fields(head, version == "HTTP/1.1");
  if (!read_number(cut(line, " "), response.status) || !fields.well_formed) return std::nullopt;
  response.body_size = fields.body_size;
  response.keep_alive = fields.keep_alive;
  return response;
}

std::string to_text(const Response& response, bool keep_alive) {
  return "HTTP/1.1 " + std::to_string(response.status) + " " +
         std::string(reason(response.status)) +
         "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(response.body.size()) +
         "\r\nConnection: " + (keep_alive ? "keep-alive" : "close") + "\r\n\r\n" + response.body;
}

}  // namespace http
