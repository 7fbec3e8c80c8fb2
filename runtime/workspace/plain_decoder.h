// Values from the bytes of an object as they lay in the program's memory, by the offsets of its
// type's members.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_PLAIN_DECODER_H_
#define OMNITRACE_RUNTIME_WORKSPACE_PLAIN_DECODER_H_

#include <string>

#include "absl/strings/string_view.h"
#include "runtime/workspace/decode_budget.h"
#include "runtime/workspace/metadata.h"
#include "runtime/workspace/value.h"

namespace omnitrace::workspace {

class PlainDecoder {
 public:
  PlainDecoder(const Metadata& metadata, DecodeBudget* budget)
      : metadata_(metadata), budget_(budget) {}

  // `object` begins with the value and ends where its owner does. False: see error().
  bool Decode(const TypeInfo& type, absl::string_view object, Value* value);
  const std::string& error() const { return error_; }

 private:
  bool DecodeRecord(const TypeInfo& type, absl::string_view bytes, Value* value);
  bool DecodeMember(const TypeMember& member, absl::string_view record, Value* value);
  bool DecodeComplex(const TypeInfo& type, absl::string_view bytes, Value* value);
  bool DecodeDuration(const TypeInfo& type, absl::string_view bytes, Value* value);
  bool DecodeTimePoint(const TypeInfo& type, absl::string_view bytes, Value* value);
  const TypeInfo* Element(const TypeInfo& type);
  bool DecodeElements(const TypeInfo& type, uint64_t count, absl::string_view bytes, Value* value);
  bool Fail(std::string what);

  const Metadata& metadata_;
  DecodeBudget* const budget_;
  std::string error_;
};

}  // namespace omnitrace::workspace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_PLAIN_DECODER_H_
