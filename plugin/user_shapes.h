// Classes of the user's that are read like the library's, by what their accessors say: vectors by
// data() and size() or begin() and end(), optionals by has_value() and operator*.
#ifndef OMNITRACE_PLUGIN_USER_SHAPES_H_
#define OMNITRACE_PLUGIN_USER_SHAPES_H_

#include "plugin/type_describer.h"

namespace omnitrace {

// Returns false, with `description` untouched, when the class is none of them, or has fields that
// this wouldn't show.
bool FillUserShape(const clang::CXXRecordDecl& record, TypeDescriber::Place place,
                   TypeDescriber* describer, TypeDescription* description);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_USER_SHAPES_H_
