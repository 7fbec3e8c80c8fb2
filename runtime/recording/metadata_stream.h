// Writes the metadata of a recording: a stream of blocks of its own, through a window of its own.
#ifndef OMNITRACE_RUNTIME_RECORDING_METADATA_STREAM_H_
#define OMNITRACE_RUNTIME_RECORDING_METADATA_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/recording/block_window.h"
#include "runtime/recording/copy.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/format.h"

namespace omnitrace::recording {

// The fields of one record, put one behind the other; what does not fit makes it overflow.
class MetadataFields {
 public:
  MetadataFields(char* out, char* end, size_t longest_text)
      : out_(out), end_(end), longest_text_(longest_text) {}

  void Put(uint64_t number) {
    if (Fits(kVarintSlack)) out_ = PutVarint(out_, number);
  }
  void PutText(const char* text);
  void PutText(std::string_view text);
  // One text, of the pieces that `write` hands to the function that it is called with, twice.
  template <typename Write>
  void PutPieces(const Write& write) {
    size_t size = 0;
    write([&size](std::string_view piece) { size += piece.size(); });
    if (size > longest_text_) size = longest_text_;
    Put(size);
    if (!Fits(size)) return;
    char* end = out_ + size;
    write([this, end](std::string_view piece) {
      size_t room = static_cast<size_t>(end - out_);
      size_t taken = piece.size() < room ? piece.size() : room;
      CopyBytes(out_, piece.data(), taken);
      out_ += taken;
    });
  }

  char* out() const { return out_; }
  bool overflown() const { return overflown_; }

 private:
  bool Fits(size_t bytes) {
    if (static_cast<size_t>(end_ - out_) < bytes) overflown_ = true;
    return !overflown_;
  }

  char* out_;
  char* const end_;
  const size_t longest_text_;
  bool overflown_ = false;
};

// All zeros is closed. Every member is called with the session's lock held.
class MetadataStream {
 public:
  bool Open(WorkspaceFile* file);

  // Writes one record, whose fields `put(MetadataFields*)` puts; it may be called several times.
  // Texts are cut when the record would not even fit into an empty block. False: no space.
  template <typename Put>
  bool Write(MetadataRecord kind, const Put& put) {
    for (size_t longest_text : {8192, 256, 0}) {
      for (bool fresh : {false, true}) {
        if (fresh && !StartNextBlock()) return false;
        MetadataFields fields = Begin(longest_text);
        put(&fields);
        if (Finish(kind, fields)) return true;
      }
    }
    return false;
  }
  bool WriteProperty(std::string_view key, std::string_view value);

  // Completes the last block, in its window.
  void Seal();
  const BlockWindow& window() const { return window_; }

 private:
  MetadataFields Begin(size_t longest_text);
  bool Finish(MetadataRecord kind, const MetadataFields& fields);
  bool StartNextBlock();
  void StartBlock();

  WorkspaceFile* file_;
  bool full_;  // there is no space for another block
  BlockWindow window_;
  uint64_t sequence_;
  uint32_t length_;  // of the present block, which others may write to in the live file
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_METADATA_STREAM_H_
