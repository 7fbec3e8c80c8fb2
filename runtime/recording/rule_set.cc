#include "runtime/recording/rule_set.h"

#include <new>

#include "runtime/recording/copy.h"
#include "runtime/recording/rule_parser.h"
#include "runtime/workspace/glob.h"

namespace omnitrace::recording {
namespace {

constexpr uint64_t kMostOneIn = UINT32_MAX;
constexpr uint64_t kMostPerSecond = (1 << 24) - 1;

uint32_t Bounded(uint64_t number, uint64_t most) {
  return static_cast<uint32_t>(number < most ? number : most);
}

bool IsSame(const LiveObserver& a, const LiveObserver& b) {
  return __atomic_load_n(&a.pid, __ATOMIC_RELAXED) == b.pid &&
         __atomic_load_n(&a.start_time, __ATOMIC_RELAXED) == b.start_time;
}

bool IsFor(const Rule& rule, const Site& site) {
  return rule.globs.empty() || GlobMatches(rule.globs, NameOf(site));
}

}  // namespace

void RuleSet::Start(uint64_t epoch) {
  epoch_ = epoch;
  observers_ = 0;
  observer_count_ = 0;
  samples_ = limits_ = false;
  for (uint32_t& size : sizes_) size = 0;
  for (uint32_t& place : places_) {
    if (place != 0) place = 0;
  }
  new (memory_ + kNoRoom) FunctionRules();
  used_ = kNoRoom + sizeof(FunctionRules);
}

void RuleSet::Take(uint32_t observer, const OwnRules& rules, uint32_t stamp) {
  if (rules.bytes.empty() || rules.bytes.size() > kLiveRuleBytes) return;
  CopyBytes(rules_[observer], rules.bytes.data(), rules.bytes.size());
  owners_[observer] = rules.owner;
  sizes_[observer] = static_cast<uint32_t>(rules.bytes.size());
  stamps_[observer] = stamp;
  // Of the copy: of what was given, somebody else may write to it.
  if (!AreRules(Rules(observer))) return;
  observers_ |= LiveObserverBit(observer);
  ++observer_count_;
  RuleParser parser(Rules(observer));
  Rule rule;
  while (parser.Next(&rule)) Note(rule);
}

void RuleSet::Note(const Rule& rule) {
  samples_ |= rule.one_in > 1;
  limits_ |= rule.per_second != 0;
}

void RuleSet::TakeAll(const RuleSet& other, uint32_t stamp) {
  for (uint32_t i = 0; i < kLiveObservers; ++i) {
    Take(i, {other.owners_[i], other.Rules(i)}, stamp + i);
  }
}

bool RuleSet::Has(uint32_t observer, const OwnRules& rules) const {
  if (rules.bytes.empty()) return sizes_[observer] == 0;
  return IsSame(owners_[observer], rules.owner) && Rules(observer) == rules.bytes;
}

uint8_t RuleSet::PresentObservers(const LiveObserver* present) const {
  uint8_t bits = 0;
  for (uint32_t i = 0; i < kLiveObservers; ++i) {
    uint8_t bit = observers_ & LiveObserverBit(i);
    if (bit != 0 && IsSame(present[i], owners_[i])) bits |= bit;
  }
  return bits;
}

void RuleSet::Add(const Site& site, uint32_t id) {
  if (Find(id) != nullptr) return;
  uint32_t place = kNoRoom;
  if (const FunctionRules* rules = MakeRules(site)) {
    place = static_cast<uint32_t>(reinterpret_cast<const char*>(rules) - memory_);
  }
  __atomic_store_n(&places_[id], place, __ATOMIC_RELEASE);
}

// Null: there is no room.
FunctionRules* RuleSet::MakeRules(const Site& site) {
  void* memory = Allocate(sizeof(FunctionRules));
  void* wishes = memory == nullptr ? nullptr : Allocate(observer_count_ * sizeof(Wish));
  if (wishes == nullptr) return nullptr;
  auto* wish = static_cast<Wish*>(wishes);
  for (uint32_t i = 0; i < kLiveObservers; ++i) {
    if ((observers_ & LiveObserverBit(i)) == 0) continue;
    if (!MakeWish(site, i, new (wish++) Wish())) return nullptr;
  }
  return new (memory) FunctionRules{observer_count_, observers_, static_cast<Wish*>(wishes)};
}

// Of the rules of a kind the first that is for the function counts.
bool RuleSet::MakeWish(const Site& site, uint32_t observer, Wish* wish) {
  constexpr Clause kNone = {true, 1, 0, 0, nullptr};
  *wish = {observer, false, kNone, kNone};
  bool any_plain = false;
  RuleParser parser(Rules(observer));
  Rule rule;
  while (parser.Next(&rule)) {
    wish->rooted |= rule.is_root;
    any_plain |= !rule.is_root;
    Clause* clause = rule.is_root ? &wish->root : &wish->plain;
    if (clause->none && IsFor(rule, site) && !MakeClause(site, rule, clause)) return false;
  }
  // With nothing said but what the roots are, all that they call is wanted.
  if (!any_plain) wish->plain.none = false;
  return true;
}

bool RuleSet::MakeClause(const Site& site, const Rule& rule, Clause* clause) {
  void* memory = Allocate(rule.comparison_count * sizeof(ArgumentTest));
  if (memory == nullptr) return false;
  clause->none = false;
  clause->one_in = Bounded(rule.one_in, kMostOneIn);
  clause->per_second = Bounded(rule.per_second, kMostPerSecond);
  auto* tests = static_cast<ArgumentTest*>(memory);
  clause->tests = tests;
  for (uint32_t i = 0; i < rule.comparison_count; ++i) {
    ArgumentTest test;
    if (!MakeTest(site, rule.comparisons[i], &test)) continue;
    new (&tests[clause->test_count++]) ArgumentTest(test);
  }
  return true;
}

void* RuleSet::Allocate(size_t bytes) {
  constexpr size_t kAlign = alignof(ArgumentTest) > alignof(FunctionRules) ? alignof(ArgumentTest)
                                                                           : alignof(FunctionRules);
  static_assert(alignof(RuleSet) % kAlign == 0);
  size_t first = (used_ + kAlign - 1) / kAlign * kAlign;
  if (bytes > kMemory - first) return nullptr;
  used_ = static_cast<uint32_t>(first + bytes);
  return memory_ + first;
}

}  // namespace omnitrace::recording
