#include "tools/flamegraph/function_label.h"

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace omnitrace::flamegraph {
namespace {

constexpr absl::string_view kOperator = "operator";

bool IsOperator(absl::string_view part) {
  return absl::StartsWith(part, kOperator) &&
         (part.size() == kOperator.size() ||
          !(absl::ascii_isalnum(part[kOperator.size()]) || part[kOperator.size()] == '_'));
}

// FNV-1a, with a last mix: the high bits of short names differ too little without.
uint32_t StableHash(absl::string_view text) {
  uint32_t hash = 2166136261u;
  for (unsigned char c : text) hash = (hash ^ c) * 16777619u;
  hash ^= hash >> 16;
  hash *= 0x7feb352du;
  return hash ^ hash >> 15;
}

}  // namespace

QualifiedName SplitName(absl::string_view name) {
  size_t last = 0;
  int angles = 0, parentheses = 0;
  for (size_t i = 0; i < name.size() && !IsOperator(name.substr(last)); ++i) {
    char c = name[i];
    parentheses += (c == '(') - (c == ')');
    if (parentheses == 0) angles += (c == '<') - (c == '>');
    if (parentheses == 0 && angles == 0 && absl::StartsWith(name.substr(i), "::")) last = i + 2;
  }
  return {name.substr(0, last < 2 ? 0 : last - 2), name.substr(last)};
}

absl::string_view ShortName(absl::string_view name) {
  QualifiedName split = SplitName(name);
  if (!IsOperator(split.last) && !absl::StartsWith(split.last, "(")) {
    return split.last.substr(0, split.last.find('<', 1));
  }
  absl::string_view scope = SplitName(split.scope).last;
  return name.substr(split.scope.size() - scope.size());
}

Colour ColourOf(absl::string_view name) {
  // Evenly apart for the eye: LCh has more degrees of green than of yellow or blue.
  constexpr int kHues[] = {60, 76, 94, 118, 148, 182, 212, 240, 264, 286, 308, 330};
  constexpr uint32_t kCount = std::size(kHues), kSpread = 5;
  uint32_t scope = StableHash(SplitName(name).scope);
  uint32_t function = StableHash(name);
  uint32_t hue = (scope + function % kSpread) % kCount;
  return {kHues[hue], static_cast<int>(function / kSpread % 3) - 1};
}

}  // namespace omnitrace::flamegraph
