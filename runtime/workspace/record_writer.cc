#include "runtime/workspace/record_writer.h"

#include <algorithm>

namespace omnitrace::workspace {
namespace {

size_t TextSize(absl::string_view text) { return VarintSize(text.size()) + text.size(); }
size_t SizeOf(RecordWriter::Values values) {
  return values.sized ? TextSize(values.bytes) : values.bytes.size();
}
size_t SizeOf(RecordWriter::Thrown thrown) { return TextSize(thrown.type) + TextSize(thrown.what); }

}  // namespace

void RecordWriter::Enter(uint64_t ticks, uint32_t function, Values arguments) {
  Head(RecordKind::kEnter, function);
  Put(ticks);
  Put(arguments);
}

void RecordWriter::Leave(uint64_t ticks, Values result) {
  Head(RecordKind::kLeave, ticks);
  Put(result);
}

void RecordWriter::FarLeave(uint64_t ticks, uint32_t function, Values result) {
  Other(OtherRecord::kFarLeave, ticks, VarintSize(function) + SizeOf(result));
  Put(function);
  Put(result);
}

void RecordWriter::Throw(uint64_t ticks, Thrown thrown) {
  Head(RecordKind::kThrow, ticks);
  Put(thrown);
}

void RecordWriter::FarThrow(uint64_t ticks, uint32_t function, Thrown thrown) {
  Other(OtherRecord::kFarThrow, ticks, VarintSize(function) + SizeOf(thrown));
  Put(function);
  Put(thrown);
}

void RecordWriter::ThrownValue(uint64_t ticks, absl::string_view value) {
  Other(OtherRecord::kThrown, ticks, value.size());
  Put(value);
}

void RecordWriter::Changed(uint64_t ticks, uint32_t function, absl::string_view values) {
  Other(OtherRecord::kChanged, ticks, VarintSize(function) + values.size());
  Put(function);
  Put(values);
}

void RecordWriter::Unwound(uint64_t ticks, uint32_t depth) {
  Other(OtherRecord::kUnwound, ticks, VarintSize(depth));
  Put(depth);
}

void RecordWriter::Dropped(uint64_t ticks, DropReason reason, uint64_t calls) {
  uint64_t number = static_cast<uint64_t>(reason);
  Other(OtherRecord::kDropped, ticks, VarintSize(number) + VarintSize(calls));
  Put(number);
  Put(calls);
}

void RecordWriter::Other(OtherRecord kind, uint64_t ticks, size_t length) {
  Head(RecordKind::kOther, static_cast<uint64_t>(kind));
  Put(ticks);
  Put(uint64_t{length});
}

void RecordWriter::Put(absl::string_view bytes) {
  out_ = std::copy(bytes.begin(), bytes.end(), out_);
}

void RecordWriter::Put(Values values) {
  if (values.sized) Put(uint64_t{values.bytes.size()});
  Put(values.bytes);
}

void RecordWriter::Put(Thrown thrown) {
  for (absl::string_view text : {thrown.type, thrown.what}) {
    Put(uint64_t{text.size()});
    Put(text);
  }
}

}  // namespace omnitrace::workspace
