#include "tools/attach/event_batch.h"

#include <limits>

#include "js/Array.h"
#include "js/ArrayBuffer.h"
#include "js/experimental/TypedData.h"
#include "tools/attach/strings.h"

namespace omnitrace::attach {

const double EventBatch::kNotANumber = std::numeric_limits<double>::quiet_NaN();

EventBatch::EventBatch(JSContext* context)
    : context_(context), numbers_(kNumbers), values_(context), buffer_(context) {}

EventBatch::~EventBatch() {
  if (buffer_ != nullptr) JS::DetachArrayBuffer(context_, buffer_);
}

JSObject* EventBatch::MakeArray() {
  buffer_ =
      JS::NewArrayBufferWithUserOwnedContents(context_, kNumbers * sizeof(double), numbers_.data());
  if (buffer_ == nullptr) return nullptr;
  return JS_NewFloat64ArrayWithBuffer(context_, buffer_, 0, kNumbers);
}

bool EventBatch::AddText(absl::string_view text) {
  JSString* string = NewString(context_, text);
  return string != nullptr && AddValue(JS::StringValue(string));
}

void EventBatch::Rewind(const Mark& mark) {
  used_ = mark.numbers;
  values_.shrinkBy(values_.length() - mark.values);
  if (mark.numbers == 0) bytes_ = 0;
}

JSObject* EventBatch::MakeValues() {
  return JS::NewArrayObject(
      context_, JS::HandleValueArray::fromMarkedLocation(values_.length(), values_.begin()));
}

}  // namespace omnitrace::attach
