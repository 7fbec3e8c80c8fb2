// What a recording left out, for the user, when it ends.
#ifndef OMNITRACE_RUNTIME_RECORDING_DROP_REPORT_H_
#define OMNITRACE_RUNTIME_RECORDING_DROP_REPORT_H_

#include "runtime/recording/workspace_file.h"

namespace omnitrace::recording {

// One line, with the remedy, when there was no room for calls; those that a limit of the user's own
// left out are no news.
void ReportDrops(const WorkspaceFile& file, bool keeps_last);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_DROP_REPORT_H_
