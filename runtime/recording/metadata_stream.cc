#include "runtime/recording/metadata_stream.h"

#include "runtime/recording/copy.h"
#include "runtime/recording/padded_varint.h"

namespace omnitrace::recording {
namespace {

// A record's kind, and its length in a fixed width: that becomes known behind it.
constexpr size_t kKindBytes = 1;
constexpr size_t kLengthBytes = 3;
constexpr size_t kFrontBytes = kKindBytes + kLengthBytes;

}  // namespace

void MetadataFields::PutText(const char* text) {
  PutText(text == nullptr ? std::string_view() : std::string_view(text));
}

void MetadataFields::PutText(std::string_view text) {
  text = text.substr(0, longest_text_);
  Put(text.size());
  if (!Fits(text.size())) return;
  CopyBytes(out_, text.data(), text.size());
  out_ += text.size();
}

bool MetadataStream::Open(WorkspaceFile* file) {
  file_ = file;
  if (!window_.Open(file)) return false;
  StartBlock();
  return true;
}

bool MetadataStream::WriteProperty(std::string_view key, std::string_view value) {
  return Write(MetadataRecord::kProperty, [key, value](MetadataFields* fields) {
    fields->PutText(key);
    fields->PutText(value);
  });
}

void MetadataStream::Seal() { window_.Seal(0, 0); }

MetadataFields MetadataStream::Begin(size_t longest_text) {
  char* cursor = window_.payload() + length_;
  bool room = static_cast<size_t>(window_.end() - cursor) > kFrontBytes + kVarintSlack;
  return MetadataFields(room ? cursor + kFrontBytes : window_.end(), window_.end(), longest_text);
}

bool MetadataStream::Finish(MetadataRecord kind, const MetadataFields& fields) {
  if (fields.overflown()) return false;
  char* cursor = window_.payload() + length_;
  PutPaddedVarint(cursor, kKindBytes, static_cast<uint64_t>(kind));
  PutPaddedVarint(cursor + kKindBytes, kLengthBytes,
                  static_cast<uint64_t>(fields.out() - cursor) - kFrontBytes);
  length_ = static_cast<uint32_t>(fields.out() - window_.payload());
  __atomic_store_n(&window_.block()->length, length_, __ATOMIC_RELEASE);
  return true;
}

bool MetadataStream::StartNextBlock() {
  if (full_) return false;
  window_.Seal(0, 0);
  full_ = window_.Append(file_, nullptr) == Appended::kNoSpace;
  if (full_) return false;
  ++sequence_;
  StartBlock();
  return true;
}

void MetadataStream::StartBlock() {
  BlockStart start = {};
  start.kind = BlockKind::kMetadata;
  start.sequence = sequence_;
  start.ticks = ReadTicks(file_->header().clock);
  window_.Start(start);
  length_ = 0;
}

}  // namespace omnitrace::recording
