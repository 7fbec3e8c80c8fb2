#include "tests/support/workspace_copy.h"

#include <algorithm>
#include <memory>

#include "runtime/workspace/status_macros.h"

namespace omnitrace::testing {

using workspace::Event;

bool ThreadCopy::Copy(int events) {
  for (; events > 0; --events) {
    if (!cursor_.Next()) return false;
    status_ = CopyEvent(cursor_.event());
    if (!status_.ok()) return false;
  }
  return true;
}

absl::Status ThreadCopy::CopyEvent(Event event) {
  switch (event.kind) {
    case Event::Kind::kEnter:
      open_.resize(event.depth);  // more than were open, when blocks of the source are missing
      open_.push_back(chosen_(source_.function(event.function)));
      return open_.back() ? writer_.Write(event) : absl::OkStatus();
    case Event::Kind::kLeave:
    case Event::Kind::kThrow:
      return Leave(event.depth) ? writer_.Write(event) : absl::OkStatus();
    case Event::Kind::kUnwound:
      return CopyUnwound(event);
    case Event::Kind::kChanged:
      return event.depth < open_.size() && open_[event.depth] ? writer_.Write(event)
                                                              : absl::OkStatus();
    case Event::Kind::kDropped:
      return writer_.Write(event);
  }
  return absl::OkStatus();
}

absl::Status ThreadCopy::CopyUnwound(Event event) {
  open_.resize(event.depth);
  event.depth = static_cast<uint32_t>(std::count(open_.begin(), open_.end(), true));
  return writer_.Write(event);
}

// The call at that depth ends; whether it was written.
bool ThreadCopy::Leave(uint32_t depth) {
  bool written = depth < open_.size() && open_[depth];
  open_.resize(depth);
  return written;
}

absl::Status CopyWorkspace(const workspace::Reader& source, const std::string& path,
                           const Choice& chosen) {
  constexpr int kEventsInTurn = 1000;
  ASSIGN_OR_RETURN(std::unique_ptr<workspace::Writer> writer,
                   workspace::Writer::Create(path, source));
  for (const workspace::Drop& drop : source.info().drops) {
    writer->CountDrops(drop.reason, drop.calls);
  }
  std::vector<ThreadCopy> threads;
  for (const workspace::Thread& thread : source.threads()) {
    threads.emplace_back(source, thread.index, chosen, writer.get());
  }
  bool more = !threads.empty();
  while (more) {
    more = false;
    for (ThreadCopy& thread : threads) {
      more = thread.Copy(kEventsInTurn) || more;
      RETURN_IF_ERROR(thread.status());
    }
  }
  return writer->Close();
}

}  // namespace omnitrace::testing
