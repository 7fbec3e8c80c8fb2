// The language of --where, as `omnitrace help where` and the manual describe it.
#ifndef OMNITRACE_TOOLS_WHERE_LANGUAGE_H_
#define OMNITRACE_TOOLS_WHERE_LANGUAGE_H_

#include "absl/strings/string_view.h"

namespace omnitrace::where {

// Paragraphs, divided by empty lines; those that begin with a space are to stay as they are.
extern const absl::string_view kLanguage;

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_LANGUAGE_H_
