// Reading the traced program's memory. What a function is given (arguments, what references refer
// to) is read as it is. What library objects say that they own or see is too, where memory is: an
// object may not be made yet when a function gets it, or have outlived what it sees. Any other
// address is read only by the kernel, which says no where a load would end the program.
#ifndef OMNITRACE_RUNTIME_RECORDING_PROGRAM_MEMORY_H_
#define OMNITRACE_RUNTIME_RECORDING_PROGRAM_MEMORY_H_

#include <cstddef>
#include <cstdint>

namespace omnitrace::recording {

// An object, or the first part of one.
struct Piece {
  const char* bytes;  // where to read it: in place when trusted, else a copy; null: unreadable
  uint64_t address;   // where it lies
  uint32_t size;      // of the copy
  bool trusted;
};

// What says that there is something at an address.
enum class Trust : uint8_t {
  kNone,   // nothing
  kOwned,  // an object that the program uses, if it is what its type says
  kGiven,  // the program, which gives it to a function
};
inline Trust Owned(bool trusted) { return trusted ? Trust::kOwned : Trust::kNone; }

// Nothing lies in the lowest page.
inline bool IsPlausible(uint64_t address) { return address >= 4096 && address >> 47 == 0; }

// No other thread can be changing what is being read.
bool IsSingleThreaded();

// Gives out pieces, and memory for the copies, as a stack.
class ProgramMemory {
 public:
  // Copies of one record. A linked container costs one each for its nodes.
  static constexpr int kMostReads = 64;
  // Questions whether there is memory, which cost a tenth of a copy.
  static constexpr int kMostProbes = 1024;

  // `thread` is this thread's id: one call of the kernel less for each read than asking for it.
  ProgramMemory(char* scratch, size_t size, int most_reads, uint64_t thread)
      : next_(scratch), end_(scratch + size), most_reads_(most_reads), thread_(thread) {}

  // `size` bytes at an address; `bytes` is null when they cannot be read.
  Piece Get(uint64_t address, uint32_t size, Trust trust);
  // A part of a piece. Inline where there is nothing to it, as every value is one.
  Piece Part(const Piece& whole, int64_t offset, uint32_t size) {
    if (!whole.trusted) return PartOfCopy(whole, offset, size);
    uint64_t address = whole.address + static_cast<uint64_t>(offset);
    return {whole.bytes == nullptr ? nullptr : whole.bytes + offset, address, size, true};
  }
  // As Get, for what a piece points to, which may be inside the piece itself (short strings).
  Piece Follow(const Piece& from, uint64_t address, uint32_t size, Trust trust);

  // Copies; 0 when the first byte cannot be read, less than `size` when memory ends before. A
  // system call of about a microsecond.
  size_t ReadUntrusted(uint64_t address, char* out, size_t size) const;

  // There is nothing left to read untrusted memory with.
  bool exhausted() const { return reads_ >= most_reads_; }

  // Returns the memory of all pieces made in its life.
  class Frame {
   public:
    explicit Frame(ProgramMemory* memory) : memory_(memory), next_(memory->next_) {}
    ~Frame() { memory_->next_ = next_; }

   private:
    ProgramMemory* const memory_;
    char* const next_;
  };

 private:
  bool IsReadable(uint64_t address, uint32_t size);
  bool IsPageReadable(uint64_t page);
  Piece PartOfCopy(const Piece& whole, int64_t offset, uint32_t size);

  char* next_;
  char* const end_;
  const int most_reads_;
  const uint64_t thread_;
  int reads_ = 0;
  int probes_ = 0;
  // Some that are there, while this record is made.
  static constexpr size_t kKnownPages = 4;
  uint64_t known_pages_[kKnownPages] = {};
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_PROGRAM_MEMORY_H_
