// Events on their way to the script: numbers in memory that it sees as a Float64Array, and values
// that are no plain numbers. environment/listeners.js knows the layout.
#ifndef OMNITRACE_TOOLS_ATTACH_EVENT_BATCH_H_
#define OMNITRACE_TOOLS_ATTACH_EVENT_BATCH_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "js/GCVector.h"
#include "js/RootingAPI.h"
#include "jsapi.h"

namespace omnitrace::attach {

class EventBatch {
 public:
  // 128 KiB, half of a second-level cache; about 1,500 events of a few plain values.
  static constexpr size_t kNumbers = 16 * 1024;
  // Of records: their values wait in the script's heap, where they may take ten times as much.
  static constexpr size_t kMostBytes = 1 << 20;

  struct Mark {
    size_t numbers, values;
  };

  explicit EventBatch(JSContext* context);
  ~EventBatch();

  // The Float64Array. Null: an exception is pending.
  JSObject* MakeArray();

  bool empty() const { return used_ == 0; }
  bool HasRoom(size_t numbers) const { return used_ + numbers <= kNumbers && bytes_ < kMostBytes; }
  void CountBytes(size_t bytes) { bytes_ += bytes; }
  void AddNumber(double number) { numbers_[used_++] = number; }
  // NaN, and the value. False: memory is out, and an exception pending; likewise below.
  bool AddNumberBeside(const JS::Value& value) {
    AddNumber(kNotANumber);
    return AddValue(value);
  }
  bool AddValue(const JS::Value& value) { return values_.append(value); }
  // UTF-8.
  bool AddText(absl::string_view text);

  // For taking back an event that turns out to be damaged.
  Mark mark() const { return {used_, values_.length()}; }
  void Rewind(const Mark& mark);

  size_t numbers() const { return used_; }
  size_t values() const { return values_.length(); }
  // An array of the values. Null: an exception is pending.
  JSObject* MakeValues();
  void Clear() { Rewind({0, 0}); }

 private:
  static const double kNotANumber;

  JSContext* const context_;
  std::vector<double> numbers_;
  size_t used_ = 0;
  size_t bytes_ = 0;
  JS::PersistentRootedVector<JS::Value> values_;
  JS::PersistentRootedObject buffer_;
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_EVENT_BATCH_H_
