#include "tools/flamegraph/details.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "tools/model/call.h"
#include "tools/output/call_text.h"
#include "tools/output/value_text.h"
#include "tools/support/utf8.h"

namespace omnitrace::flamegraph {
namespace {

using workspace::Event;
using workspace::EventCursor;
using workspace::Reader;

// Bytes of text. A tooltip is for a glance; `omnitrace call` shows values in full.
constexpr size_t kMaxValue = 120;
constexpr size_t kMaxArguments = 360;

struct Wanted {
  uint32_t lane;
  Place place;
  size_t box;

  bool SameBlock(const Wanted& other) const {
    return lane == other.lane && place.block == other.place.block;
  }
  bool operator<(const Wanted& other) const {
    return std::tie(lane, place.block, place.offset) <
           std::tie(other.lane, other.place.block, other.place.offset);
  }
};

std::vector<Wanted> RecordsToRead(const std::vector<Box>& boxes) {
  std::vector<Wanted> wanted;
  for (size_t i = 0; i < boxes.size(); ++i) {
    const Box& box = boxes[i];
    if (box.fold != nullptr || box.calls != 1) continue;
    if (box.entered.offset != 0) wanted.push_back({box.lane, box.entered, i});
    if (box.left.offset != 0) wanted.push_back({box.lane, box.left, i});
  }
  std::sort(wanted.begin(), wanted.end());
  return wanted;
}

std::string Cut(std::string text, size_t most) {
  if (text.size() <= most) return text;
  return absl::StrCat(tools::WithoutCutCharacter(absl::string_view(text).substr(0, most)), "…");
}

constexpr char kUnreadable[] = "cannot be read: the record is damaged";

// "a = 1", a line for each.
std::string ArgumentsText(const tools::Call& call,
                          const absl::StatusOr<std::vector<Reader::Argument>>& arguments,
                          const tools::ValueStyle& style) {
  if (!arguments.ok()) return kUnreadable;
  std::string text;
  for (const Reader::Argument& argument : *arguments) {
    absl::StrAppend(&text, text.empty() ? "" : "\n",
                    tools::Escaped(tools::ArgumentName(call, *argument.parameter)), " = ",
                    Cut(tools::ToText(argument.value, style), kMaxValue));
    if (text.size() > kMaxArguments) break;
  }
  return Cut(std::move(text), kMaxArguments);
}

std::string ResultText(const tools::Call& call, const tools::ValueStyle& style) {
  absl::StatusOr<workspace::Value> result = tools::ResultOf(call);
  if (!result.ok()) return kUnreadable;
  if (result->kind == workspace::Value::Kind::kVoid) return "";
  return Cut(tools::ToText(*result, style), kMaxValue);
}

// A message and fields are as many values as arguments are.
std::string ThrownText(const tools::Call& call, const tools::ValueStyle& style) {
  std::string text;
  absl::Status damage;
  tools::AppendThrown(call, {{}, style}, &text, &damage);
  if (!damage.ok()) absl::StrAppend(&text, " ", kUnreadable);
  return Cut(std::move(text), kMaxArguments);
}

bool MayChangeArguments(const workspace::Function& function) {
  return std::any_of(function.parameters.begin(), function.parameters.end(),
                     [](const auto& parameter) { return parameter.flags & kParameterMutable; });
}

// Meets a call's entry before its end.
class DetailsReader {
 public:
  DetailsReader(const std::vector<LaneSource>& sources, const std::vector<Box>& boxes,
                const tools::ValueStyle& style)
      : sources_(sources), boxes_(boxes), style_(style), details_(boxes.size()) {}

  // The records lie in one block, in order.
  void ReadBlock(absl::Span<const Wanted> records);
  std::vector<Details> Take() { return std::move(details_); }

 private:
  void Enter(const Event& event, tools::Call call, size_t box);
  // `changed` are the bytes of the event before the end.
  void Leave(const Event& event, absl::string_view changed, tools::Call call, size_t box);

  const std::vector<LaneSource>& sources_;
  const std::vector<Box>& boxes_;
  const tools::ValueStyle& style_;
  // By box, until its call ends: what has changed is told by comparing.
  absl::flat_hash_map<size_t, std::string> arguments_;
  std::vector<Details> details_;
};

void DetailsReader::ReadBlock(absl::Span<const Wanted> records) {
  const LaneSource& source = sources_[records.front().lane];
  const Reader& reader = *source.file->reader;
  EventCursor cursor(reader, source.thread->index, records.front().place.block, 1);
  absl::string_view changed;
  while (!records.empty() && cursor.Next()) {
    const Event& event = cursor.event();
    if (event.offset == records.front().place.offset) {
      tools::Call call;
      call.file = source.file;
      call.thread = source.thread;
      call.function = &reader.function(event.function);
      if (event.kind == Event::Kind::kEnter) {
        Enter(event, std::move(call), records.front().box);
      } else {
        Leave(event, changed, std::move(call), records.front().box);
      }
      records.remove_prefix(1);
    }
    changed = event.kind == Event::Kind::kChanged ? event.bytes : absl::string_view();
  }
}

void DetailsReader::Enter(const Event& event, tools::Call call, size_t box) {
  call.arguments = event.bytes;
  details_[box].arguments = ArgumentsText(call, tools::ArgumentsOf(call), style_);
  bool ends = boxes_[box].left.offset != 0;
  if (ends && MayChangeArguments(*call.function)) arguments_[box] = std::string(event.bytes);
}

void DetailsReader::Leave(const Event& event, absl::string_view changed, tools::Call call,
                          size_t box) {
  if (event.kind == Event::Kind::kThrow) {
    call.thrown_type = event.thrown_type;
    call.thrown_what = event.thrown_what;
    call.thrown_value = event.thrown_value;
    details_[box].result = ThrownText(call, style_);
  } else {
    call.result = event.bytes;
    details_[box].result = ResultText(call, style_);
  }
  auto entered = arguments_.extract(box);
  if (entered.empty()) return;
  call.arguments = entered.mapped();
  call.changed = changed;
  details_[box].changed = ArgumentsText(call, tools::ChangedOf(call), style_);
}

}  // namespace

std::vector<Details> ReadDetails(const std::vector<LaneSource>& sources,
                                 const std::vector<Box>& boxes, const tools::ValueStyle& style) {
  DetailsReader reader(sources, boxes, style);
  std::vector<Wanted> wanted = RecordsToRead(boxes);
  for (auto next = wanted.begin(); next != wanted.end();) {
    auto end = std::find_if_not(next, wanted.end(),
                                [next](const Wanted& other) { return next->SameBlock(other); });
    reader.ReadBlock(absl::MakeConstSpan(&*next, static_cast<size_t>(end - next)));
    next = end;
  }
  return reader.Take();
}

}  // namespace omnitrace::flamegraph
