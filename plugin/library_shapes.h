// The library types that are read by structure: containers, strings, optionals, smart pointers. A
// rule names the fields to look at; offsets and types come from the AST, so that a library with
// other fields falls back to being an ordinary class instead of being misread.
#ifndef OMNITRACE_PLUGIN_LIBRARY_SHAPES_H_
#define OMNITRACE_PLUGIN_LIBRARY_SHAPES_H_

#include "plugin/type_describer.h"

namespace omnitrace {

// Returns false, with `description` untouched, when no rule fits.
bool FillLibraryShape(const clang::CXXRecordDecl& record, TypeDescriber::Place place,
                      TypeDescriber* describer, TypeDescription* description);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_LIBRARY_SHAPES_H_
