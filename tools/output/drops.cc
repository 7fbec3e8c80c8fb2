#include "tools/output/drops.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "tools/output/units.h"

namespace omnitrace::tools {
namespace {

struct Wording {
  DropReason reason;
  absl::string_view name, explanation;
};

constexpr Wording kWordings[] = {
    {DropReason::kSize, "size", "no space: the size limit, or the disk is full"},
    {DropReason::kDepth, "depth", "deeper than the limit depth=N"},
    {DropReason::kCallSite, "calls", "more than the limit calls=N of one call site"},
    {DropReason::kSampled, "roots", "left out by sampling, roots=1/N"},
    {DropReason::kMinDuration, "min", "shorter than the limit min=TIME"},
    {DropReason::kReentrant, "reentrant", "made by a signal handler in the middle of a record"},
    {DropReason::kNoWindow, "window", "no space for a thread's window"},
    {DropReason::kTooLarge, "record", "larger than a record may be"},
    {DropReason::kOverwritten, "overwritten", "overwritten by later ones, keep=last"},
    {DropReason::kRate, "rate", "beyond the limit rate=BYTES of a second"},
    {DropReason::kMissed, "missed", "missed by `omnitrace record`, which came too late for them"},
};

const Wording& Find(DropReason reason) {
  static constexpr Wording kUnknown = {DropReason::kNone, "other",
                                       "for a reason of a newer version"};
  for (const Wording& wording : kWordings) {
    if (wording.reason == reason) return wording;
  }
  return kUnknown;
}

}  // namespace

absl::string_view DropName(DropReason reason) { return Find(reason).name; }
absl::string_view DropExplanation(DropReason reason) { return Find(reason).explanation; }

std::map<DropReason, uint64_t> SumDrops(const std::vector<WorkspaceFile>& files) {
  std::map<DropReason, uint64_t> sums;
  for (const WorkspaceFile& file : files) {
    for (const workspace::Drop& drop : file.reader->info().drops) sums[drop.reason] += drop.calls;
  }
  return sums;
}

std::string DropsText(const std::vector<WorkspaceFile>& files) {
  uint64_t total = 0;
  std::vector<std::string> parts;
  for (const auto& [reason, calls] : SumDrops(files)) {
    total += calls;
    parts.push_back(absl::StrCat(CountText(calls), " ", DropExplanation(reason)));
  }
  if (total == 0) return "";
  return absl::StrCat(CountText(total), " calls are not recorded: ", absl::StrJoin(parts, "; "));
}

void ReportDrops(const std::vector<WorkspaceFile>& files) {
  std::string drops = DropsText(files);
  if (!drops.empty()) fprintf(stderr, "omnitrace: %s\n", drops.c_str());
}

}  // namespace omnitrace::tools
