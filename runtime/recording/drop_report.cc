#include "runtime/recording/drop_report.h"

#include "runtime/recording/text.h"

namespace omnitrace::recording {

void ReportDrops(const WorkspaceFile& file, bool keeps_last) {
  auto drops = [&file](DropReason reason) {
    return file.header().drops[static_cast<uint32_t>(reason)];
  };
  uint64_t space = drops(DropReason::kSize) + drops(DropReason::kNoWindow);
  uint64_t large = drops(DropReason::kTooLarge);
  if (space + large == 0) return;
  Message line;
  line << (space + large) << " calls were not recorded: ";
  if (space != 0) {
    line << "the file reached " << file.most_bytes() << " bytes or the disk is full; "
         << "OMNITRACE_LIMITS=size=BYTES allows more, "
         << (keeps_last ? "" : "keep=last keeps the latest calls, ")
         << "OMNITRACE_ONLY=LIST records fewer functions";
  } else {
    line << "their arguments are too large for a record";
  }
  Complain(line);
}

}  // namespace omnitrace::recording
