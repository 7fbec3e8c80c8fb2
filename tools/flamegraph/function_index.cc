#include "tools/flamegraph/function_index.h"

#include <algorithm>

namespace omnitrace::flamegraph {

uint32_t FunctionIndex::Add(NamedFunction function) {
  auto [entry, added] = numbers_.emplace(function, static_cast<uint32_t>(functions_.size()));
  if (added) {
    functions_.push_back(std::move(function));
    totals_.push_back({.function = entry->second});
  }
  return entry->second;
}

std::vector<Share> FunctionIndex::Hottest(size_t most) const {
  std::vector<Share> hottest = totals_;
  std::erase_if(hottest, [](const Share& total) { return total.self == 0; });
  std::stable_sort(hottest.begin(), hottest.end(),
                   [](const Share& a, const Share& b) { return a.self > b.self; });
  hottest.resize(std::min(most, hottest.size()));
  return hottest;
}

}  // namespace omnitrace::flamegraph
