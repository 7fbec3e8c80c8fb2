// The hooks of a recorder that leaves a call out with all it calls, and nothing else: what they
// can't do without. To be loaded in front of the runtime.
//
// Entering: whether the function is on and known; whether it is recorded at once, as most are;
// whether there is a recording, and this thread in none of its records; that the innermost open
// call is still there, as a jump may have left it; that its calls of this function are all
// recorded. Then the call is counted and remembered, with the reason, which those inside share.
// Returning: whether the call was recorded; whether it is that one. What a thread remembers lies in
// memory of its own, which a fork wipes.
#include <cstdint>
#include <cstdlib>

#define HOOK extern "C" __attribute__((visibility("default")))

namespace {

constexpr uint32_t kPlaces = 64;     // of pairs of caller and callee, and of calls
constexpr uint64_t kCounted = 4096;  // by a thread, before all threads see them
constexpr uint64_t kFunctions = 1 << 30;

struct Call {
  uintptr_t slot;
  uint32_t return_address, function;
};

struct Thread {
  char* cursor;
  char* limit;
  uint64_t epoch, mark, open, left_out, reason;
  uint64_t dropped[4];
  Call calls[kPlaces];
  uint64_t spent[kPlaces];
};

constexpr uint64_t kReason = 3;

Thread none = {};
__thread Thread* thread __attribute__((tls_model("initial-exec"))) = &none;

}  // namespace

// Seen by others, so that they are read at every call.
__attribute__((visibility("default"))) uint64_t epoch = uint64_t{1} << 32;
__attribute__((visibility("default"))) uint64_t dropped = 0;

namespace {

[[gnu::noinline]] uint64_t Begin(uint64_t* site) {
  if (thread == &none) thread = static_cast<Thread*>(std::calloc(1, sizeof(Thread)));
  thread->epoch = thread->open = epoch;
  thread->calls[0] = {UINTPTR_MAX, 0, 0};
  thread->spent[1] = 1;
  *site = epoch | 1;
  return 0;
}

[[gnu::noinline]] uint64_t Publish(uint64_t token) {
  __atomic_fetch_add(&dropped, kCounted, __ATOMIC_RELAXED);
  return token;
}

}  // namespace

HOOK uint64_t omnitrace_enter(uint64_t* site, const void*, const void* slot) {
  Thread* self = thread;
  uint64_t function = __atomic_load_n(site, __ATOMIC_RELAXED) - self->epoch;
  if (function - 1 >= kFunctions) return Begin(site);
  if (self->cursor < self->limit) return Begin(site);
  if (self->epoch != __atomic_load_n(&epoch, __ATOMIC_RELAXED)) return Begin(site);
  if (self->mark != 0 || self->left_out != 0) return Begin(site);
  Call* caller = &self->calls[self->open % kPlaces];
  auto address = reinterpret_cast<uintptr_t>(slot);
  if (address >= caller->slot) return Begin(site);
  uint64_t pair = uint64_t{caller->function} << 32 | function;
  if (self->spent[(caller->function * 8 + function) % kPlaces] != pair) return Begin(site);
  caller[1] = {address, *static_cast<const uint32_t*>(slot), static_cast<uint32_t>(function)};
  uint64_t token = self->left_out = self->open + 1;
  self->reason = kReason;
  return ++self->dropped[kReason] % kCounted == 0 ? Publish(token) : token;
}

HOOK void omnitrace_leave(uint64_t* site, uint64_t token, const void*) {
  if (token == 0) return;
  Thread* self = thread;
  if (token == self->open) {
    Begin(site);
    return;
  }
  if (token == self->left_out && self->mark == 0) self->left_out = 0;
}
