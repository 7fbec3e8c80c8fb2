#include "tools/live/live_directory.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/byte_parser.h"
#include "runtime/workspace/description.h"
#include "runtime/workspace/live_format.h"

namespace omnitrace::tools {
namespace {

using workspace::ByteParser;

LiveFunction ParseFunction(ByteParser parser) {
  LiveFunction function = {};
  function.place = parser.Varint();
  function.flags = parser.Varint32();
  function.name = std::string(parser.Text());
  function.file = std::string(parser.Text());
  function.line = parser.Varint32();
  if (!parser.ok()) function.place = kLiveSwitchBytes;
  return function;
}

LiveInlined ParseInlined(ByteParser parser) {
  LiveInlined inlined = {};
  inlined.outer = parser.Varint();
  for (uint64_t left = parser.Varint(); left > 0 && parser.ok(); --left)
    inlined.inner.push_back(parser.Varint());
  if (!parser.ok()) inlined.outer = kLiveSwitchBytes;
  return inlined;
}

bool IsPlace(uint64_t place) { return place < kLiveSwitchBytes; }

// Places whose functions are gone: each is used once.
class UnloadedPlaces {
 public:
  void Add(uint64_t first, uint64_t end) { ranges_.push_back({first, end}); }
  // Before Has().
  void Sort() {
    std::sort(ranges_.begin(), ranges_.end());
    // The one that begins last at or before a place has to reach as far as any before it.
    for (size_t i = 1; i < ranges_.size(); ++i)
      ranges_[i].second = std::max(ranges_[i].second, ranges_[i - 1].second);
  }
  bool Has(uint64_t place) const {
    auto behind =
        std::upper_bound(ranges_.begin(), ranges_.end(), std::make_pair(place, UINT64_MAX));
    return behind != ranges_.begin() && place < std::prev(behind)->second;
  }

 private:
  std::vector<std::pair<uint64_t, uint64_t>> ranges_;
};

class DirectoryParser {
 public:
  // False when a record doesn't fit.
  bool Parse(absl::string_view bytes) {
    ByteParser parser(bytes);
    while (!parser.AtEnd()) {
      auto kind = static_cast<LiveRecord>(parser.Varint());
      absl::string_view record = parser.Raw(parser.Varint());
      if (!parser.ok() || !Take(kind, record)) return false;
      offset_ = parser.position();
    }
    RemoveUnloaded();
    return true;
  }
  size_t offset() const { return offset_; }
  LiveDirectory& directory() { return directory_; }

 private:
  bool Take(LiveRecord kind, absl::string_view record) {
    switch (kind) {
      case LiveRecord::kFunction:
        directory_.functions.push_back(ParseFunction(ByteParser(record)));
        return IsPlace(directory_.functions.back().place);
      case LiveRecord::kInlined: {
        directory_.inlined.push_back(ParseInlined(ByteParser(record)));
        const LiveInlined& inlined = directory_.inlined.back();
        return IsPlace(inlined.outer) &&
               std::all_of(inlined.inner.begin(), inlined.inner.end(), IsPlace);
      }
      case LiveRecord::kUnloaded: {
        ByteParser parser(record);
        uint64_t first = parser.Varint();
        unloaded_.Add(first, parser.Varint());
        return parser.ok();
      }
    }
    return true;  // of a newer version
  }

  void RemoveUnloaded() {
    unloaded_.Sort();
    auto& functions = directory_.functions;
    functions.erase(std::remove_if(functions.begin(), functions.end(),
                                   [&](const auto& each) { return unloaded_.Has(each.place); }),
                    functions.end());
    auto& inlined = directory_.inlined;
    inlined.erase(std::remove_if(inlined.begin(), inlined.end(),
                                 [&](const auto& each) { return unloaded_.Has(each.outer); }),
                  inlined.end());
  }

  LiveDirectory directory_;
  UnloadedPlaces unloaded_;
  size_t offset_ = 0;
};

}  // namespace

bool IsOn(const LiveFunction& function, const std::vector<uint8_t>& switches) {
  constexpr uint8_t kOn = kSwitchOn | kLiveObserverBits;
  return function.place < switches.size() && (switches[function.place] & kOn) != 0;
}

absl::StatusOr<LiveDirectory> ParseLiveDirectory(absl::string_view bytes) {
  DirectoryParser parser;
  if (parser.Parse(bytes)) return std::move(parser.directory());
  return absl::DataLossError(absl::StrCat("offset ", kLiveDirectory + parser.offset(),
                                          ": damaged record in the directory"));
}

}  // namespace omnitrace::tools
