#include "runtime/workspace/block_check.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/block_index.h"

namespace omnitrace::workspace {
namespace {

// Keeps account of what the block's calls and the earlier ones do.
void Follow(const Event& event, BlockCheck* check) {
  switch (event.kind) {
    case Event::Kind::kEnter:
      check->open.push_back(event.function);
      break;
    case Event::Kind::kLeave:
    case Event::Kind::kThrow:
      if (check->open.empty()) {
        check->far_ends.push_back({event.offset, event.depth, event.function});
      } else {
        check->open.pop_back();
      }
      break;
    case Event::Kind::kUnwound: {
      uint32_t far =
          check->far_ends.empty() ? check->header.start_depth : check->far_ends.back().depth;
      check->open.resize(event.depth > far ? event.depth - far : 0);
      if (event.depth < far) check->far_ends.push_back({event.offset, event.depth, 0});
      break;
    }
    case Event::Kind::kChanged:
    case Event::Kind::kDropped:
      break;
  }
}

}  // namespace

BlockCheck BlockChecker::Check(const Block& block) const {
  BlockCheck check;
  BlockBuffer buffer;
  check.unreadable = buffer.Read(source_, block);
  if (check.unreadable) return check;
  check.header = buffer.header();
  BlockParser parser(metadata_, layouts_, scale_);
  parser.Start(buffer.header(), buffer.payload(), block.offset + sizeof(BlockHeader));
  CheckRecords(&parser, &check);
  check.calls = parser.calls();
  check.whole = parser.error().empty();
  if (!check.whole) {
    check.last = {parser.error_offset(), parser.error()};
  } else if (std::string what = parser.Disagreement(buffer.header());
             block.sealed && !what.empty()) {
    check.last = {block.offset, std::move(what)};
  }
  return check;
}

void BlockChecker::CheckRecords(BlockParser* parser, BlockCheck* check) const {
  Event event = {};
  while (parser->Next(&event)) {
    ++check->records;
    check->end = event.time;
    Follow(event, check);
    std::string what = WrongIn(event);
    if (what.empty()) continue;
    ++check->problem_count;
    if (check->problems.size() < BlockCheck::kMostProblems) {
      check->problems.push_back({event.offset, std::move(what)});
    }
  }
}

std::string BlockChecker::WrongIn(const Event& event) const {
  if (event.kind == Event::Kind::kUnwound) return "";
  if (event.kind == Event::Kind::kDropped) {
    uint32_t reason = static_cast<uint32_t>(event.reason);
    if (reason < kDropReasons) return "";
    return absl::StrCat("drop reason ", reason, ", expected at most ", kDropReasons - 1);
  }
  absl::Status status = values_.Check(event);
  return status.ok() ? "" : std::string(status.message());
}

}  // namespace omnitrace::workspace
