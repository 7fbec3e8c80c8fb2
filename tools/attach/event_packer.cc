#include "tools/attach/event_packer.h"

#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "js/BigInt.h"
#include "runtime/workspace/coding.h"
#include "runtime/workspace/format.h"
#include "runtime/workspace/status_macros.h"
#include "tools/attach/json_object.h"
#include "tools/attach/strings.h"
#include "tools/support/demangle.h"
#include "tools/support/utf8.h"
#include "tools/where/call_values.h"

namespace omnitrace::attach {
namespace {

using tools::Json;
using tools::LiveEvent;
using workspace::ByteParser;
using workspace::Reader;
using workspace::Value;

template <typename Float>
double TakeFloat(ByteParser* in) {
  absl::string_view bytes = in->Raw(sizeof(Float));
  if (bytes.empty()) return NAN;
  Float value;
  memcpy(&value, bytes.data(), sizeof(value));
  return static_cast<double>(value);
}

}  // namespace

absl::Status EventPacker::Pack(const LiveEvent& event, const EventShape& shape,
                               const EventIndices& indices) {
  batch_.CountBytes(event.arguments.size() + event.result.size() + event.thrown_value.size());
  batch_.AddNumber(indices.shape);
  batch_.AddNumber(indices.origin);
  batch_.AddNumber(
      static_cast<double>((event.origin->start_unix_ns + event.time) / uint64_t{1000000}));
  batch_.AddNumber(event.thread);
  batch_.AddNumber(static_cast<double>(event.time));
  batch_.AddNumber(static_cast<double>(batch_.values()));
  batch_.AddNumber(indices.name);
  if (!shape.arguments.empty()) RETURN_IF_ERROR(PackArguments(event, shape));
  if (shape.has_thrown) RETURN_IF_ERROR(PackThrown(event));
  if (shape.has_result) RETURN_IF_ERROR(PackResult(event, shape));
  if (shape.has_duration) batch_.AddNumber(static_cast<double>(event.duration));
  return absl::OkStatus();
}

absl::Status EventPacker::PackArguments(const LiveEvent& event, const EventShape& shape) {
  EventBatch::Mark mark = batch_.mark();
  if (shape.plain_arguments) {
    ByteParser in(event.arguments);
    bool plain = true;
    for (const PlainType& type : shape.arguments) plain = plain && PackPlain(type, &in);
    if (plain && in.ok() && in.AtEnd()) return absl::OkStatus();
    JS_ClearPendingException(context_);
    batch_.Rewind(mark);
  }
  ASSIGN_OR_RETURN(std::vector<Reader::Argument> arguments,
                   event.reader->DecodeArguments(*event.function, event.arguments));
  if (arguments.size() != shape.arguments.size()) {
    return absl::DataLossError("the function has other parameters than before");
  }
  for (size_t i = 0; i < arguments.size(); ++i) {
    RETURN_IF_ERROR(Add(tools::ToJson(arguments[i].value), shape.arguments[i]));
  }
  return absl::OkStatus();
}

absl::Status EventPacker::PackResult(const LiveEvent& event, const EventShape& shape) {
  EventBatch::Mark mark = batch_.mark();
  if (shape.result.kind != PlainType::Kind::kNone) {
    ByteParser in(event.result);
    if (PackPlain(shape.result, &in) && in.ok() && in.AtEnd()) return absl::OkStatus();
    JS_ClearPendingException(context_);
    batch_.Rewind(mark);
  }
  ASSIGN_OR_RETURN(Value result, event.reader->DecodeResult(*event.function, event.result));
  return Add(tools::ToJson(result), shape.result);
}

absl::Status EventPacker::PackThrown(const LiveEvent& event) {
  Json thrown = {{"type", tools::TextToJson(tools::Demangle(event.thrown_type))}};
  if (!event.thrown_what.empty()) thrown["what"] = tools::TextToJson(event.thrown_what);
  ASSIGN_OR_RETURN(Value value, event.reader->DecodeThrown(event.thrown_value));
  for (const workspace::Field& field : where::ThrownFields(std::move(value), event.thrown_what)) {
    tools::AddMember(field.name, tools::ToJson(field.value), &thrown);
  }
  return Add(thrown, PlainType());
}

bool EventPacker::PackPlain(const PlainType& type, ByteParser* in) {
  switch (type.kind) {
    case PlainType::Kind::kBool: {
      uint64_t bits = in->Varint();
      batch_.AddNumber(static_cast<double>(bits));
      return bits <= 1;
    }
    case PlainType::Kind::kSigned:
      return PackInteger(static_cast<uint64_t>(UnZigZag(in->Varint())), true);
    case PlainType::Kind::kUnsigned:
      return PackInteger(in->Varint(), false);
    case PlainType::Kind::kCharacter: {
      uint64_t bits = in->Varint();
      batch_.AddNumber(static_cast<double>(bits));
      return bits < 0x80;
    }
    case PlainType::Kind::kFloat:
    case PlainType::Kind::kDouble: {
      bool single = type.kind == PlainType::Kind::kFloat;
      double real = single ? TakeFloat<float>(in) : TakeFloat<double>(in);
      batch_.AddNumber(real);
      return std::isfinite(real);
    }
    case PlainType::Kind::kEnum: {
      uint64_t bits = in->Varint();
      if (type.is_signed) bits = static_cast<uint64_t>(UnZigZag(bits));
      auto name = type.enumerators.find(bits);
      if (name == type.enumerators.end()) return false;
      batch_.AddNumber(name->second);
      return true;
    }
    case PlainType::Kind::kText:
    case PlainType::Kind::kCString:
      return PackText(type.kind == PlainType::Kind::kCString, in);
    case PlainType::Kind::kNone:
      break;
  }
  return false;
}

bool EventPacker::PackInteger(uint64_t bits, bool is_signed) {
  auto number = static_cast<int64_t>(bits);
  if (is_signed ? FitsNumber(number) : FitsNumber(bits)) {
    batch_.AddNumber(is_signed ? static_cast<double>(number) : static_cast<double>(bits));
    return true;
  }
  JS::BigInt* big =
      is_signed ? JS::NumberToBigInt(context_, number) : JS::NumberToBigInt(context_, bits);
  return big != nullptr && batch_.AddNumberBeside(JS::BigIntValue(big));
}

bool EventPacker::PackText(bool has_address, ByteParser* in) {
  if (has_address) {
    if (in->Varint() == 0) return batch_.AddValue(JS::NullValue());
    if (in->Byte() != kStateValue) return false;
  }
  uint64_t size = in->Varint();
  if (in->Varint() != size) return false;
  absl::string_view text = in->Raw(size);
  return in->ok() && (IsAscii(text) || tools::IsUtf8(text)) && batch_.AddText(text);
}

absl::Status EventPacker::Add(const Json& json, const PlainType& type) {
  JS::RootedValue value(context_);
  bool added = ToObject(context_, json, &value) &&
               (type.is_number() ? batch_.AddNumberBeside(value) : batch_.AddValue(value));
  return added ? absl::OkStatus() : OutOfMemory();
}

absl::Status EventPacker::OutOfMemory() {
  JS_ClearPendingException(context_);
  return absl::ResourceExhaustedError("the script's heap is full");
}

}  // namespace omnitrace::attach
