// Values for programs: 64-bit integers exact, what JSON cannot say as text or as a marked object.
#ifndef OMNITRACE_TOOLS_OUTPUT_VALUE_JSON_H_
#define OMNITRACE_TOOLS_OUTPUT_VALUE_JSON_H_

#include <string>

#include "absl/strings/string_view.h"
#include "nlohmann/json.hpp"
#include "runtime/workspace/value.h"
#include "tools/output/value_style.h"

namespace omnitrace::tools {

using Json = nlohmann::ordered_json;

Json ToJson(const workspace::Value& value, const ValueStyle& style = {});
// The text itself, or {"escaped": "a\\xff"} when it is not UTF-8 (a backslash is doubled there).
Json TextToJson(absl::string_view text);
// Adds a member under `name`, or `name#2` ... when there is one of that name already.
void AddMember(absl::string_view name, Json value, Json* object);
// One line. Never throws.
std::string Dump(const Json& json);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_VALUE_JSON_H_
