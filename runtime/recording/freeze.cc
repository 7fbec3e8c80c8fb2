#include "runtime/recording/freeze.h"

#include <errno.h>
#include <stdlib.h>

#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/process_options.h"
#include "runtime/recording/session.h"
#include "runtime/recording/text.h"
#include "runtime/workspace/glob.h"

// The C++ library's; weak, since a program may be without. Its result comes from malloc.
extern "C" __attribute__((weak)) char* __cxa_demangle(const char* mangled, char* buffer,
                                                      size_t* size, int* status);

namespace omnitrace::recording {
namespace {

constexpr size_t kMostName = 512;

// An exception is rare and slow beside this; its name is needed at no other time.
bool MatchesType(std::string_view glob, std::string_view mangled) {
  char name[kMostName];
  if (__cxa_demangle == nullptr || mangled.size() >= sizeof(name)) return false;
  __builtin_memcpy(name, mangled.data(), mangled.size());
  name[mangled.size()] = '\0';
  int status = 0, error = errno;
  char* demangled = __cxa_demangle(name, nullptr, nullptr, &status);
  bool matches = OneGlobMatches(glob, demangled == nullptr ? mangled : std::string_view(demangled));
  free(demangled);
  errno = error;
  return matches;
}

bool IsOver(const ThreadLog& log, uint64_t token) {
  const EntryMark* mark = log.frames.MarkAt(token & kTokenDepth);
  if (mark == nullptr) return false;
  uint64_t now = log.Now();
  uint64_t bound = GetSession()->ToTicks(GetOptions().limits.freeze_over_time);
  return now > mark->ticks && now - mark->ticks >= bound;
}

}  // namespace

bool IsWatched(const Site& site) {
  std::string_view glob = GetOptions().limits.freeze_over;
  return !glob.empty() && OneGlobMatches(glob, NameOf(site));
}

Trigger FindTrigger(const ThreadLog& log, const Site& site, uint64_t token,
                    const Exception* exception) {
  std::string_view type = GetOptions().limits.freeze_throw;
  bool thrown = exception != nullptr && !type.empty();
  if (thrown && MatchesType(type, exception->type)) return Trigger::kThrow;
  bool over = (site.flags & kSiteWatched) != 0 && IsOver(log, token);
  return over ? Trigger::kOver : Trigger::kNone;
}

void FreezeRecording(Trigger trigger) {
  Session* session = GetSession();
  if (session == nullptr) return;
  const Limits& limits = GetOptions().limits;
  Message cause;
  if (trigger == Trigger::kThrow) cause << "throw:" << limits.freeze_throw;
  if (trigger == Trigger::kOver) cause << "over:" << limits.freeze_over;
  session->Freeze(trigger == Trigger::kCall ? "call" : cause.view());
  SwitchFunctions("*", false);
}

}  // namespace omnitrace::recording
