#include "runtime/workspace/block_parser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace omnitrace::workspace {

RecordLayouts::RecordLayouts(const Metadata& metadata) {
  for (const Function& function : metadata.functions()) {
    layouts.push_back(
        {SkipPlan::ForArguments(metadata, function), SkipPlan::ForResult(metadata, function)});
  }
}

void BlockParser::Start(const BlockHeader& header, absl::string_view payload, uint64_t offset) {
  in_ = ByteParser(payload);
  offset_ = offset;
  record_position_ = 0;
  ticks_ = header.start_ticks;
  first_call_ = header.first_call;
  calls_ = 0;
  far_depth_ = least_depth_ = header.start_depth;
  thrown_ = absl::string_view();
  observers_ = 0;
  open_.clear();
  error_.clear();
}

bool BlockParser::Next(Event* event) {
  bool known;
  do {
    known = true;
    if (!error_.empty() || in_.AtEnd()) return false;
    record_position_ = in_.position();
    event->offset = offset_ + record_position_;
    uint64_t head = in_.Varint();
    uint64_t rest = head >> 2;
    bool fits = false;
    switch (static_cast<RecordKind>(head & 3)) {
      case RecordKind::kEnter:
        fits = ParseEnter(rest, event);
        break;
      case RecordKind::kLeave:
        fits = Tick(rest) && ParseEnd(event, Event::Kind::kLeave);
        break;
      case RecordKind::kThrow:
        fits = Tick(rest) && ParseEnd(event, Event::Kind::kThrow);
        break;
      case RecordKind::kOther:
        fits = ParseOther(rest, event, &known);
        break;
    }
    if (!fits || !in_.ok() || !error_.empty()) return Fail("record reaches beyond its block");
  } while (!known);
  event->time = scale_.ToNanoseconds(ticks_);
  event->observers = observers_;
  thrown_ = absl::string_view();
  observers_ = 0;
  return true;
}

bool BlockParser::ParseEnter(uint64_t id, Event* event) {
  int64_t function = id <= UINT32_MAX ? metadata_.FindFunction(static_cast<uint32_t>(id)) : -1;
  if (!Tick(in_.Varint()) || !in_.ok()) return false;
  if (function < 0) return Fail(absl::StrCat("call of function ", id, ", which is not defined"));
  if (depth() >= kMostDepth) return Fail(absl::StrCat("more than ", kMostDepth, " open calls"));
  const SkipPlan& plan = layouts_.layouts[static_cast<size_t>(function)].arguments;
  event->kind = Event::Kind::kEnter;
  event->function = static_cast<uint32_t>(id);
  event->depth = depth();
  event->ordinal = first_call_ + calls_;
  event->bytes = plan.Take(metadata_, &in_, &error_);
  ++calls_;
  open_.push_back(function);
  return true;
}

bool BlockParser::ParseEnd(Event* event, Event::Kind kind) {
  if (open_.empty()) return Fail("end of a call, but no call of this block is open");
  event->kind = kind;
  TakeOutcome(&in_, open_.back(), event);
  open_.pop_back();
  event->depth = depth();
  return true;
}

bool BlockParser::ParseOther(uint64_t kind, Event* event, bool* known) {
  uint64_t ticks = in_.Varint();
  ByteParser body(in_.Text());
  if (!in_.ok() || !Tick(ticks)) return false;
  auto record = static_cast<OtherRecord>(std::min<uint64_t>(kind, UINT32_MAX));
  bool fits = true;
  *known = true;
  switch (record) {
    case OtherRecord::kFarLeave:
      fits = ParseFarEnd(&body, event, Event::Kind::kLeave);
      break;
    case OtherRecord::kFarThrow:
      fits = ParseFarEnd(&body, event, Event::Kind::kThrow);
      break;
    case OtherRecord::kUnwound:
      fits = ParseUnwound(&body, event);
      break;
    case OtherRecord::kDropped:
      ParseDropped(&body, event);
      break;
    case OtherRecord::kChanged:
      fits = ParseChanged(&body, event);
      break;
    default:
      *known = false;
      ParseRemark(record, &body);
  }
  return fits && body.ok();
}

