// A call of a function with arguments of all types that rules compare, twice: as the process has it
// in memory, and as a workspace has it. Behind each object lies a page that nobody may read.
#ifndef OMNITRACE_TESTS_FUZZ_RULES_TRACED_CALL_H_
#define OMNITRACE_TESTS_FUZZ_RULES_TRACED_CALL_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "runtime/workspace/reader.h"
#include "tests/fuzz/bytes.h"
#include "tests/unit/recording/described_program.h"
#include "tools/live/live_event.h"

namespace omnitrace::fuzz {

class GuardedMemory {
 public:
  // At most a page.
  explicit GuardedMemory(size_t size);
  char* begin() const { return begin_; }
  size_t size() const { return size_; }

 private:
  const size_t size_;
  char* begin_;
};

// shop::f(n, u, flag, c, real, single, coin, kind, text, held, name, order); `order` has the fields
// id, text and price.
class TracedCall {
 public:
  TracedCall();
  // The values; then come the texts, a line each.
  void Fill(Bytes* input);
  // Any bytes in place of what Fill() put into the block and into objects, until it is called
  // again.
  void Garble(Bytes* input);

  const Site& site() { return *function_.site(); }
  const char* block() const { return block_.begin(); }
  // The call's entry; valid until the next Fill().
  tools::LiveEvent event() const;

 private:
  testing::TracedFunction function_;
  GuardedMemory block_, text_, held_, order_;
  std::string texts_[3];
  std::unique_ptr<workspace::Reader> reader_;
  std::string encoded_;
};

}  // namespace omnitrace::fuzz

#endif  // OMNITRACE_TESTS_FUZZ_RULES_TRACED_CALL_H_
