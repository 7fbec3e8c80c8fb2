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

// Walks over a name; tells at each character what it belongs to.
class NameScanner {
 public:
  explicit NameScanner(absl::string_view name) : name_(name) {}

  bool Next() {
    if (next_ == name_.size()) return false;
    at_ = next_++;
    if (in_operator_) return true;
    char c = name_[at_];
    parentheses_ += (c == '(') - (c == ')');
    if (parentheses_ == 0) angles_ += (c == '<') - (c == '>');
    if (AtColons()) part_ = at_ + 2;
    in_operator_ = at_ == part_ && IsOperator(name_.substr(part_));
    return true;
  }
  size_t at() const { return at_; }
  size_t part() const { return part_; }  // where the part begins that the character is in
  // The closing angle counts as outside.
  bool in_template_arguments() const { return angles_ > 0; }

 private:
  bool AtColons() const {
    return parentheses_ == 0 && angles_ == 0 && absl::StartsWith(name_.substr(at_), "::");
  }

  absl::string_view name_;
  size_t next_ = 0, at_ = 0, part_ = 0;
  int angles_ = 0, parentheses_ = 0;
  bool in_operator_ = false;  // the rest of the name is an operator's: no brackets in it
};

}  // namespace

QualifiedName SplitName(absl::string_view name) {
  NameScanner scanner(name);
  while (scanner.Next()) continue;
  size_t last = scanner.part();
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

std::string PlainName(absl::string_view name) {
  std::string plain;
  bool inside = false;
  for (NameScanner scanner(name); scanner.Next();) {
    bool closing = inside && !scanner.in_template_arguments();
    inside = scanner.in_template_arguments();
    if (!inside && !closing) plain += name[scanner.at()];
  }
  return plain;
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
