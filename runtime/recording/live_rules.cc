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

// Some threads may still go by earlier rules; of those one is reused that none goes by. As long as
// there is none, nothing is filtered.
constexpr uint32_t kSets = 4;

// Inherited by forked children. Guarded by the session's lock, but for what the states say.
OMNITRACE_CONSTINIT RuleSet* sets = nullptr;
OMNITRACE_CONSTINIT uint64_t* limits = nullptr;
// That were read last: in force, or soon to be.
OMNITRACE_CONSTINIT RuleSet* newest = nullptr;
OMNITRACE_CONSTINIT uint32_t stamps = 0;

constexpr size_t kStateBytes = kRuleStates * sizeof(uint64_t);

bool IsInUse(const RuleSet* set) {
  return set == present_rules.load(std::memory_order_relaxed) || set == newest ||
         GetSession()->logs()->GoBy(set);
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

  const OwnRules& rules(uint32_t observer) const { return rules_[observer]; }
  bool Differ(const RuleSet* before) const {
    for (uint32_t i = 0; i < kLiveObservers; ++i) {
      if (before == nullptr ? !rules_[i].bytes.empty() : !before->Has(i, rules_[i])) return true;
    }
    return false;
  }

 private:
  static OwnRules Read(long descriptor, uint32_t i, char* memory) {
    uint64_t offset = kLiveRules + i * kLiveRuleBytes;
    LiveRulesHeader header = {};
    SystemCall(SYS_pread64, descriptor, &header, sizeof(header), offset);
    const LiveObserver& observer = GetLiveFile()->header()->observers[i];
    bool own = header.observer.pid == observer.pid &&
               header.observer.start_time == observer.start_time && observer.pid != 0;
    if (!own || header.size > kLiveRuleBytes - sizeof(header)) return {};
    long read = SystemCall(SYS_pread64, descriptor, memory, header.size, offset + sizeof(header));
    bool whole = !Failed(read) && static_cast<uint64_t>(read) == header.size;
    if (!whole) return {};
    return {header.observer, std::string_view(memory, header.size)};
  }

  static char memory_[kLiveObservers][kLiveRuleBytes];
  OwnRules rules_[kLiveObservers];
};
OMNITRACE_CONSTINIT char Areas::memory_[kLiveObservers][kLiveRuleBytes] = {};

void PutInForce(RuleSet* set) {
  Session* session = GetSession();
  newest = set;
  if (set != nullptr) {
    if (set->limits() && limits == nullptr) {
      limits = static_cast<uint64_t*>(MapMemory(kStateBytes));
    }
    set->CountLimits(limits, session->ToTicks(1'000'000'000));
    if (set->samples()) {
      for (ThreadLog& log : *session->logs()) KeepSamples(&log);
    }
  }
  present_rules.store(set, std::memory_order_seq_cst);
}

// For another recording, whose functions have other ids.
void Renew(uint64_t epoch) {
  const RuleSet* before = newest;
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

bool ReadRules() {
  LiveFile* live = GetLiveFile();
  const RuleSet* before = present_rules.load(std::memory_order_relaxed);
  long descriptor = live->is_open() ? live->OpenAgain() : -ESTALE;
  // The rules of others than those who had them when they were read hold for nobody.
  if (Failed(descriptor)) return false;
  Areas areas(descriptor);
  SystemCall(SYS_close, descriptor);
  if (!areas.Differ(before)) return true;
  newest = FindFreeSet();
  if (newest == nullptr) return false;
  RuleSet* set = newest;
  set->Start(GetSession()->epoch());
  for (uint32_t i = 0; i < kLiveObservers; ++i) {
    // Those that are as before go on to count as they did.
    bool same = before != nullptr && before->Has(i, areas.rules(i));
    set->Take(i, areas.rules(i), same ? before->stamp(i) : ++stamps);
  }
  if (set->observers() == 0) newest = nullptr;
  return true;
}

void PutRulesInForce() {
  if (newest != present_rules.load(std::memory_order_relaxed)) PutInForce(newest);
}

bool AddRules(const Site& site, uint32_t id, uint64_t epoch) {
  if (newest == nullptr || !HasSwitchBits(site, newest->observers())) return false;
  if (newest->epoch() != epoch) Renew(epoch);
  if (newest == nullptr) return false;
  newest->Add(site, id);
  return true;
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

void ForgetRules() {
  newest = nullptr;
  present_rules.store(nullptr, std::memory_order_relaxed);
}

}  // namespace omnitrace::recording
