#include "runtime/recording/loaded_objects.h"

#include <pthread.h>

#include "runtime/recording/live_file.h"
#include "runtime/recording/live_switches.h"
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
// What FollowTools() has seen.
OMNITRACE_CONSTINIT uint32_t seen_changes = 0;

template <typename Use>
void ForEachSite(const Use& use) {
  for (uint32_t i = 0; i < object_count; ++i) ForEachSite(objects[i].sites, use);
}

// In a forked child, which has one thread.
void RenewLiveFile() {
  GetLiveFile()->Renew();
  for (uint32_t i = 0; i < object_count; ++i) RenewSwitches(&objects[i]);
}

}  // namespace

void OpenLiveFile() {
  if (GetLiveFile()->is_open()) return;
  GetLiveFile()->Create();
  if (GetLiveFile()->is_open()) pthread_atfork(nullptr, nullptr, RenewLiveFile);
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
  for (uint32_t i = 0; i < object_count; ++i) SpreadSwitches(objects[i].inlined);
}

void FollowTools() {
  uint32_t changes = GetLiveFile()->changes();
  if (changes == __atomic_load_n(&seen_changes, __ATOMIC_RELAXED)) return;
  Session* session = GetSession();
  if (session == nullptr) return;
  Section section(session->lock());
  __atomic_store_n(&seen_changes, changes, __ATOMIC_RELAXED);
  ForEachSite(FollowSwitch);
  FollowProbes();
}

void ForgetRegistrations() {
  Session* session = GetSession();
  if (session == nullptr) return;
  Section section(session->lock());
  ForEachSite([session](Site* site) { ForgetRegistration(site, session->epoch()); });
  ForgetProbeRegistrations(session->epoch());
}

}  // namespace omnitrace::recording
