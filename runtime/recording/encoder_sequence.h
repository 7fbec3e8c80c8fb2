// How the encoder writes a SEQUENCE of elements. Included by the encoder's own parts only.
#ifndef OMNITRACE_RUNTIME_RECORDING_ENCODER_SEQUENCE_H_
#define OMNITRACE_RUNTIME_RECORDING_ENCODER_SEQUENCE_H_

#include "runtime/recording/encoder.h"
#include "runtime/recording/padded_varint.h"
#include "runtime/recording/simple_value.h"

namespace omnitrace::recording {

// Of a length that becomes known behind what it counts.
inline constexpr size_t kStoredBytes = 2;
// A size larger than this may be no size at all when another thread is changing the container; and
// the pages of a large block go back to the system when it is freed.
inline constexpr uint64_t kMostTrusted = 64 * 1024;
// What is read of memory at a time.
inline constexpr size_t kChunk = 1024;

// Counts the elements of a sequence while they are written.
class Encoder::Sequence {
 public:
  Sequence(Encoder* encoder, uint64_t true_length) : encoder_(encoder) {
    encoder_->out_ = PutVarint(encoder_->out_, true_length);
    stored_at_ = encoder_->out_;
    encoder_->out_ += kStoredBytes;
  }
  // False when this element, and so what follows, is left out.
  bool Put(const Type& type, const Piece& piece) {
    if (!MayGrow()) return false;
    char* start = encoder_->out_;
    if (encoder_->PutValue(type, piece) != Outcome::kDone) {
      encoder_->out_ = start;
      return false;
    }
    ++stored_;
    return true;
  }
  // Elements that lie one behind the other; false when the rest is left out.
  bool PutRun(const Type& type, const Piece& run, uint64_t count) {
    if (IsSimple(&type) && (run.trusted || count * type.size <= run.size)) {
      return PutSimpleRun(type, run, count);
    }
    for (uint64_t i = 0; i < count; ++i) {
      ProgramMemory::Frame frame(&encoder_->memory_);
      int64_t offset = static_cast<int64_t>(i * type.size);
      if (!Put(type, encoder_->memory_.Part(run, offset, type.size))) return false;
    }
    return true;
  }
  // A row of a matrix, which is a sequence itself: numbers that lie `step` bytes apart.
  bool PutRow(const Type& type, const Piece& matrix, uint64_t start, uint64_t step,
              uint64_t count) {
    if (!MayGrow() || !encoder_->HasRoom(2 * kVarintSlack)) return false;
    ++stored_;
    Sequence row(encoder_, count);
    for (uint64_t i = 0; i < count; ++i) {
      ProgramMemory::Frame frame(&encoder_->memory_);
      int64_t offset = static_cast<int64_t>(start + i * step);
      if (!row.Put(type, encoder_->memory_.Part(matrix, offset, type.size))) return false;
    }
    return true;
  }
  uint64_t stored() const { return stored_; }
  // Its links lead elsewhere than its length says, unless there was only no more to be read with.
  void Tear(const Type& type) {
    bool tearable = (type.flags & kTypeTearable) != 0;
    if (tearable && !encoder_->memory_.exhausted()) torn_ = kTorn;
  }
  ~Sequence() { PutPaddedVarint(stored_at_, kStoredBytes, stored_ | torn_); }

 private:
  bool PutSimpleRun(const Type& type, const Piece& run, uint64_t count) {
    if (run.bytes == nullptr && count > 0) return false;
    const size_t room = 2 * kVarintSlack + SimpleBytes(&type);
    for (uint64_t offset = 0; count > 0; --count, offset += type.size) {
      if (!MayGrow() || !encoder_->HasRoom(room)) return false;
      encoder_->out_ = PutSimple(encoder_->out_, type, run.bytes + offset, run.address + offset);
      ++stored_;
    }
    return true;
  }

  bool MayGrow() { return stored_ < kTorn - 1 && !encoder_->IsSpent() && encoder_->TakeElement(); }

  Encoder* const encoder_;
  char* stored_at_;
  uint64_t stored_ = 0, torn_ = 0;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_ENCODER_SEQUENCE_H_
