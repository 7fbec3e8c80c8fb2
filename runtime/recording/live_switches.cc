#include "runtime/recording/live_switches.h"

#include "runtime/recording/copy.h"
#include "runtime/recording/freeze.h"
#include "runtime/recording/live_file.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/registry.h"

namespace omnitrace::recording {
namespace {

uintptr_t AddressOf(const uint8_t* enabled) { return reinterpret_cast<uintptr_t>(enabled); }

// Whether nothing else lies on the pages. The linker was asked for that, but linkers differ.
bool HasOwnPages(const Object& object) {
  uintptr_t first = AddressOf(object.switches.first), last = AddressOf(object.switches.last);
  uintptr_t behind = (last + kLivePage - 1) & ~(kLivePage - 1);
  auto is_outside = [&](const void* other) {
    return reinterpret_cast<uintptr_t>(other) < first ||
           reinterpret_cast<uintptr_t>(other) >= behind;
  };
  return first < last && first % kLivePage == 0 && behind == AddressOf(object.switches.behind) &&
         is_outside(object.sites.first) && is_outside(object.classes.first) &&
         is_outside(object.inlined.first);
}

void SharePages(Object* object) {
  if (!HasOwnPages(*object)) return;
  SwitchRange* range = &object->switches;
  LiveFile* live = GetLiveFile();
  auto bytes = static_cast<uint64_t>(range->behind - range->first);
  uint8_t* shared = live->TakeSwitches(bytes, true);
  if (shared == nullptr) return;
  CopyBytes(reinterpret_cast<char*>(shared), reinterpret_cast<const char*>(range->first), bytes);
  if (live->MapSwitches(shared, range->first, bytes)) range->shared = shared;
}

void GiveSwitches(Object* object) {
  uint64_t count = 0;
  ForEachSite(object->sites, [&](Site* site) { count += site->enabled == nullptr ? 1 : 0; });
  uint8_t* given = count == 0 ? nullptr : GetLiveFile()->TakeSwitches(count, false);
  if (given == nullptr) return;
  object->switches.given = given;
  object->switches.given_count = count;
  ForEachSite(object->sites, [&](Site* site) {
    if (site->enabled == nullptr) site->enabled = given++;
  });
}

// Where a switch lies in the live file; null when it doesn't.
const uint8_t* SharedPlace(const SwitchRange& range, const uint8_t* enabled) {
  if (enabled >= range.first && enabled < range.last) {
    return range.shared == nullptr ? nullptr : range.shared + (enabled - range.first);
  }
  bool given = enabled >= range.given && enabled < range.given + range.given_count;
  return given ? enabled : nullptr;
}

void Describe(const Site& site, const uint8_t* place) {
  LiveFile* live = GetLiveFile();
  live->Write(LiveRecord::kFunction, [&](MetadataFields* fields) {
    fields->Put(live->NumberOf(place));
    fields->Put(site.flags & ~kSiteWatched);
    fields->PutPieces([&site](const auto& put) { NameOf(site).PutTo(put); });
    fields->PutText(site.file);
    fields->Put(site.line);
  });
}

void DescribeSites(const Object& object) {
  ForEachSite(object.sites, [&](const Site* site) {
    const uint8_t* place = SharedPlace(object.switches, site->enabled);
    if (place != nullptr) Describe(*site, place);
  });
}

void DescribeInlined(const Object& object) {
  LiveFile* live = GetLiveFile();
  if (object.switches.shared == nullptr) return;
  auto number = [&](const uint8_t* enabled) {
    const uint8_t* place = SharedPlace(object.switches, enabled);
    return place == nullptr ? 0 : live->NumberOf(place);
  };
  ForEachInlined(object.inlined, [&](uint8_t* outer, const int32_t* first, const int32_t* last) {
    live->Write(LiveRecord::kInlined, [&](MetadataFields* fields) {
      fields->Put(number(outer));
      fields->Put(static_cast<uint64_t>(last - first));
      for (const int32_t* word = first; word < last; ++word) fields->Put(number(SwitchAt(word)));
    });
  });
}

void DescribeUnloaded(const uint8_t* first, uint64_t count) {
  LiveFile* live = GetLiveFile();
  if (first == nullptr) return;
  live->Write(LiveRecord::kUnloaded, [&](MetadataFields* fields) {
    fields->Put(live->NumberOf(first));
    fields->Put(live->NumberOf(first + count));
  });
}

}  // namespace

void ShareSwitches(Object* object) {
  if (!GetLiveFile()->is_open()) return;
  SharePages(object);
  GiveSwitches(object);
  DescribeSites(*object);
  DescribeInlined(*object);
}

void ForgetSwitches(const Object& object) {
  const SwitchRange& range = object.switches;
  DescribeUnloaded(range.shared, static_cast<uint64_t>(range.last - range.first));
  DescribeUnloaded(range.given, range.given_count);
}

uint64_t* HitsOf(const SwitchRange& range, const Site& site) {
  const uint8_t* place = SharedPlace(range, site.enabled);
  return place == nullptr ? nullptr : GetLiveFile()->HitsOf(place);
}

void ShareSwitch(Site* site) {
  if (!GetLiveFile()->is_open() || GetLiveFile()->Holds(site->enabled)) return;
  uint8_t* place = GetLiveFile()->TakeSwitches(1, false);
  if (place == nullptr) return;
  *place = *site->enabled;
  __atomic_store_n(&site->enabled, place, __ATOMIC_RELEASE);
  Describe(*site, place);
}

void ForgetSwitch(const Site& site) {
  if (GetLiveFile()->Holds(site.enabled)) DescribeUnloaded(site.enabled, 1);
}

void RenewSwitches(Object* object) {
  SwitchRange* range = &object->switches;
  if (range->shared == nullptr) return;
  auto bytes = static_cast<uint64_t>(range->behind - range->first);
  if (GetLiveFile()->MapSwitches(range->shared, range->first, bytes)) return;
  range->shared = nullptr;
  MakePrivate(range->first, bytes);
}

}  // namespace omnitrace::recording
