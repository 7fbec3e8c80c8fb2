#include "runtime/recording/start_time.h"

#include "runtime/recording/system_calls.h"
#include "runtime/recording/text.h"

namespace omnitrace::recording {
namespace {

constexpr int kStartTimeField = 22;

}  // namespace

// The second field, a name in parentheses, may hold anything. The third is Z of one that has ended,
// but whose parent has not noticed.
uint64_t StartTimeOf(uint64_t pid) {
  Text<64> path;
  path << "/proc/" << pid << "/stat";
  char text[1024];
  size_t size = ReadFile(path.c_str(), text, sizeof(text));
  size_t at = size;
  while (at > 0 && text[at - 1] != ')') --at;
  if (at + 1 < size && (text[at + 1] == 'Z' || text[at + 1] == 'X')) return 0;
  int field = 2;
  uint64_t time = 0;
  for (; at < size && field <= kStartTimeField; ++at) {
    if (text[at] == ' ') {
      ++field;
    } else if (field == kStartTimeField && text[at] >= '0' && text[at] <= '9') {
      time = time * 10 + static_cast<uint64_t>(text[at] - '0');
    }
  }
  return time;
}

}  // namespace omnitrace::recording
