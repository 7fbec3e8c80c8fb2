#include "runtime/recording/live_rules.h"

#include <errno.h>
#include <sys/mman.h>

#include "runtime/recording/live_file.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/session.h"
#include "runtime/recording/site_switch.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// Some threads may still go by earlier rules; of those one is reused that none goes by. When there
// is none, nothing is filtered until the next change.
constexpr uint32_t kSets = 4;

constexpr size_t kStates = size_t{kMostRuledFunctions} * kLiveObservers;
constexpr size_t kStateBytes = kStates * sizeof(uint64_t);
// Of a state of a limit: 16 bits of a stamp, 24 of a second, and the calls in that.
constexpr uint64_t kCountMask = (1 << 24) - 1;
constexpr int kMostTries = 4;

// Inherited by forked children. Guarded by the session's lock, but for what the states say.
OMNITRACE_CONSTINIT RuleSet* sets = nullptr;
OMNITRACE_CONSTINIT uint64_t* limit_states = nullptr;
OMNITRACE_CONSTINIT uint32_t stamps = 0;
OMNITRACE_CONSTINIT uint64_t ticks_per_second = 1;

size_t StateOf(uint32_t id, uint32_t observer) { return size_t{id} * kLiveObservers + observer; }

// The rules in force, which stay as they are meanwhile. The order of the two sides is this store's
// on this one, and the load's of IsInUse() on the other: who replaces them sees that they are used,
// or this thread that they are replaced.
class RulesInUse {
 public:
  explicit RulesInUse(ThreadLog* log) : log_(log) {
    set_ = present_rules.load(std::memory_order_acquire);
    __atomic_store_n(&log_->rules, set_, __ATOMIC_SEQ_CST);
    if (present_rules.load(std::memory_order_seq_cst) != set_) set_ = nullptr;
  }
  ~RulesInUse() { __atomic_store_n(&log_->rules, nullptr, __ATOMIC_RELEASE); }
  RulesInUse(const RulesInUse&) = delete;
  RulesInUse& operator=(const RulesInUse&) = delete;

  const RuleSet* get() const { return set_; }

 private:
  ThreadLog* const log_;
  const RuleSet* set_;
};

bool IsSampled(ThreadLog* log, const Wish& wish, uint32_t id, uint32_t stamp) {
  uint64_t* samples = __atomic_load_n(&log->samples, __ATOMIC_ACQUIRE);
  if (wish.one_in == 1 || samples == nullptr) return true;
  uint64_t* state = &samples[StateOf(id, wish.observer)];
  uint32_t before = *state >> 32 == stamp ? static_cast<uint32_t>(*state) : 0;
  uint32_t behind = before + 1 == wish.one_in ? 0 : before + 1;
  *state = uint64_t{stamp} << 32 | behind;
  return before == 0;
}

bool IsWithinLimit(ThreadLog* log, const Wish& wish, uint32_t id, uint32_t stamp) {
  if (wish.per_second == 0 || limit_states == nullptr) return true;
  uint64_t second = log->Now() / ticks_per_second;
  uint64_t tag = uint64_t{stamp} << 48 | (second << 24 & ~(~uint64_t{0} << 48));
  uint64_t* state = &limit_states[StateOf(id, wish.observer)];
  uint64_t seen = __atomic_load_n(state, __ATOMIC_RELAXED);
  for (int i = 0; i < kMostTries; ++i) {
    uint64_t count = (seen & ~kCountMask) == tag ? seen & kCountMask : 0;
    if (count >= wish.per_second) return false;
    if (__atomic_compare_exchange_n(state, &seen, tag | (count + 1), true, __ATOMIC_RELAXED,
                                    __ATOMIC_RELAXED)) {
      return true;
    }
  }
  return false;
}

bool Wants(ThreadLog* log, const Wish& wish, uint32_t id, uint32_t stamp, const char* block) {
  if (wish.none) return false;
  for (uint32_t i = 0; i < wish.test_count; ++i) {
    if (!Holds(wish.tests[i], block, *log)) return false;
  }
  return IsSampled(log, wish, id, stamp) && IsWithinLimit(log, wish, id, stamp);
}

