// The build id that the linker has put into a loaded object.
#ifndef OMNITRACE_RUNTIME_RECORDING_ELF_BUILD_ID_H_
#define OMNITRACE_RUNTIME_RECORDING_ELF_BUILD_ID_H_

#include <link.h>

#include "runtime/recording/text.h"

namespace omnitrace::recording {

using Fact = Text<4096>;

// Appends it in hexadecimal digits; nothing when there is none.
void AppendBuildId(const dl_phdr_info& object, Fact* text);

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_ELF_BUILD_ID_H_
