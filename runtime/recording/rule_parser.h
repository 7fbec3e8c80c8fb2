// Reads what an observer wants, as it stands in a live file (live_format.h). A tool wrote it, which
// is not believed: whatever the bytes are, no other ones are read.
#ifndef OMNITRACE_RUNTIME_RECORDING_RULE_PARSER_H_
#define OMNITRACE_RUNTIME_RECORDING_RULE_PARSER_H_

#include <cstdint>
#include <string_view>

#include "runtime/workspace/live_format.h"

namespace omnitrace::recording {

// Texts lie in the bytes that were parsed.
struct RuleConstant {
  LiveConstant kind;
  uint64_t bits;  // kSigned, kUnsigned
  double real;
  std::string_view text;
};

struct RuleComparison {
  LiveOperator op;
  uint32_t step_count;  // at least 1
  std::string_view steps[kMostLiveSteps];
  RuleConstant constant;
};

struct Rule {
  bool is_root;
  std::string_view globs;  // "": all functions
  uint64_t one_in;         // at least 1
  uint64_t per_second;     // 0: any number
  uint32_t comparison_count;
  RuleComparison comparisons[kMostLiveComparisons];
};

//   RuleParser parser(bytes);
//   while (parser.Next(&rule)) ...
//   if (!parser.ok()) ...
class RuleParser {
 public:
  explicit RuleParser(std::string_view bytes)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  // False: that was the last one, or the next one is malformed.
  bool Next(Rule* rule);
  bool ok() const { return ok_; }

 private:
  bool ParseComparison(RuleComparison* comparison);
  bool ParseConstant(RuleConstant* constant);
  uint64_t Number();
  std::string_view Text();
  // Whether `good` holds, as all else has.
  bool Expect(bool good);

  const char* at_;
  const char* const end_;
  uint32_t count_ = 0;
  bool ok_ = true;
};

// Whether all of it is understood.
bool AreRules(std::string_view bytes);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_RULE_PARSER_H_
