// The encoder's part for classes that the program shows by functions of its own, see
// <omnitrace/adapt.h>, or that <omnitrace/probe.h> shows by the library's: the only code of the
// program's that runs in the middle of a record.
#include <errno.h>

#include <optional>

#include "runtime/recording/call_recorder.h"
#include "runtime/recording/encoder_sequence.h"
#include "runtime/recording/thread_log.h"
#include "runtime/workspace/coding.h"

namespace omnitrace::recording {
namespace {

// ShowAdapted in <omnitrace/adapt.h>, and its like in <omnitrace/internal/library_types.h>. Whether
// more is wanted, `take` returns.
using Show = void (*)(const void* object, bool (*take)(void* context, const void* view),
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

void CallShow(int64_t show, uint64_t object, bool (*take)(void* context, const void* view),
              void* context) {
  AdapterScope scope(current_log);
  reinterpret_cast<Show>(show)(reinterpret_cast<const void*>(object), take, context);
}

}  // namespace

class Encoder::View {
 public:
  View(Encoder* encoder, const Type& type) : encoder_(encoder), type_(type) {}

  Outcome Put(int64_t show, uint64_t object) {
    CallShow(show, object, Take, this);
    return outcome_;
  }

 private:
  static bool Take(void* context, const void* view) {
    auto* self = static_cast<View*>(context);
    self->outcome_ =
        self->encoder_->PutValue(self->type_, self->encoder_->Given(view, self->type_));
    return false;
  }

  Encoder* const encoder_;
  const Type& type_;
  Outcome outcome_ = Outcome::kUnreadable;
};

// The elements of a container, one by one; in front of them their number.
class Encoder::ShownElements {
 public:
  ShownElements(Encoder* encoder, const Type& type) : encoder_(encoder), type_(type) {}

  Outcome Put(int64_t show, uint64_t object) {
    CallShow(show, object, Take, this);
    return sequence_ ? Outcome::kDone : Outcome::kUnreadable;
  }

 private:
  static bool Take(void* context, const void* view) {
    auto* self = static_cast<ShownElements*>(context);
    if (!self->sequence_) {
      self->sequence_.emplace(self->encoder_, *static_cast<const uint64_t*>(view));
      return true;
    }
    ProgramMemory::Frame frame(&self->encoder_->memory_);
    return self->sequence_->Put(self->type_, self->encoder_->Given(view, self->type_));
  }

  Encoder* const encoder_;
  const Type& type_;
  std::optional<Sequence> sequence_;
};

Piece Encoder::Given(const void* object, const Type& type) {
  return memory_.Get(reinterpret_cast<uint64_t>(object), type.size, Trust::kGiven);
}

Encoder::Outcome Encoder::PutAdapted(const Type& type, const Piece& piece) {
  const Member& view = type.members[0];
  char* start = out_;
  // A class that a unit doesn't trace has no function there.
  if (piece.trusted && view.offset != 0 && !IsSpent()) {
    has_view_ = true;
    out_ = PutVarint(out_, 1);
    Outcome outcome = View(this, *view.type).Put(view.offset, piece.address);
    if (outcome != Outcome::kUnreadable) return outcome;
  }
  out_ = PutVarint(start, 2);
  return PutValue(*type.members[1].type, piece);
}

bool Encoder::ReadShownRun(const Type& type, const Piece& piece, Extent* extent) {
  struct Run {
    uint64_t data, count;
  };
  Run shown = {};
  auto take = [](void* context, const void* view) {
    *static_cast<Run*>(context) = *static_cast<const Run*>(view);
    return false;
  };
  if (piece.trusted) CallShow(type.members[0].offset, piece.address, take, &shown);
  extent->data = shown.data;
  extent->count = shown.count;
  return piece.trusted;
}

Encoder::Outcome Encoder::PutShown(const Type& type, const Piece& piece) {
  if (!piece.trusted) return Outcome::kUnreadable;
  return ShownElements(this, *type.element).Put(type.members[0].offset, piece.address);
}

}  // namespace omnitrace::recording
