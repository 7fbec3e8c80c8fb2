#include "runtime/recording/loaded_objects.h"

#include <pthread.h>

#include "runtime/recording/clock.h"
#include "runtime/recording/live_file.h"
#include "runtime/recording/live_observers.h"
#include "runtime/recording/live_rules.h"
#include "runtime/recording/live_switches.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/probes.h"
#include "runtime/recording/session.h"
#include "runtime/recording/site_switch.h"
#include "runtime/recording/system_calls.h"
#include "runtime/workspace/glob.h"

namespace omnitrace::recording {
namespace {

// Objects beyond are traced, but trace() and untrace() do not reach them.
constexpr uint32_t kMostObjects = 4096;

// Inherited by forked children, as the objects are. Guarded by the session's lock.
OMNITRACE_CONSTINIT Object* objects = nullptr;
OMNITRACE_CONSTINIT uint32_t object_count = 0;
// What FollowTools() has seen, and when it looks for observers that are gone.
OMNITRACE_CONSTINIT uint32_t seen_changes = 0;
OMNITRACE_CONSTINIT uint64_t next_look = 0;
OMNITRACE_CONSTINIT bool lacks_rules = false;  // what was there couldn't be read
constexpr uint64_t kLookPause = 500'000'000;   // ns

template <typename Use>
void ForEachSite(const Use& use) {
  for (uint32_t i = 0; i < object_count; ++i) ForEachSite(objects[i].sites, use);
}

void SpreadSwitches() {
  for (uint32_t i = 0; i < object_count; ++i) SpreadSwitches(objects[i].inlined);
}

void FollowSwitches() {
  ForEachSite([](Site* site) {
    FollowRules(site);
    FollowSwitch(site);
  });
  FollowProbes();
}

// In a forked child, which has one thread, and nobody who watches it.
void RenewLiveFile() {
  GetLiveFile()->Renew();
  ForgetRules();
  for (uint32_t i = 0; i < object_count; ++i) RenewSwitches(&objects[i]);
  SpreadSwitches();
  FollowSwitches();
}

bool IsAnyOwn() {
  bool any = IsAnyProbeOwn();
  ForEachSite([&any](const Site* site) { any = any || IsOwn(*site); });
  return any;
}

// True for one thread, when it is time again.
bool IsTimeToLook() {
  uint64_t now = MonotonicNanoseconds(CLOCK_MONOTONIC_COARSE);
  uint64_t due = __atomic_load_n(&next_look, __ATOMIC_RELAXED);
  return now >= due && __atomic_compare_exchange_n(&next_look, &due, now + kLookPause, false,
                                                   __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

}  // namespace

void OpenLiveFile() {
  if (GetLiveFile()->is_open()) return;
  GetLiveFile()->Create();
  if (!GetLiveFile()->is_open()) return;
  pthread_atfork(nullptr, nullptr, RenewLiveFile);
  ReserveAddresses();
  // Now, as a recording that others begin may add no mapping; one finds out if there is none.
  GetSession()->logs()->Open();
}

void LoadObject(uint32_t abi_version, const Object& object, bool standby) {
  Session* session = GetSession();
  if (session == nullptr || !IsOurInterface(abi_version)) {
    ForEachSite(object.sites, [](Site* site) { SwitchSite(site, false); });
    return;
  }
  Section section(session->lock());
  OpenLiveFile();
  Object loaded = object;
  ShareSwitches(&loaded);
  bool any = false;
  ForEachSite(loaded.sites, [&](Site* site) {
    bool on = StartsOn(*site, standby);
    SwitchSite(site, on);
    any |= on;
  });
  SpreadSwitches(loaded.inlined);
  if (objects == nullptr) {
    objects = static_cast<Object*>(MapMemory(kMostObjects * sizeof(Object)));
  }
  if (objects != nullptr && object_count < kMostObjects) {
    objects[object_count++] = loaded;
    AddClasses(loaded.classes);
  }
  session->NoteLoaded();
  if (!standby) any |= StartProbes();
  if (any) session->Start();
}

void UnloadObject(SiteRange sites) {
  Session* session = GetSession();
  if (session == nullptr) return;
  Section section(session->lock());
  for (uint32_t i = 0; i < object_count; ++i) {
    if (objects[i].sites.first != sites.first) continue;
    RemoveClasses(objects[i].classes);
    ForgetSwitches(objects[i]);
    objects[i] = objects[--object_count];
    return;
  }
}

void SwitchFunctions(std::string_view globs, bool on) {
  Session* session = GetSession();
  if (session == nullptr) return;
  Section section(session->lock());
  ForEachSite([&](Site* site) {
    if (GlobMatches(globs, NameOf(*site))) SwitchSite(site, on);
  });
  SwitchProbes(globs, on);
  SpreadSwitches();
  if (session->is_observed() && IsAnyOwn()) session->Start();
}

uint64_t* HitsOf(const Site& site) {
  uint64_t* hits = GetLiveFile()->HitsOf(site.enabled);
  for (uint32_t i = 0; hits == nullptr && i < object_count; ++i) {
    hits = HitsOf(objects[i].switches, site);
  }
  return hits;
}

bool HaveToolsChanged() {
  return GetLiveFile()->changes() != __atomic_load_n(&seen_changes, __ATOMIC_RELAXED);
}

bool MayFollowTools() {
  return HaveToolsChanged() || MonotonicNanoseconds(CLOCK_MONOTONIC_COARSE) >=
                                   __atomic_load_n(&next_look, __ATOMIC_RELAXED);
}

void FollowTools() {
  bool look = GetLiveFile()->is_open() && IsTimeToLook();
  if (!look && !HaveToolsChanged()) return;
  Session* session = GetSession();
  if (session == nullptr) return;
  Section section(session->lock());
  uint32_t changes = GetLiveFile()->changes();
  bool released = look && ReleaseObservers();
  if (released) SpreadSwitches();
  if (!released && changes == seen_changes && !(look && lacks_rules)) return;
  lacks_rules = !ReadRules();
  FollowSwitches();
  PutRulesInForce();
  session->NoteTools();
  // Only now: until then other threads come here, too, and wait.
  __atomic_store_n(&seen_changes, changes, __ATOMIC_RELEASE);
  if (session->is_observed() && IsAnyOwn()) session->Start();
}

void ForgetRegistrations(uint64_t epoch) {
  ForEachSite([epoch](Site* site) { ForgetRegistration(site, epoch); });
  ForgetProbeRegistrations(epoch);
}

}  // namespace omnitrace::recording
