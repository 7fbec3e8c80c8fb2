#include "tools/attach/exception.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "js/ErrorReport.h"
#include "js/Exception.h"
#include "js/SavedFrameAPI.h"
#include "js/Stack.h"
#include "tools/attach/strings.h"

namespace omnitrace::attach {
namespace {

constexpr size_t kMostFrames = 10;

struct Frame {
  std::string place, function;
  bool own;
};

std::string Place(absl::string_view file, uint32_t line, uint32_t column) {
  return absl::StrCat(file, ":", line, ":", column);
}

std::string Text(JSContext* context, JS::HandleString string) {
  return string == nullptr ? "" : ToText(context, string);
}

Frame DescribeFrame(JSContext* context, JS::HandleObject frame) {
  constexpr auto kNoSelfHosted = JS::SavedFrameSelfHosted::Exclude;
  JS::RootedString source(context), name(context);
  uint32_t line = 0, column = 0;
  JS::GetSavedFrameSource(context, nullptr, frame, &source, kNoSelfHosted);
  JS::GetSavedFrameLine(context, nullptr, frame, &line, kNoSelfHosted);
  JS::GetSavedFrameColumn(context, nullptr, frame, &column, kNoSelfHosted);
  JS::GetSavedFrameFunctionDisplayName(context, nullptr, frame, &name, kNoSelfHosted);
  std::string file = Text(context, source);
  bool own = absl::StartsWith(file, kOwnFiles) || file == "self-hosted";
  return {Place(file, line, column), Text(context, name), own};
}

// The script's own ones, or all when none is.
std::vector<Frame> DescribeStack(JSContext* context, JS::HandleObject stack) {
  std::vector<Frame> all;
  JS::RootedObject frame(context, stack), parent(context);
  for (; frame != nullptr && all.size() < 10 * kMostFrames; frame = parent) {
    all.push_back(DescribeFrame(context, frame));
    JS::GetSavedFrameParent(context, nullptr, frame, &parent, JS::SavedFrameSelfHosted::Exclude);
  }
  std::vector<Frame> frames;
  std::copy_if(all.begin(), all.end(), std::back_inserter(frames),
               [](const Frame& frame) { return !frame.own; });
  return frames.empty() ? all : frames;
}

void SetFrames(JSContext* context, JS::HandleObject stack, ScriptError* error) {
  std::vector<Frame> frames = DescribeStack(context, stack);
  if (!frames.empty()) error->place = frames.front().place;
  if (frames.size() > kMostFrames) frames.resize(kMostFrames);
  for (const Frame& frame : frames) {
    bool named = !frame.function.empty();
    error->frames.push_back(named ? absl::StrCat(frame.function, " (", frame.place, ")")
                                  : frame.place);
  }
}

// A syntax error is where the parser stopped, in a file that no frame belongs to. Of these the
// engine counts columns from 0, of frames from 1.
std::optional<std::string> SyntaxErrorPlace(JSContext* context, JS::HandleObject exception) {
  JSErrorReport* report = JS_ErrorFromException(context, exception);
  bool placed = report != nullptr && report->exnType == JSEXN_SYNTAXERR &&
                report->filename != nullptr && report->lineno > 0;
  if (!placed || absl::StartsWith(report->filename, kOwnFiles)) return std::nullopt;
  return Place(report->filename, report->lineno, report->column + 1);
}

std::string Message(JSContext* context, JS::HandleValue exception, JS::HandleObject stack) {
  JS::ExceptionStack whole(context, exception, stack);
  JS::ErrorReportBuilder builder(context);
  if (builder.init(context, whole, JS::ErrorReportBuilder::WithSideEffects)) {
    return builder.toStringResult().c_str();
  }
  JS_ClearPendingException(context);
  return "uncaught exception";
}

}  // namespace

ScriptError TakeException(JSContext* context) {
  JS::ExceptionStack taken(context);
  if (!JS::StealPendingExceptionStack(context, &taken)) {
    JS_ClearPendingException(context);
    return {"", "InternalError: out of memory", {}};
  }
  return DescribeException(context, taken.exception(), taken.stack());
}

ScriptError DescribeException(JSContext* context, JS::HandleValue exception,
                              JS::HandleObject stack) {
  ScriptError error;
  error.message = Message(context, exception, stack);
  JS::RootedObject object(context, exception.isObject() ? &exception.toObject() : nullptr);
  JS::RootedObject made(context, object == nullptr ? nullptr : JS::ExceptionStackOrNull(object));
  if (made == nullptr) made = stack;
  SetFrames(context, made, &error);
  if (object == nullptr) return error;
  if (std::optional<std::string> place = SyntaxErrorPlace(context, object)) {
    if (absl::StartsWith(error.place, kOwnFiles)) error.frames.clear();
    error.place = *place;
  }
  return error;
}

ScriptError DescribePlace(JSContext* context, std::string message) {
  ScriptError error;
  error.message = std::move(message);
  JS::RootedObject stack(context);
  if (JS::CaptureCurrentStack(context, &stack)) {
    SetFrames(context, stack, &error);
  } else {
    JS_ClearPendingException(context);
  }
  return error;
}

}  // namespace omnitrace::attach