uint8_t Judge(ThreadLog* log, const RuleSet& set, uint8_t asked, uint32_t id, const char* block) {
  const FunctionRules* rules = set.Find(id);
  if (rules == nullptr) return kForAll;
  // Who has turned it off since the call found it on wants no more than before.
  uint8_t asking = asked & kLiveObserverBits;
  if (asked == 0) asking = rules->observers;
  uint8_t wanted = asking & static_cast<uint8_t>(~rules->observers);
  for (uint32_t i = 0; i < rules->count; ++i) {
    const Wish& wish = rules->wishes[i];
    uint8_t bit = LiveObserverBit(wish.observer);
    if ((asking & bit) == 0) continue;
    if (Wants(log, wish, id, set.stamp(wish.observer), block)) wanted |= bit;
  }
  if (wanted == asking) return kForAll;
  return wanted | (asked & kSwitchOn);
}

bool IsInUse(const RuleSet* set) {
  return set == present_rules.load(std::memory_order_relaxed) || GetSession()->GoesBy(set);
}

RuleSet* FindFreeSet() {
  if (sets == nullptr) sets = static_cast<RuleSet*>(MapMemory(kSets * sizeof(RuleSet)));
  for (uint32_t i = 0; sets != nullptr && i < kSets; ++i) {
    if (!IsInUse(&sets[i])) return &sets[i];
  }
  return nullptr;
}

// What all observers have written, each for itself: another one's rules, in its place, are none.
class Areas {
 public:
  // With the session's lock held, as all share the memory.
  explicit Areas(long descriptor) {
    for (uint32_t i = 0; i < kLiveObservers; ++i) rules_[i] = Read(descriptor, i, memory_[i]);
  }

  std::string_view rules(uint32_t observer) const { return rules_[observer]; }
  bool Differ(const RuleSet* before) const {
    for (uint32_t i = 0; i < kLiveObservers; ++i) {
      if (before == nullptr ? !rules_[i].empty() : !before->Has(i, rules_[i])) return true;
    }
    return false;
  }

 private:
  static std::string_view Read(long descriptor, uint32_t i, char* memory) {
    uint64_t offset = kLiveRules + i * kLiveRuleBytes;
    LiveRulesHeader header = {};
    SystemCall(SYS_pread64, descriptor, &header, sizeof(header), offset);
    const LiveObserver& observer = GetLiveFile()->header()->observers[i];
    bool own = header.observer.pid == observer.pid &&
               header.observer.start_time == observer.start_time && observer.pid != 0;
    if (!own || header.size > kLiveRuleBytes - sizeof(header)) return {};
    long read = SystemCall(SYS_pread64, descriptor, memory, header.size, offset + sizeof(header));
    bool whole = !Failed(read) && static_cast<uint64_t>(read) == header.size;
    return whole ? std::string_view(memory, header.size) : std::string_view();
  }

  static char memory_[kLiveObservers][kLiveRuleBytes];
  std::string_view rules_[kLiveObservers];
};
OMNITRACE_CONSTINIT char Areas::memory_[kLiveObservers][kLiveRuleBytes] = {};

void Prepare(const RuleSet& set) {
  Session* session = GetSession();
  ticks_per_second = session->ToTicks(1'000'000'000);
  if (ticks_per_second == 0) ticks_per_second = 1;
  if (set.limits() && limit_states == nullptr) {
    limit_states = static_cast<uint64_t*>(MapMemory(kStateBytes));
  }
  if (set.samples()) session->KeepSamples();
}

void PutInForce(RuleSet* set) {
  present_rules.store(set, std::memory_order_seq_cst);
  if (set != nullptr) Prepare(*set);
}

// For another recording, whose functions have other ids.
void Renew(uint64_t epoch) {
  const RuleSet* before = present_rules.load(std::memory_order_relaxed);
  RuleSet* set = FindFreeSet();
  if (set != nullptr) {
    set->Start(epoch);
    set->TakeAll(*before, stamps + 1);
    stamps += kLiveObservers;
  }
  PutInForce(set);
}

}  // namespace

