// The rules of this process's observers, and whom of them a call is recorded for. The rules in
// force are in private memory; they are replaced as a whole, while threads go by them.
#ifndef OMNITRACE_RUNTIME_RECORDING_LIVE_RULES_H_
#define OMNITRACE_RUNTIME_RECORDING_LIVE_RULES_H_

#include <atomic>
#include <cstdint>

#include "runtime/recording/rule_set.h"
#include "runtime/recording/thread_log.h"

namespace omnitrace::recording {

// In force; null: every observer wants everything it has turned on.
extern std::atomic<RuleSet*> present_rules;
inline bool HaveRules() { return present_rules.load(std::memory_order_relaxed) != nullptr; }

// With the session's lock held:
// Takes what has changed from the live file. False when it can't now; then it must be tried again.
bool ReadRules();
// Whether the function, of this id in the recording, has rules, and so takes the long path.
bool AddRules(const Site& site, uint32_t id, uint64_t epoch);
// Makes the registration of a function say so, after rules or switches have changed.
void FollowRules(Site* site);
// Those that were read are in force from now on, when all functions follow them: what one that is
// in use already means for a function, threads find at any moment.
void PutRulesInForce();
// A thread's log is used in a recording from now on.
void PrepareForRules(ThreadLog* log);
// Of the calls of its thread, those that 1-in-N leaves out can be counted from now on.
void KeepSamples(ThreadLog* log);

// In a forked child, whose parent's observers don't watch it.
void ForgetRules();

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LIVE_RULES_H_
