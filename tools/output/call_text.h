// One call on one line: foo::Machine::insert(this={coins: 1}, coin=Coin::quarter) -> 25
#ifndef OMNITRACE_TOOLS_OUTPUT_CALL_TEXT_H_
#define OMNITRACE_TOOLS_OUTPUT_CALL_TEXT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "tools/model/call.h"
#include "tools/output/value_style.h"
#include "tools/support/terminal.h"

namespace omnitrace::tools {

struct TextStyle {
  Style terminal;
  ValueStyle values;
  bool stable() const { return values.stable; }
};

// "foo::Coin ", or nothing when the style has no types.
void AppendType(absl::string_view type, const TextStyle& style, std::string* out);

// Without arguments of no interest: `this` of constructors, which is no object yet, and of classes
// without members. Damaged values are marked; the first such error goes to `status`.
void AppendCall(const Call& call, const TextStyle& style, std::string* out, absl::Status* status);
// " -> 25", " threw std::runtime_error("no change")", " (open)"
void AppendOutcome(const Call& call, const TextStyle& style, std::string* out,
                   absl::Status* status);
// What a call that threw has thrown: "shop::Refused("no money") {missing: 2}".
void AppendThrown(const Call& call, const TextStyle& style, std::string* out, absl::Status* status);
// " changed this={coins: 2}, coin=Coin::penny", or nothing; " -> {coins: 0}" of a constructor.
void AppendChanged(const Call& call, const TextStyle& style, std::string* out,
                   absl::Status* status);
// "   1.20us", or nothing when the style is stable, or for a probe.
void AppendDuration(const Call& call, const TextStyle& style, std::string* out);

// "thread 1 (main)"
std::string ThreadTitle(const workspace::Thread& thread);

}  // namespace omnitrace::tools

#endif  // OMNITRACE_TOOLS_OUTPUT_CALL_TEXT_H_
