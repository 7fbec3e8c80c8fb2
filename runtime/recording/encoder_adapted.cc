// The encoder's part for classes that the program shows by functions of its own, see
// <omnitrace/adapt.h>: the only code of the program's that runs in the middle of a record.
#include <errno.h>

#include "runtime/recording/call_recorder.h"
#include "runtime/recording/encoder.h"
#include "runtime/recording/thread_log.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::recording {
namespace {

// What the plugin makes of ShowAdapted in <omnitrace/adapt.h>.
using Show = void (*)(const void* object, void (*take)(void* context, const void* view),
                      void* context);

// While a view runs: the thread's calls have no place, and the record's function sees no errno of
// the view's.
class AdapterScope {
 public:
  explicit AdapterScope(ThreadLog* log) : log_(log), outer_(log->adapter), errno_(errno) {
    log->adapter = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
  }
  ~AdapterScope() {
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    log_->adapter = outer_;
    errno = errno_;
  }

 private:
  ThreadLog* const log_;
  const uintptr_t outer_;
  const int errno_;
};

}  // namespace

class Encoder::View {
 public:
  View(Encoder* encoder, const Type& type) : encoder_(encoder), type_(type) {}

  Outcome Put(uint64_t show, uint64_t object) {
    AdapterScope scope(current_log);
    reinterpret_cast<Show>(show)(reinterpret_cast<const void*>(object), Take, this);
    return outcome_;
  }

 private:
  static void Take(void* context, const void* view) {
    auto* self = static_cast<View*>(context);
    ProgramMemory* memory = &self->encoder_->memory_;
    uint64_t address = reinterpret_cast<uint64_t>(view);
    Piece piece = memory->Get(address, self->type_.size, Trust::kGiven);
    self->outcome_ = self->encoder_->PutValue(self->type_, piece);
  }

  Encoder* const encoder_;
  const Type& type_;
  Outcome outcome_ = Outcome::kUnreadable;
};

Encoder::Outcome Encoder::PutAdapted(const Type& type, const Piece& piece) {
  const Member& view = type.members[0];
  char* start = out_;
  // A class that a unit doesn't trace has no function there.
  if (piece.trusted && view.offset != 0 && !IsSpent()) {
    has_view_ = true;
    out_ = PutVarint(out_, 1);
    Outcome outcome = View(this, *view.type).Put(static_cast<uint64_t>(view.offset), piece.address);
    if (outcome != Outcome::kUnreadable) return outcome;
  }
  out_ = PutVarint(start, 2);
  return PutValue(*type.members[1].type, piece);
}

}  // namespace omnitrace::recording
