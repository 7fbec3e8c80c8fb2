#include "runtime/recording/loaded_objects.h"

#include <pthread.h>

#include "runtime/recording/live_file.h"
#include "runtime/recording/live_switches.h"
#include "runtime/recording/registry.h"
#include "runtime/recording/session.h"
#include "runtime/recording/system_calls.h"
#include "runtime/recording/text.h"
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

void Switch(Site* site, bool on) {
  if (on) {
    __atomic_fetch_and(&site->registration, ~kRegistrationOff, __ATOMIC_RELAXED);
  } else {
    __atomic_fetch_or(&site->registration, kRegistrationOff, __ATOMIC_RELAXED);
  }
  if (site->enabled != nullptr) SetBits(site->enabled, kSwitchOn, on);
}

template <typename Use>
void ForEachSite(const Use& use) {
  for (uint32_t i = 0; i < object_count; ++i) ForEachSite(objects[i].sites, use);
}

bool IsOn(const Options& options, bool standby, const Site& site) {
  bool on = options.mode == Mode::kAsBuilt ? !standby : options.mode == Mode::kRecord;
  return on && (options.only == nullptr || GlobMatches(options.only, NameOf(site)));
}

bool IsSwitchedOn(const Site& site) {
  return site.enabled != nullptr &&
         (__atomic_load_n(site.enabled, __ATOMIC_RELAXED) & kSwitchOn) != 0;
}

// Makes the registration say what the switch does.
void Follow(Site* site) {
  bool off = (LoadRegistration(site) & kRegistrationOff) != 0;
  if (site->enabled != nullptr && IsSwitchedOn(*site) == off) Switch(site, off);
}

// In a forked child, which has one thread.
void RenewLiveFile() {
  GetLiveFile()->Renew();
  for (uint32_t i = 0; i < object_count; ++i) RenewSwitches(&objects[i]);
}

void OpenLiveFile() {
  if (GetLiveFile()->is_open()) return;
  GetLiveFile()->Create();
  if (GetLiveFile()->is_open()) pthread_atfork(nullptr, nullptr, RenewLiveFile);
}

}  // namespace

void LoadObject(uint32_t abi_version, const Object& object, bool standby) {
  Session* session = GetSession();
  if (session != nullptr && abi_version != kAbiVersion) {
    Message error;
    error << "an object was compiled by a plugin of interface version " << uint64_t{abi_version}
          << ", but this library has version " << uint64_t{kAbiVersion}
          << "; rebuild it; it runs untraced";
    Complain(error);
  }
  if (session == nullptr || abi_version != kAbiVersion) {
    ForEachSite(object.sites, [](Site* site) { Switch(site, false); });
    return;
  }
  Section section(session->lock());
  OpenLiveFile();
  Object loaded = object;
  ShareSwitches(&loaded);
  bool any = false;
  ForEachSite(loaded.sites, [&](Site* site) {
    bool on = IsOn(GetOptions(), standby, *site);
    Switch(site, on);
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
    if (GlobMatches(globs, NameOf(*site))) Switch(site, on);
  });
  for (uint32_t i = 0; i < object_count; ++i) SpreadSwitches(objects[i].inlined);
}

void FollowTools() {
  uint32_t changes = GetLiveFile()->changes();
  if (changes == __atomic_load_n(&seen_changes, __ATOMIC_RELAXED)) return;
  Session* session = GetSession();
  if (session == nullptr) return;
  Section section(session->lock());
  __atomic_store_n(&seen_changes, changes, __ATOMIC_RELAXED);
  ForEachSite(Follow);
}

bool IsTurnedOn(Site* site) {
  if (!IsSwitchedOn(*site)) return false;
  __atomic_fetch_and(&site->registration, ~kRegistrationOff, __ATOMIC_RELAXED);
  return true;
}

void ForgetRegistrations() {
  Session* session = GetSession();
  if (session == nullptr) return;
  Section section(session->lock());
  ForEachSite([session](Site* site) {
    if ((LoadRegistration(site) & kEpochMask) == session->epoch()) return;
    __atomic_fetch_and(&site->registration, kRegistrationOff, __ATOMIC_RELAXED);
  });
}

}  // namespace omnitrace::recording
