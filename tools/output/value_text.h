// Values for people, much as C++ writes them: {x: 1, name: "a"}, Coin::nickel, *0x7ffe {…}.
#ifndef OMNITRACE_TOOLS_OUTPUT_VALUE_TEXT_H_
#define OMNITRACE_TOOLS_OUTPUT_VALUE_TEXT_H_

#include <string>

#include "runtime/workspace/value.h"
#include "tools/output/value_style.h"

namespace omnitrace::tools {

// One line, valid UTF-8, free of control characters.
void AppendText(const workspace::Value& value, const ValueStyle& style, std::string* out);
std::string ToText(const workspace::Value& value, const ValueStyle& style = {});

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_VALUE_TEXT_H_
