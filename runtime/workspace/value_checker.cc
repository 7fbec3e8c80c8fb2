#include "runtime/workspace/value_checker.h"

#include "runtime/workspace/value_skipper.h"

namespace omnitrace::workspace {

absl::Status ValueChecker::Check(const Event& event) const {
  return AreGood(event) ? absl::OkStatus() : Decode(event);
}

bool ValueChecker::AreGood(const Event& event) const {
  int64_t index = metadata_.FindFunction(event.function);
  if (index < 0) return false;
  const Function& function = metadata_.functions()[static_cast<size_t>(index)];
  const RecordLayouts::Layout& layout = layouts_.layouts[static_cast<size_t>(index)];
  switch (event.kind) {
    case Event::Kind::kEnter:
      return layout.arguments.is_certain() || AreGood(function, 0, event.bytes);
    case Event::Kind::kChanged:
      return AreGood(function, kParameterMutable, event.bytes);
    case Event::Kind::kLeave:
      return layout.result.is_certain() || IsGood(function.result, event.bytes);
    default:
      return event.kind == Event::Kind::kThrow && event.thrown_value.empty();
  }
}

bool ValueChecker::AreGood(const Function& function, uint32_t parameter_flags,
                           absl::string_view bytes) const {
  ValueSkipper skipper(metadata_, bytes);
  for (const ParameterInfo& parameter : function.parameters) {
    bool there = (parameter.flags & parameter_flags) == parameter_flags;
    if (there && !skipper.Skip(parameter.type)) return false;
  }
  return skipper.AtEnd();
}

bool ValueChecker::IsGood(uint32_t type, absl::string_view bytes) const {
  ValueSkipper skipper(metadata_, bytes);
  return skipper.Skip(type) && skipper.AtEnd();
}

absl::Status ValueChecker::Decode(const Event& event) const {
  const Function& function = reader_.function(event.function);
  switch (event.kind) {
    case Event::Kind::kEnter:
      return reader_.DecodeArguments(function, event.bytes).status();
    case Event::Kind::kChanged:
      return reader_.DecodeChanged(function, event.bytes).status();
    case Event::Kind::kThrow:
      return reader_.DecodeThrown(event.thrown_value).status();
    default:
      return reader_.DecodeResult(function, event.bytes).status();
  }
}

}  // namespace omnitrace::workspace
