// Copies values into a record, as their types describe them. No code of the program runs: objects,
// strings and containers are read by their layout.
#ifndef OMNITRACE_RUNTIME_RECORDING_ENCODER_H_
#define OMNITRACE_RUNTIME_RECORDING_ENCODER_H_

#include <cstddef>
#include <cstdint>

#include "runtime/recording/options.h"
#include "runtime/recording/program_memory.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

struct ThreadLog;

class Encoder {
 public:
  // Writes to [out, end) in this thread's log; behind `end` there is room for a varint. Of the
  // limits those of values hold: bytes, beyond which nothing nested is begun any more and texts are
  // cut, elements of containers, and how deep values nest.
  Encoder(char* out, char* end, const ThreadLog& log, const Limits& limits,
          int most_reads = ProgramMemory::kMostReads);

  // False when there is no room. `block` is what omnitrace_enter got.
  bool PutArguments(const Site& site, const char* block);
  // The mutable ones again, as the call ends. False too when one cannot be read any more, and could
  // not be told from one that can.
  bool PutChanged(const Site& site, const char* block, bool threw);
  bool PutResult(const Type& type, const void* result);

  // A sum over the values of the mutable parameters put so far: equal before and after a call when
  // the values are, as far as they were read. kNoDigest: after the call nobody can say.
  static constexpr uint64_t kNoDigest = 1;
  uint64_t digest() const { return digest_; }

  char* out() const { return out_; }
  // Something was left out because of `end`, not because of the budget: more room gives more.
  bool squeezed() const { return squeezed_; }

 private:
  enum class Outcome : uint8_t { kDone, kNoRoom, kUnreadable };
  class Level;
  class View;
  class ShownElements;
  class Sequence;
  class TreeWalk;
  // Where the elements of a contiguous sequence are.
  struct Extent {
    uint64_t data;
    uint64_t count;
    bool trusted;
    bool torn;  // ends before it begins, or inside an element
  };

  bool StartBudget(uint64_t bytes, uint32_t values);
  Outcome PutParameter(const Site& site, uint32_t index, const char* block, bool trusted,
                       bool exists);
  void Digest(const Parameter& parameter, const char* value);
  Outcome PutTop(const Parameter& parameter, const Piece& slot, bool trusted, bool exists);
  Outcome PutValue(const Type& type, const Piece& piece);
  Outcome PutKind(const Type& type, const Piece& piece);
  Outcome PutBytes(const Type& type, const Piece& piece);
  // What stands for a value that is not there to be read.
  Outcome PutNothing(const Type& type);

  // encoder_objects.cc
  Outcome PutReferent(const Type& type, uint64_t address, Trust trust);
  Outcome PutPointer(const Type& type, uint64_t address, Trust trust, bool may_follow);
  Outcome PutPointee(const Type& type, uint64_t address, Trust trust);
  Outcome PutRecord(const Type& type, const Piece& piece);
  Outcome PutMember(const Member& member, const Piece& piece);
  Outcome PutBitField(const Member& member, const Piece& piece);
  Outcome PutOptional(const Type& type, const Piece& piece);
  Outcome PutVariant(const Type& type, const Piece& piece);
  Outcome PutHeld(const Type& type, const Piece& piece);
  Outcome PutSmartPointer(const Type& type, const Piece& piece);
  Outcome PutPolymorphic(const Type& type, const Piece& piece);
  Outcome PutVirtualBase(const Member& member, const Piece& piece);

  // encoder_adapted.cc
  Outcome PutAdapted(const Type& type, const Piece& piece);
  Outcome PutShown(const Type& type, const Piece& piece);
  bool ReadShownRun(const Type& type, const Piece& piece, Extent* extent);
  Piece Given(const void* object, const Type& type);

  // encoder_sequences.cc
  Outcome PutCString(const Type& type, uint64_t address);
  size_t MeasureCString(uint64_t address, size_t width, size_t known);
  Outcome PutText(const Type& type, const Piece& piece);
  Outcome PutArray(const Type& type, const Piece& piece);
  Outcome PutSequence(const Type& type, const Piece& piece);
  bool ReadExtent(const Type& type, const Piece& piece, uint64_t width, Extent* extent);
  bool ReadCount(const Type& type, const Piece& piece, uint64_t width, Extent* extent);
  uint64_t CountInBuffer(const Piece& piece, int64_t offset, uint64_t size, uint64_t width);
  bool ReadSmallExtent(const Type& type, const Piece& piece, Extent* extent);
  bool ReadPlace(const Type& type, const Piece& piece, int64_t* offset, bool* inside);
  bool ReadNumber(const Piece& piece, int64_t offset, uint32_t size, uint64_t* number);

  // encoder_links.cc
  static Trust TrustInLinks(const Piece& piece);
  Outcome PutList(const Type& type, const Piece& piece);
  uint64_t CountList(const Type& type, uint64_t node, Trust trust);
  Outcome PutTree(const Type& type, const Piece& piece);
  Outcome PutDeque(const Type& type, const Piece& piece);
  Outcome PutMappedDeque(const Type& type, const Piece& piece);

  // encoder_tables.cc
  Outcome PutHashTable(const Type& type, const Piece& piece);
  uint64_t PutSlots(const Type& type, const Piece& marks, const Piece& slots, uint64_t most,
                    Sequence* sequence);
  Outcome PutMatrix(const Type& type, const Piece& piece);
  Piece ReadMatrix(const Type& type, const Piece& piece, uint64_t bytes);

  // encoder_library.cc
  Outcome PutWrapper(const Type& type, const Piece& piece);
  Outcome PutPosition(const Type& type, const Piece& piece);
  Outcome PutSharedPointer(const Type& type, const Piece& piece);
  Outcome PutBits(const Type& type, const Piece& piece);
  bool ReadBits(const Type& type, const Piece& piece, Extent* bits);
  uint64_t PutBitRun(const Piece& piece, const Extent& bits, uint64_t count, bool text);
  Outcome PutDynamicType(const Type& type, const Piece& piece);
  Outcome PutExceptionPointer(const Type& type, const Piece& piece);
  Outcome PutTypeName(uint64_t type_info, const char** name);
  bool PutName(uint64_t address, size_t most);

  // The word at an offset of a piece; false when it cannot be read.
  bool ReadWord(const Piece& piece, int64_t offset, uint64_t* word);
  bool HasRoom(size_t bytes) {
    if (out_ <= end_ && bytes <= static_cast<size_t>(end_ - out_)) return true;
    squeezed_ = true;
    return false;
  }
  // No budget is left for anything nested.
  bool IsSpent() const {
    return out_ >= budget_end_ || depth_ >= limits_.nesting || memory_.exhausted();
  }
  // False when no further element may be begun.
  bool TakeElement() {
    if (elements_ == value_elements_) return false;
    ++elements_;
    return true;
  }
  size_t BudgetLeft() const {
    return out_ < budget_end_ ? static_cast<size_t>(budget_end_ - out_) : 0;
  }
  void PutState(ValueState state) { *out_++ = static_cast<char>(state); }

  char* out_;
  char* const end_;
  const Limits& limits_;
  // Of the value that is being put.
  char* budget_end_;
  uint64_t value_elements_ = 0;
  // Of the whole record.
  char* const record_start_;
  uint64_t elements_ = 0;
  uint64_t digest_ = 0;
  ProgramMemory memory_;
  uint64_t depth_ = 0;
  bool squeezed_ = false;
  // The next object is `this`: a method works on its own class, and at every call it may not cost
  // more than that.
  bool is_this_ = false;
  // A view was shown since this was last reset.
  bool has_view_ = false;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_ENCODER_H_
