#include "runtime/workspace/thread_writer.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "runtime/workspace/block_parser.h"
#include "runtime/workspace/status_macros.h"

namespace omnitrace::workspace {
namespace {

// Bytes of the values and texts that an event brings.
size_t SizeOf(const Event& event) {
  switch (event.kind) {
    case Event::Kind::kEnter:
    case Event::Kind::kLeave:
    case Event::Kind::kChanged:
      return event.bytes.size();
    case Event::Kind::kThrow:
      return event.thrown_type.size() + event.thrown_what.size() + event.thrown_value.size();
    default:
      return 0;
  }
}

// Two tell of a throw.
size_t RecordsOf(const Event& event) { return event.kind == Event::Kind::kThrow ? 2 : 1; }

}  // namespace

absl::Status ThreadWriter::Write(const Event& event, uint32_t function_flags) {
  RETURN_IF_ERROR(Check(event));
  uint64_t ticks = file_->header().start_ticks + event.time;
  if (event.kind == Event::Kind::kChanged) {
    RETURN_IF_ERROR(Prepare(0, ticks));
    Hold(event, ticks);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Prepare(SizeOf(event) + RecordsOf(event) * RecordWriter::kMostFixed, ticks));
  Put(event, function_flags, ticks);
  return absl::OkStatus();
}

absl::Status ThreadWriter::Flush() {
  UpdateClock();
  return block_.Flush();
}

absl::Status ThreadWriter::Seal() {
  RETURN_IF_ERROR(Prepare(0, ticks_));
  return SealBlock();
}

absl::Status ThreadWriter::Release() {
  if (changes_.held) return absl::OkStatus();
  RETURN_IF_ERROR(SealBlock());
  block_.Release();
  return absl::OkStatus();
}

absl::Status ThreadWriter::SealBlock() {
  UpdateClock();
  return block_.is_open() ? block_.Seal(least_depth_, calls_) : absl::OkStatus();
}

void ThreadWriter::UpdateClock() {
  uint64_t& last_ticks = file_->header().last_ticks;
  last_ticks = std::max(last_ticks, ticks_);
}

absl::Status ThreadWriter::Check(const Event& event) const {
  size_t most = RecordsOf(event) * kMaxRecordSize;
  if (SizeOf(event) > most) {
    return Wrong(
        absl::StrCat("event with ", SizeOf(event), " bytes of values, expected at most ", most));
  }
  bool enters = event.kind == Event::Kind::kEnter;
  if (enters && depth() == kMostDepth) {
    return Wrong(absl::StrCat("call at depth ", depth(), ", expected less than ", kMostDepth));
  }
  if (event.kind == Event::Kind::kUnwound && event.depth > depth()) {
    return Wrong(absl::StrCat("unwound to depth ", event.depth, ", expected at most ", depth(),
                              ", as so many calls are open"));
  }
  if (event.kind == Event::Kind::kDropped && static_cast<uint32_t>(event.reason) >= kDropReasons) {
    return Wrong(absl::StrCat("drop reason ", static_cast<uint32_t>(event.reason),
                              ", expected at most ", kDropReasons - 1));
  }
  bool ends = event.kind == Event::Kind::kLeave || event.kind == Event::Kind::kThrow ||
              event.kind == Event::Kind::kChanged;
  return ends ? CheckEnd(event.function) : absl::OkStatus();
}

absl::Status ThreadWriter::CheckEnd(uint32_t function) const {
  if (open_.empty()) {
    return Wrong(absl::StrCat("end of function ", function, ", but no call is open"));
  }
  if (open_.back() == function) return absl::OkStatus();
  return Wrong(absl::StrCat("end of function ", function, ", expected of function ", open_.back(),
                            ", as that call is the innermost"));
}

absl::Status ThreadWriter::Wrong(absl::string_view what) const {
  return absl::InvalidArgumentError(
      absl::StrCat(file_->path(), ": thread ", thread_, ": ", what,
                   "; write each thread's events in order, calls with all that they enclose"));
}

void ThreadWriter::Hold(const Event& event, uint64_t ticks) {
  changes_.held = true;
  changes_.ticks = ticks;
  changes_.function = event.function;
  changes_.values.assign(event.bytes.data(), event.bytes.size());
}

absl::Status ThreadWriter::Prepare(size_t bytes, uint64_t ticks) {
  if (changes_.held) bytes += changes_.values.size() + RecordWriter::kMostFixed;
  if (bytes > block_.room()) {
    RETURN_IF_ERROR(StartNextBlock(changes_.held ? changes_.ticks : ticks));
  }
  if (!changes_.held) return absl::OkStatus();
  RecordWriter out(block_.cursor());
  out.Changed(Elapse(changes_.ticks), changes_.function, changes_.values);
  block_.Commit(out.end());
  changes_.held = false;
  return absl::OkStatus();
}

absl::Status ThreadWriter::StartNextBlock(uint64_t ticks) {
  RETURN_IF_ERROR(SealBlock());
  BlockHeader start = {};
  if (block_.is_started()) {
    start.sequence = block_.header().sequence + 1;
    start.first_call = block_.header().first_call + calls_;
  }
  ticks_ = std::max(ticks_, ticks);
  far_depth_ = least_depth_ = depth();
  calls_ = 0;
  start.kind = BlockKind::kCalls;
  start.thread = thread_;
  start.start_depth = depth();
  start.start_ticks = ticks_;
  block_.Start(start);
  return absl::OkStatus();
}

void ThreadWriter::Put(const Event& event, uint32_t function_flags, uint64_t ticks) {
  RecordWriter out(block_.cursor());
  switch (event.kind) {
    case Event::Kind::kEnter:
      out.Enter(Elapse(ticks), event.function,
                {event.bytes, (function_flags & kFunctionSizedArguments) != 0});
      open_.push_back(event.function);
      ++calls_;
      break;
    case Event::Kind::kLeave:
    case Event::Kind::kThrow:
      PutEnd(event, (function_flags & kFunctionSizedResult) != 0, ticks, &out);
      Reach(depth() - 1);
      break;
    case Event::Kind::kUnwound:
      out.Unwound(Elapse(ticks), event.depth);
      Reach(event.depth);
      break;
    case Event::Kind::kDropped:
      out.Dropped(Elapse(ticks), event.reason, event.count);
      break;
    case Event::Kind::kChanged:
      break;  // held back
  }
  block_.Commit(out.end());
}

void ThreadWriter::PutEnd(const Event& event, bool sized, uint64_t ticks, RecordWriter* out) {
  bool far = depth() == far_depth_;
  if (event.kind == Event::Kind::kLeave) {
    RecordWriter::Values result = {event.bytes, sized};
    if (far) return out->FarLeave(Elapse(ticks), event.function, result);
    return out->Leave(Elapse(ticks), result);
  }
  if (!event.thrown_value.empty()) out->ThrownValue(Elapse(ticks), event.thrown_value);
  RecordWriter::Thrown thrown = {event.thrown_type, event.thrown_what};
  if (far) return out->FarThrow(Elapse(ticks), event.function, thrown);
  out->Throw(Elapse(ticks), thrown);
}

void ThreadWriter::Reach(uint32_t depth) {
  open_.resize(depth);
  far_depth_ = std::min(far_depth_, depth);
  least_depth_ = std::min(least_depth_, depth);
}

uint64_t ThreadWriter::Elapse(uint64_t ticks) {
  uint64_t before = ticks_;
  ticks_ = std::max(ticks_, ticks);
  return ticks_ - before;
}

}  // namespace omnitrace::workspace
