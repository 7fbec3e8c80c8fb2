// Recorded wide text as UTF-8.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_TEXT_ENCODING_H_
#define OMNITRACE_RUNTIME_WORKSPACE_TEXT_ENCODING_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace omnitrace::workspace {

struct Utf8Text {
  std::string text;
  bool escaped = false;
};

// `bytes` are little-endian code units of `width` bytes: UTF-16 for 2, UTF-32 for 4, as they are
// for 1. When some of the wide ones are no Unicode scalar value, all backslashes are doubled, and
// those are \xd800.
Utf8Text ToUtf8(absl::string_view bytes, uint32_t width);

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_TEXT_ENCODING_H_
