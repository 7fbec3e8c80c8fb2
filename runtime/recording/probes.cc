#include "runtime/recording/probes.h"

#include "runtime/recording/live_rules.h"
#include "runtime/recording/live_switches.h"
#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/session.h"
#include "runtime/recording/site_switch.h"
#include "runtime/recording/system_calls.h"
#include "runtime/workspace/glob.h"

namespace omnitrace::recording {
namespace {

// Inherited by forked children, as the objects are. Guarded by the session's lock.
OMNITRACE_CONSTINIT Probe* probes = nullptr;
OMNITRACE_CONSTINIT bool any_object_records = false;

template <typename Use>
void ForEachProbe(const Use& use) {
  for (Probe* probe = probes; probe != nullptr; probe = probe->next) use(probe);
}

bool StartProbe(Probe* probe) {
  bool on = StartsOn(probe->site, !any_object_records);
  SwitchSite(&probe->site, on);
  return on;
}

void Link(Probe* probe) {
  probe->next = probes;
  probe->link = &probes;
  if (probes != nullptr) probes->link = &probe->next;
  probes = probe;
}

void Unlink(Probe* probe) {
  *probe->link = probe->next;
  if (probe->next != nullptr) probe->next->link = probe->link;
}

}  // namespace

void LoadProbe(uint32_t abi_version, Probe* probe) {
  Session* session = GetSession();
  if (session == nullptr || !IsOurInterface(abi_version)) return;
  Section section(session->lock());
  // Where the linker merges inline functions over objects, each of them loads their probes.
  if (probe->loads++ != 0) return;
  Link(probe);
  OpenLiveFile();
  ShareSwitch(&probe->site);
  if (StartProbe(probe)) session->Start();
}

// It keeps its switch: at the end of a process it is reached by what runs later.
void UnloadProbe(Probe* probe) {
  Session* session = GetSession();
  if (session == nullptr) return;
  Section section(session->lock());
  if (probe->loads != 0 && --probe->loads == 0) {
    Unlink(probe);
    ForgetSwitch(probe->site);
  }
}

bool StartProbes() {
  if (any_object_records) return false;
  any_object_records = true;
  bool any = false;
  ForEachProbe([&any](Probe* probe) { any |= StartProbe(probe); });
  return any;
}

void SwitchProbes(std::string_view globs, bool on) {
  ForEachProbe([&](Probe* probe) {
    if (GlobMatches(globs, NameOf(probe->site))) SwitchSite(&probe->site, on);
  });
}

void ForgetProbeRegistrations(uint64_t epoch) {
  ForEachProbe([epoch](Probe* probe) { ForgetRegistration(&probe->site, epoch); });
}

void FollowProbes() {
  ForEachProbe([](Probe* probe) {
    FollowRules(&probe->site);
    FollowSwitch(&probe->site);
  });
}

bool IsAnyProbeOwn() {
  bool any = false;
  ForEachProbe([&any](const Probe* probe) { any |= IsOwn(probe->site); });
  return any;
}

}  // namespace omnitrace::recording