// About the next record, or the thread: no event of its own.
void BlockParser::ParseRemark(OtherRecord kind, ByteParser* body) {
  switch (kind) {
    case OtherRecord::kThrown:
      thrown_ = body->Rest();
      break;
    case OtherRecord::kFor:
      observers_ = body->Varint();
      break;
    case OtherRecord::kThread:
      ParseThread(body);
      break;
    default:
      break;
  }
}

bool BlockParser::ParseFarEnd(ByteParser* body, Event* event, Event::Kind kind) {
  uint32_t id = body->Varint32();
  int64_t function = metadata_.FindFunction(id);
  if (!body->ok()) return false;
  if (function < 0) return Fail(absl::StrCat("end of function ", id, ", which is not defined"));
  if (!open_.empty()) return Fail("end of an earlier block's call while this block's are open");
  if (far_depth_ == 0) return Fail("end of a call, but no call is open");
  event->kind = kind;
  TakeOutcome(body, function, event);
  event->depth = --far_depth_;
  least_depth_ = std::min(least_depth_, far_depth_);
  return true;
}

bool BlockParser::ParseUnwound(ByteParser* body, Event* event) {
  uint32_t left = body->Varint32();
  if (!body->ok()) return false;
  if (left > depth()) {
    return Fail(absl::StrCat("unwound to depth ", left, ", but only ", depth(), " calls are open"));
  }
  if (left >= far_depth_) {
    open_.resize(left - far_depth_);
  } else {
    open_.clear();
    far_depth_ = left;
    least_depth_ = std::min(least_depth_, left);
  }
  event->kind = Event::Kind::kUnwound;
  event->function = 0;
  event->depth = left;
  return true;
}

void BlockParser::ParseDropped(ByteParser* body, Event* event) {
  event->kind = Event::Kind::kDropped;
  event->function = 0;
  event->depth = depth();
  event->reason = static_cast<DropReason>(body->Varint32());
  event->count = body->Varint();
}

bool BlockParser::ParseChanged(ByteParser* body, Event* event) {
  uint32_t id = body->Varint32();
  int64_t function = metadata_.FindFunction(id);
  if (!body->ok()) return false;
  if (function < 0) return Fail(absl::StrCat("changes of function ", id, ", which is not defined"));
  if (depth() == 0) return Fail("changes of a call, but no call is open");
  if (!open_.empty() && open_.back() != function) {
    return Fail(
        absl::StrCat("changes of function ", id, ", but the innermost call is another one"));
  }
  event->kind = Event::Kind::kChanged;
  event->function = id;
  event->depth = depth() - 1;
  event->bytes = body->Rest();
  return true;
}

void BlockParser::ParseThread(ByteParser* body) {
  uint64_t window = body->Varint();
  if (window == 0) return;
  thread_.window = window;
  thread_.earlier_calls = body->Varint();
  thread_.tid = body->Varint();
  thread_.name = std::string(body->Text());
  thread_.start_ticks = body->Varint();
}

std::string BlockParser::Disagreement(const BlockHeader& header) const {
  if (header.calls != calls_) {
    return absl::StrCat("block of ", calls_, " calls, but its header says ", header.calls);
  }
  if (header.least_depth != least_depth_) {
    return absl::StrCat("block with least depth ", least_depth_, ", but its header says ",
                        header.least_depth);
  }
  return "";
}

void BlockParser::TakeOutcome(ByteParser* in, int64_t function, Event* event) {
  size_t index = static_cast<size_t>(function);
  event->function = metadata_.functions()[index].id;
  if (event->kind == Event::Kind::kLeave) {
    event->bytes = layouts_.layouts[index].result.Take(metadata_, in, &error_);
  } else {
    event->thrown_type = in->Text();
    event->thrown_what = in->Text();
    event->thrown_value = thrown_;
  }
}

bool BlockParser::Tick(uint64_t ticks) {
  if (ticks > UINT64_MAX - ticks_) return Fail("time beyond 64 bits");
  ticks_ += ticks;
  return true;
}

bool BlockParser::Fail(std::string what) {
  if (error_.empty()) error_ = std::move(what);
  return false;
}

}  // namespace omnitrace::workspace
