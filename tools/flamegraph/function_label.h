// How a function is named and coloured in a picture. Both depend on its name alone, so that the
// same function looks the same in every flamegraph.
#ifndef OMNITRACE_TOOLS_FLAMEGRAPH_FUNCTION_LABEL_H_
#define OMNITRACE_TOOLS_FLAMEGRAPH_FUNCTION_LABEL_H_

#include <string>

#include "absl/strings/string_view.h"

namespace omnitrace::flamegraph {

struct QualifiedName {
  absl::string_view scope;  // "foo::Bar" of "foo::Bar::run", "" without one
  absl::string_view last;   // "run"
};

// Colons inside template arguments, parentheses and behind `operator` do not divide.
QualifiedName SplitName(absl::string_view name);

// The name that goes into a small box: the last part without template arguments, and with the class
// where that part alone says nothing (operators, lambdas). A part of `name`.
absl::string_view ShortName(absl::string_view name);

// Without any template arguments: "foo::Bar::run" of "foo::Bar<int>::run<a::B>".
std::string PlainName(absl::string_view name);

struct Colour {
  int hue;   // of the scope, shifted by the function: degrees in CIE LCh
  int tone;  // -1, 0, 1: darker or lighter
};
// Never the reds, which mark thrown calls.
Colour ColourOf(absl::string_view name);

}  // namespace omnitrace::flamegraph

#endif  // OMNITRACE_TOOLS_FLAMEGRAPH_FUNCTION_LABEL_H_