OMNITRACE_CONSTINIT std::atomic<RuleSet*> present_rules{nullptr};

uint8_t JudgeCall(ThreadLog* log, const Site& site, uint32_t id, const char* block) {
  uint8_t asked = kSwitchOn;
  if (site.enabled != nullptr) {
    asked = __atomic_load_n(site.enabled, __ATOMIC_RELAXED) & (kSwitchOn | kLiveObserverBits);
  }
  if (asked == kSwitchOn) return kForAll;
  RecordScope scope(log);
  RulesInUse rules(log);
  const RuleSet* set = rules.get();
  if (set == nullptr || set->epoch() != log->epoch) return kForAll;
  return Judge(log, *set, asked, id, block);
}

void ReadRules() {
  LiveFile* live = GetLiveFile();
  const RuleSet* before = present_rules.load(std::memory_order_relaxed);
  long descriptor = live->is_open() ? live->OpenAgain() : -ESTALE;
  if (Failed(descriptor)) return PutInForce(nullptr);
  Areas areas(descriptor);
  SystemCall(SYS_close, descriptor);
  if (!areas.Differ(before)) return;
  RuleSet* set = FindFreeSet();
  if (set == nullptr) return PutInForce(nullptr);
  set->Start(GetSession()->epoch());
  for (uint32_t i = 0; i < kLiveObservers; ++i) {
    // Those that are as before go on to count as they did.
    bool same = before != nullptr && before->Has(i, areas.rules(i));
    set->Take(i, areas.rules(i), same ? before->stamp(i) : ++stamps);
  }
  PutInForce(set->observers() != 0 ? set : nullptr);
}

bool AddRules(const Site& site, uint32_t id, uint64_t epoch) {
  RuleSet* set = present_rules.load(std::memory_order_relaxed);
  if (set == nullptr || !HasSwitchBits(site, set->observers())) return false;
  if (set->epoch() != epoch) Renew(epoch);
  set = present_rules.load(std::memory_order_relaxed);
  return set != nullptr && set->Add(site, id);
}

void FollowRules(Site* site) {
  Session* session = GetSession();
  if (session == nullptr) return;
  uint64_t registration = LoadRegistration(site), epoch = session->epoch();
  auto id = static_cast<uint32_t>(registration & kRegistrationId);
  if (epoch == 0 || (registration & kEpochMask) != epoch || id == 0) return;
  bool is_long = AddRules(*site, id, epoch) || !IsCoded(*site);
  if (is_long == ((registration & kRegistrationLong) != 0)) return;
  if (is_long) {
    __atomic_fetch_or(&site->registration, kRegistrationLong, __ATOMIC_RELEASE);
  } else {
    __atomic_fetch_and(&site->registration, ~kRegistrationLong, __ATOMIC_RELEASE);
  }
}

void PrepareForRules(ThreadLog* log) {
  __atomic_store_n(&log->rules, nullptr, __ATOMIC_RELEASE);
  // Another thread may have had the log.
  if (log->samples != nullptr) SystemCall(SYS_madvise, log->samples, kStateBytes, MADV_DONTNEED);
  const RuleSet* set = present_rules.load(std::memory_order_relaxed);
  if (set != nullptr && set->samples()) KeepSamples(log);
}

void KeepSamples(ThreadLog* log) {
  if (log->samples != nullptr) return;
  auto* samples = static_cast<uint64_t*>(MapMemory(kStateBytes));
  __atomic_store_n(&log->samples, samples, __ATOMIC_RELEASE);
}

void ForgetRules() { present_rules.store(nullptr, std::memory_order_relaxed); }

}  // namespace omnitrace::recording
