// What all observers want at one time, and what that means for each function of a recording. It
// refers to no object of the program, and to no file.
#ifndef OMNITRACE_RUNTIME_RECORDING_RULE_SET_H_
#define OMNITRACE_RUNTIME_RECORDING_RULE_SET_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/recording/argument_test.h"
#include "runtime/workspace/live_format.h"

namespace omnitrace::recording {

// There is no room for functions with higher ids: their calls go to everybody who has turned them
// on.
inline constexpr uint32_t kMostRuledFunctions = 1 << 16;

// Numbers that rules keep: of each function and observer one for roots, and one for all else.
inline constexpr size_t kRuleStates = size_t{kMostRuledFunctions} * kLiveObservers * 2;
inline size_t RuleState(uint32_t id, uint32_t observer, bool root) {
  return (size_t{id} * kLiveObservers + observer) * 2 + (root ? 1 : 0);
}

// What a rule says about the calls of one function.
struct Clause {
  bool none;            // no rule is for it
  uint32_t one_in;      // of a thread's calls that pass the tests, one of each so many
  uint32_t per_second;  // 0: any number
  uint32_t test_count;
  const ArgumentTest* tests;  // all must hold
};

// What one observer wants of them.
struct Wish {
  uint32_t observer;
  bool rooted;  // only what `root` holds for, and what that calls as far as `plain` holds for it
  Clause plain, root;
};

// Of a function that there is no room for: nothing, and so everything is wanted.
struct FunctionRules {
  uint32_t count;     // of wishes: one of each observer that has rules
  uint8_t observers;  // that have
  const Wish* wishes;
};

// Of an observer; empty: everything.
struct OwnRules {
  LiveObserver owner;
  std::string_view bytes;
};

// In memory that is all zeros at first. Written with the session's lock held; read without it, by
// threads that hold it (live_rules.cc).
class RuleSet {
 public:
  // Empty, and for functions of this recording.
  void Start(uint64_t epoch);
  // The rules of who has an observer's place, which it copies; what is malformed leaves it without
  // rules. `stamp` is another number than that of rules it had before, and of those another
  // observer had.
  void Take(uint32_t observer, const OwnRules& rules, uint32_t stamp);
  // Those of another set.
  void TakeAll(const RuleSet& other, uint32_t stamp);
  bool Has(uint32_t observer, const OwnRules& rules) const;

  uint64_t epoch() const { return epoch_; }
  uint8_t observers() const { return observers_; }  // that have rules
  // Those of them that still have their places, of which this is who has them now.
  uint8_t PresentObservers(const LiveObserver* present) const;
  uint32_t stamp(uint32_t observer) const { return stamps_[observer]; }
  bool samples() const { return samples_; }
  bool limits() const { return limits_; }

  // Where limits are counted, by RuleState(), and by which clock; null: nowhere, nothing is
  // limited.
  void CountLimits(uint64_t* states, uint64_t ticks_per_second) {
    limit_states_ = ticks_per_second == 0 ? nullptr : states;
    ticks_per_second_ = ticks_per_second;
  }
  uint64_t* limit_states() const { return limit_states_; }
  uint64_t ticks_per_second() const { return ticks_per_second_; }

  // Finds out what the rules mean for a function.
  void Add(const Site& site, uint32_t id);
  // Null: that isn't found out yet.
  const FunctionRules* Find(uint32_t id) const {
    uint32_t place = kNoRoom;
    if (id < kMostRuledFunctions) place = __atomic_load_n(&places_[id], __ATOMIC_ACQUIRE);
    return place == 0 ? nullptr : reinterpret_cast<const FunctionRules*>(memory_ + place);
  }

 private:
  static constexpr uint32_t kMemory = 2 << 20;
  // In memory_, of the rules of functions that there is no room for. 0 is no place.
  static constexpr uint32_t kNoRoom = alignof(FunctionRules);

  std::string_view Rules(uint32_t observer) const { return {rules_[observer], sizes_[observer]}; }
  FunctionRules* MakeRules(const Site& site);
  bool MakeWish(const Site& site, uint32_t observer, Wish* wish);
  bool MakeClause(const Site& site, const Rule& rule, Clause* clause);
  void Note(const Rule& rule);
  void* Allocate(size_t bytes);

  uint64_t epoch_;
  uint8_t observers_;
  uint32_t observer_count_;
  bool samples_, limits_;
  uint64_t* limit_states_;
  uint64_t ticks_per_second_;
  uint32_t stamps_[kLiveObservers];
  LiveObserver owners_[kLiveObservers];
  uint32_t sizes_[kLiveObservers];
  uint32_t used_;
  char rules_[kLiveObservers][kLiveRuleBytes];
  uint32_t places_[kMostRuledFunctions];  // in memory_, by id
  alignas(64) char memory_[kMemory];
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_RULE_SET_H_
