// What observers want of calls. Any bytes as rules, and any objects as what they are about: the
// process reads nothing else. Any condition: the process understands what tools make of it, and
// leaves out no call that meets it.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "runtime/recording/argument_test.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/rule_parser.h"
#include "runtime/recording/rule_set.h"
#include "runtime/recording/system_calls.h"
#include "runtime/recording/thread_log.h"
#include "tests/fuzz/bytes.h"
#include "tests/fuzz/rules/traced_call.h"
#include "tools/live/live_condition.h"
#include "tools/live/live_rules.h"
#include "tools/where/conjuncts.h"
#include "tools/where/parser.h"

namespace omnitrace::fuzz {
namespace {

using recording::ArgumentTest;
using recording::RuleSet;

void Check(bool good) {
  if (!good) abort();
}

const recording::ThreadLog& Log() {
  static const recording::ThreadLog* const log = [] {
    auto* made = new recording::ThreadLog();
    made->tid = recording::ThreadId();
    made->scratch = new char[recording::kScratchBytes];
    return made;
  }();
  return *log;
}

TracedCall& TheCall() {
  static auto* const call = new TracedCall;
  return *call;
}

// In memory that ends where they do.
std::string_view Guarded(std::string_view bytes) {
  static const GuardedMemory memory(4096);
  char* begin = memory.begin() + memory.size() - bytes.size();
  bytes.copy(begin, bytes.size());
  return {begin, bytes.size()};
}

void Ask(const recording::Clause& clause, TracedCall& call) {
  for (uint32_t i = 0; i < clause.test_count; ++i) {
    bool holds = recording::Holds(clause.tests[i], call.block(), Log());
    Check(holds == recording::Holds(clause.tests[i], call.block(), Log()));
  }
}

//   input = values as TracedCall takes them, u8 observers, u16 size of each's rules, rules, what is
//           in place of the values
void AskAnything(Bytes input) {
  static auto* const set = static_cast<RuleSet*>(recording::MapMemory(sizeof(RuleSet)));
  TracedCall& call = TheCall();
  call.Fill(&input);
  set->Start(1);
  uint32_t observers = input.Take<uint8_t>() % (kLiveObservers + 1);
  for (uint32_t i = 0; i < observers; ++i) {
    std::string_view rules = Guarded(input.TakeText(input.Take<uint16_t>() % 4096));
    set->Take(i, {{100 + i, 7}, rules}, i + 1);
    bool understood = !rules.empty() && recording::AreRules(rules);
    Check(understood == ((set->observers() & LiveObserverBit(i)) != 0));
  }
  constexpr uint32_t kId = 7;
  set->Add(call.site(), kId);
  call.Garble(&input);
  const recording::FunctionRules* rules = set->Find(kId);
  Check(rules != nullptr);
  for (uint32_t i = 0; i < rules->count; ++i) {
    Ask(rules->wishes[i].plain, call);
    Ask(rules->wishes[i].root, call);
  }
}

// What the process makes of rules that a tool wrote.
struct Answer {
  bool whole = true;   // it can tell of all comparisons
  bool wanted = true;  // all that it can tell of hold
};

Answer AskProcess(std::string_view rules, TracedCall& call) {
  Answer answer;
  recording::RuleParser parser(rules);
  auto rule = std::make_unique<recording::Rule>();
  Check(parser.Next(rule.get()));
  for (uint32_t i = 0; i < rule->comparison_count; ++i) {
    ArgumentTest test;
    bool known = recording::MakeTest(call.site(), rule->comparisons[i], &test);
    answer.whole &= known;
    answer.wanted &= !known || recording::Holds(test, call.block(), Log());
  }
  return answer;
}

//   input = values, condition
void AskBoth(Bytes input) {
  TracedCall& call = TheCall();
  call.Fill(&input);
  absl::string_view text(input.rest().data(), input.rest().size());
  absl::StatusOr<where::Expression> condition = where::Parse(text);
  if (!condition.ok()) return;
  tools::LiveCondition live({*condition});
  tools::LiveRule rule;
  rule.comparisons = live.Comparisons();
  absl::StatusOr<std::string> rules = tools::EncodeRules({rule});
  if (!rules.ok()) return;
  Check(recording::AreRules(*rules));
  Answer answer = AskProcess(*rules, call);
  bool holds = live.Holds(call.event());
  bool whole = answer.whole && rule.comparisons.size() == where::Conjuncts(*condition).size();
  bool agree = whole ? answer.wanted == holds : answer.wanted || !holds;
  if (!agree) fprintf(stderr, "%s %d\n", std::string(text).c_str(), holds ? 1 : 0);
  Check(agree);
}

}  // namespace
}  // namespace omnitrace::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  omnitrace::fuzz::Bytes input(data, size);
  if (input.Take<uint8_t>() % 2 == 0) {
    omnitrace::fuzz::AskAnything(input);
  } else {
    omnitrace::fuzz::AskBoth(input);
  }
  return 0;
}
