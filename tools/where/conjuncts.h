// The parts of a condition that must all hold: those that can be decided early, or elsewhere, are
// worth having on their own.
#ifndef OMNITRACE_TOOLS_WHERE_CONJUNCTS_H_
#define OMNITRACE_TOOLS_WHERE_CONJUNCTS_H_

#include <vector>

#include "tools/where/expression.h"

namespace omnitrace::where {

// a && (b && c) && (d || e) is a, b, c and d || e.
std::vector<Expression> Conjuncts(const Expression& expression);

// Whether it asks for something that isn't known before a call ends.
bool IsAboutTheEnd(const Expression& expression);

}  // namespace omnitrace::where

#endif  // OMNITRACE_TOOLS_WHERE_CONJUNCTS_H_
