#include "tools/flamegraph/details.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tools/output/value_text.h"
#include "tools/support/demangle.h"
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

std::string ArgumentsText(const Reader& reader, const Event& event,
                          const tools::ValueStyle& style) {
  auto arguments = reader.DecodeArguments(reader.function(event.function), event.bytes);
  if (!arguments.ok()) return "cannot be read: the record is damaged";
  std::string text;
  for (const Reader::Argument& argument : *arguments) {
    absl::StrAppend(
        &text, text.empty() ? "" : "\n",
        tools::Escaped(argument.parameter->name.empty() ? "_" : argument.parameter->name), " = ",
        Cut(tools::ToText(argument.value, style), kMaxValue));
    if (text.size() > kMaxArguments) break;
  }
  return Cut(std::move(text), kMaxArguments);
}

std::string ResultText(const Reader& reader, const Event& event,
                       const tools::ValueStyle& style) {
  if (event.kind == Event::Kind::kThrow) {
    std::string type = tools::Escaped(tools::Demangle(event.thrown_type));
    if (event.thrown_what.empty()) return Cut(std::move(type), kMaxValue);
    return Cut(absl::StrCat(type, ": ", tools::Escaped(event.thrown_what)), kMaxValue);
  }
  auto result = reader.DecodeResult(reader.function(event.function), event.bytes);
  if (!result.ok()) return "cannot be read: the record is damaged";
  if (result->kind == workspace::Value::Kind::kVoid) return "";
  return Cut(tools::ToText(*result, style), kMaxValue);
}

void Describe(const Reader& reader, const Event& event, const tools::ValueStyle& style,
              Details& details) {
  if (event.kind == Event::Kind::kEnter) {
    details.arguments = ArgumentsText(reader, event, style);
  } else {
    details.result = ResultText(reader, event, style);
  }
}

}  // namespace

std::vector<Details> ReadDetails(const std::vector<LaneSource>& sources,
                                 const std::vector<Box>& boxes, const tools::ValueStyle& style) {
  std::vector<Details> details(boxes.size());
  std::vector<Wanted> wanted = RecordsToRead(boxes);
  for (auto next = wanted.begin(); next != wanted.end();) {
    auto end = std::find_if_not(next, wanted.end(),
                                [next](const Wanted& other) { return next->SameBlock(other); });
    const LaneSource& source = sources[next->lane];
    EventCursor cursor(*source.reader, source.thread, next->place.block, 1);
    while (next != end && cursor.Next()) {
      const Event& event = cursor.event();
      if (event.offset != next->place.offset) continue;
      Describe(*source.reader, event, style, details[next++->box]);
    }
    next = end;
  }
  return details;
}

}  // namespace omnitrace::flamegraph
