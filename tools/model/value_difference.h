// Whether a value has changed.
#ifndef OMNITRACE_TOOLS_MODEL_VALUE_DIFFERENCE_H_
#define OMNITRACE_TOOLS_MODEL_VALUE_DIFFERENCE_H_

#include "runtime/workspace/value.h"

namespace omnitrace::tools {

// Two recordings of one thing are known to differ. What is cut, unreadable or not recorded in one of
// them differs from nothing; of sequences, texts and maps the heads that both have are compared.
// An object that was not there before (a constructor's) differs from what is there after.
bool Differ(const workspace::Value& before, const workspace::Value& after);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_MODEL_VALUE_DIFFERENCE_H_
