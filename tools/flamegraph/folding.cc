#include "tools/flamegraph/folding.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace omnitrace::flamegraph {
namespace {

void AddShare(const Share& added, Fold& fold) {
  auto same = std::find_if(fold.shares.begin(), fold.shares.end(),
                           [&](const Share& share) { return share.function == added.function; });
  if (same != fold.shares.end()) {
    same->calls += added.calls;
    same->self += added.self;
    return;
  }
  if (fold.shares.size() < Fold::kMaxShares) {
    fold.shares.push_back(added);
    return;
  }
  fold.more = true;
  auto least = std::min_element(fold.shares.begin(), fold.shares.end(),
                                [](const Share& a, const Share& b) { return a.self < b.self; });
  if (least->self < added.self) *least = added;
}

void AddShares(const Box& box, Fold& fold) {
  if (box.fold == nullptr) {
    AddShare({box.function, box.calls, box.self}, fold);
    return;
  }
  for (const Share& share : box.fold->shares) AddShare(share, fold);
  fold.more |= box.fold->more;
}

void MakeFold(Box& box) {
  if (box.fold != nullptr) return;
  auto fold = std::make_unique<Fold>();
  AddShares(box, *fold);
  box.fold = std::move(fold);
}

bool HasShare(const Fold& fold, uint32_t function) {
  return std::any_of(fold.shares.begin(), fold.shares.end(),
                     [function](const Share& share) { return share.function == function; });
}

// The width of the box with `rank` narrower ones.
uint64_t WidthOfRank(size_t rank, const std::vector<Box>& boxes) {
  std::vector<uint64_t> widths;
  widths.reserve(boxes.size());
  for (const Box& box : boxes) widths.push_back(box.running ? UINT64_MAX - 1 : box.width());
  std::nth_element(widths.begin(), widths.begin() + rank, widths.end());
  return widths[rank];
}

size_t CountRunning(const std::vector<Box>& boxes) {
  return std::count_if(boxes.begin(), boxes.end(), [](const Box& box) { return box.running; });
}

}  // namespace

void Absorb(const Box& box, bool inside, Box& fold) {
  MakeFold(fold);
  AddShares(box, *fold.fold);
  fold.calls += box.calls;
  fold.threw += box.threw;
  fold.open += box.open;
  fold.self += box.self;
  if (inside) return;
  fold.total += box.total;
  fold.start = std::min(fold.start, box.start);
  fold.end = std::max(fold.end, box.end);
}

bool Folding::MayJoin(const Box& last, const Box& box) const {
  if (last.lane != box.lane || last.depth != box.depth || last.running) return false;
  // A far neighbour would make a wide box of little time.
  if (box.start > last.end && box.start - last.end >= width_) return false;
  if (IsNarrow(last)) return true;
  if (last.fold == nullptr) return false;
  return neighbours_ == Neighbours::kAny || HasShare(*last.fold, box.function);
}

void Folding::AppendNarrow(Box box, std::vector<Box>& boxes) const {
  if (!boxes.empty() && MayJoin(boxes.back(), box)) {
    Absorb(box, /*inside=*/false, boxes.back());
  } else {
    boxes.push_back(std::move(box));
  }
}

void Folding::CollapseTail(size_t first, std::vector<Box>& boxes) const {
  Box box = std::move(boxes[first]);
  for (size_t i = first + 1; i < boxes.size(); ++i) Absorb(boxes[i], /*inside=*/true, box);
  boxes.resize(first);
  AppendNarrow(std::move(box), boxes);
}

void Folding::Pass(std::vector<Box>& boxes) const {
  std::vector<Box> kept;
  kept.reserve(boxes.size());
  for (size_t i = 0; i < boxes.size();) {
    Box box = std::move(boxes[i++]);
    if (!IsNarrow(box)) {
      kept.push_back(std::move(box));
      continue;
    }
    for (; i < boxes.size() && boxes[i].lane == box.lane && boxes[i].depth > box.depth; ++i) {
      Absorb(boxes[i], /*inside=*/true, box);
    }
    AppendNarrow(std::move(box), kept);
  }
  boxes = std::move(kept);
}

void Folding::Reduce(size_t budget, std::vector<Box>& boxes) {
  // A running box cannot go, nor can the fold of all that was left inside it before.
  size_t allowed = budget + 2 * CountRunning(boxes);
  uint64_t widest = 0;
  for (const Box& box : boxes) widest = std::max(widest, box.end);
  uint64_t step = 1;
  while (boxes.size() > allowed && width_ <= widest) {
    // Every box that goes is narrow, so the width is at least that of this rank. What remains to be
    // found are folds too far apart: steps grow while they do not pay.
    size_t surplus = boxes.size() - allowed;
    width_ = std::max(width_ + step, WidthOfRank(surplus - 1, boxes) + 1);
    Pass(boxes);
    bool paid = boxes.size() < allowed + surplus - surplus / 4;
    step = paid ? (step + 1) / 2 : 2 * step;
  }
}

}  // namespace omnitrace::flamegraph
