#include "runtime/recording/loaded_objects.h"

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

void Switch(Site* site, bool on) {
  if (on) {
    __atomic_fetch_and(&site->registration, ~kRegistrationOff, __ATOMIC_RELAXED);
  } else {
    __atomic_fetch_or(&site->registration, kRegistrationOff, __ATOMIC_RELAXED);
  }
  if (site->enabled != nullptr) SetBits(site->enabled, kSwitchOn, on);
}

template <typename Use>
void ForEachSite(SiteRange range, const Use& use) {
  for (Site* const* entry = range.first; entry < range.last; ++entry) {
    // The linker may leave holes where it dropped functions.
    if (*entry != nullptr) use(*entry);
  }
}

template <typename Use>
void ForEachSite(const Use& use) {
  for (uint32_t i = 0; i < object_count; ++i) ForEachSite(objects[i].sites, use);
}

bool IsOn(const Options& options, bool standby, const Site& site) {
  bool on = options.mode == Mode::kAsBuilt ? !standby : options.mode == Mode::kRecord;
  return on && (options.only == nullptr || GlobMatches(options.only, NameOf(site)));
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
  bool any = false;
  ForEachSite(object.sites, [&](Site* site) {
    bool on = IsOn(GetOptions(), standby, *site);
    Switch(site, on);
    any |= on;
  });
  SpreadSwitches(object.inlined);
  Section section(session->lock());
  if (objects == nullptr) {
    objects = static_cast<Object*>(MapMemory(kMostObjects * sizeof(Object)));
  }
  if (objects != nullptr && object_count < kMostObjects) {
    objects[object_count++] = object;
    AddClasses(object.classes);
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
