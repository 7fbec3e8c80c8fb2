#include "runtime/recording/call_judge.h"

#include "runtime/recording/live_file.h"
#include "runtime/recording/live_rules.h"

namespace omnitrace::recording {
namespace {

// Of the state of a limit: 16 bits of a stamp, 24 of a second, and the calls in that.
constexpr uint64_t kCountMask = (1 << 24) - 1;
constexpr int kMostTries = 4;

// The rules in force, which stay as they are meanwhile. The order of the two sides is this store's
// on this one, and the load's of ThreadLogs::GoBy() on the other: who replaces them sees that they
// are used, or this thread that they are replaced, and takes the others: between two calls that
// were counted none may go uncounted.
class RulesInUse {
 public:
  explicit RulesInUse(ThreadLog* log) : log_(log) {
    RuleSet* present = present_rules.load(std::memory_order_acquire);
    for (int i = 0; i < kMostTries && set_ != present; ++i) {
      set_ = present;
      __atomic_store_n(&log_->rules, set_, __ATOMIC_SEQ_CST);
      present = present_rules.load(std::memory_order_seq_cst);
    }
    if (set_ != present) set_ = nullptr;
  }
  ~RulesInUse() { __atomic_store_n(&log_->rules, nullptr, __ATOMIC_RELEASE); }
  RulesInUse(const RulesInUse&) = delete;
  RulesInUse& operator=(const RulesInUse&) = delete;

  const RuleSet* get() const { return set_; }

 private:
  ThreadLog* const log_;
  const RuleSet* set_ = nullptr;
};

// Where in a cycle of `one_in` calls, of which the one at 0 is wanted, a thread's first call lies.
// If each thread began at 0, most calls would be wanted where threads live for a request only.
// Multiples of the golden ratio lie evenly in any sequence of threads, every second one, too.
uint32_t PhaseOf(uint32_t thread, uint32_t one_in) {
  constexpr uint32_t kGolden = 0x9e3779b9;  // of 2^32
  return static_cast<uint32_t>(uint64_t{(thread - 1) * kGolden} * one_in >> 32);
}

// What one observer's rules say about a call.
class Question {
 public:
  Question(ThreadLog* log, const RuleSet& set, const Wish& wish, uint32_t id, const char* block)
      : log_(log),
        set_(set),
        wish_(wish),
        stamp_(set.stamp(wish.observer)),
        id_(id),
        block_(block) {}

  bool IsWanted() const {
    if (!wish_.rooted || IsInsideRoot()) return Passes(wish_.plain);
    log_->roots[wish_.observer] = {};
    if (!Passes(wish_.root)) return false;
    log_->roots[wish_.observer] = {stamp_, log_->depth() + 1, id_};
    return true;
  }

 private:
  // A call that isn't deeper than the root says that this has ended; so no call of another depth
  // can be taken for it.
  bool IsInsideRoot() const {
    const OpenRoot& root = log_->roots[wish_.observer];
    return root.depth != 0 && root.stamp == stamp_ && root.depth <= log_->depth() &&
           log_->frames.FunctionAt(root.depth) == root.function;
  }

  bool Passes(const Clause& clause) const {
    if (clause.none) return false;
    for (uint32_t i = 0; i < clause.test_count; ++i) {
      if (!Holds(clause.tests[i], block_, *log_)) return false;
    }
    return IsSampled(clause) && IsWithinLimit(clause);
  }

  size_t StateOf(const Clause& clause) const {
    return RuleState(id_, wish_.observer, &clause == &wish_.root);
  }

  bool IsSampled(const Clause& clause) const {
    if (clause.one_in == 1) return true;
    uint64_t* samples = __atomic_load_n(&log_->samples, __ATOMIC_ACQUIRE);
    if (samples == nullptr) return true;
    uint64_t* state = &samples[StateOf(clause)];
    bool has_begun = *state >> 32 == stamp_;
    uint32_t before =
        has_begun ? static_cast<uint32_t>(*state) : PhaseOf(log_->thread, clause.one_in);
    uint32_t behind = before + 1 == clause.one_in ? 0 : before + 1;
    *state = uint64_t{stamp_} << 32 | behind;
    return before == 0;
  }

  bool IsWithinLimit(const Clause& clause) const {
    if (clause.per_second == 0 || set_.limit_states() == nullptr) return true;
    uint64_t second = log_->Now() / set_.ticks_per_second();
    uint64_t tag = uint64_t{stamp_} << 48 | (second << 24 & ~(~uint64_t{0} << 48));
    uint64_t* state = &set_.limit_states()[StateOf(clause)];
    uint64_t seen = __atomic_load_n(state, __ATOMIC_RELAXED);
    for (int i = 0; i < kMostTries; ++i) {
      uint64_t count = (seen & ~kCountMask) == tag ? seen & kCountMask : 0;
      if (count >= clause.per_second) return false;
      if (__atomic_compare_exchange_n(state, &seen, tag | (count + 1), true, __ATOMIC_RELAXED,
                                      __ATOMIC_RELAXED)) {
        return true;
      }
    }
    return false;
  }

  ThreadLog* const log_;
  const RuleSet& set_;
  const Wish& wish_;
  const uint32_t stamp_, id_;
  const char* const block_;
};

uint16_t Judge(ThreadLog* log, const RuleSet& set, uint8_t asked, uint32_t id, const char* block) {
  const FunctionRules* rules = set.Find(id);
  if (rules == nullptr) return kForAll;
  // Who has turned it off since the call found it on wants no more than before.
  uint8_t asking = asked == 0 ? set.observers() : asked & kLiveObserverBits;
  // The rules may be those of somebody whose place another one has by now.
  uint8_t judged = asking & set.PresentObservers(GetLiveFile()->header()->observers);
  if (judged == 0) return kForAll;
  uint8_t wanted = asking & static_cast<uint8_t>(~(judged & rules->observers));
  for (uint32_t i = 0; i < rules->count; ++i) {
    const Wish& wish = rules->wishes[i];
    uint8_t bit = LiveObserverBit(wish.observer);
    if ((judged & bit) == 0) continue;
    if (Question(log, set, wish, id, block).IsWanted()) wanted |= bit;
  }
  wanted |= asked & kSwitchOn;
  return wanted == 0 ? 0 : static_cast<uint16_t>(judged << 8 | wanted);
}

}  // namespace

uint16_t JudgeCall(ThreadLog* log, const Site& site, uint32_t id, const char* block) {
  uint8_t asked = kSwitchOn;
  if (site.enabled != nullptr) {
    asked = __atomic_load_n(site.enabled, __ATOMIC_RELAXED) & (kSwitchOn | kLiveObserverBits);
  }
  if (asked == kSwitchOn) return kForAll;
  RecordScope scope(log);
  RulesInUse rules(log);
  const RuleSet* set = rules.get();
  if (set == nullptr || set->epoch() != log->epoch || !GetLiveFile()->is_open()) return kForAll;
  return Judge(log, *set, asked, id, block);
}

}  // namespace omnitrace::recording
