#include "tools/attach/environment.h"

#include <unistd.h>

#include <filesystem>
#include <limits>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "js/Array.h"
#include "js/ArrayBuffer.h"
#include "js/PropertyAndElement.h"
#include "js/experimental/TypedData.h"
#include "tools/attach/embedded.h"
#include "tools/attach/exception.h"
#include "tools/attach/natives.h"
#include "tools/attach/strings.h"

namespace omnitrace::attach {
namespace {

bool SetText(JSContext* context, JS::HandleObject object, const char* name,
             absl::string_view text) {
  JS::RootedString string(context, NewString(context, Repaired(text)));
  return string != nullptr && JS_DefineProperty(context, object, name, string, JSPROP_ENUMERATE);
}

}  // namespace

Environment::Environment(const ScriptOptions& options, Engine* engine)
    : options_(options),
      engine_(*engine),
      context_(engine->context()),
      booted_(context_),
      timer_{std::numeric_limits<double>::infinity(), 0},
      timer_buffer_(context_) {
  JS_SetContextPrivate(context_, this);
}

Environment::~Environment() {
  // The engine must not look at timer_ any more.
  if (timer_buffer_ != nullptr) JS::DetachArrayBuffer(context_, timer_buffer_);
  JS_SetContextPrivate(context_, nullptr);
}

absl::Status Environment::Start() {
  JS::RootedValue booted(context_);
  if (!Boot(&booted)) return absl::InternalError(engine_.TakeError().Headline());
  booted_ = &booted.toObject();
  return absl::OkStatus();
}

bool Environment::Boot(JS::MutableHandleValue booted) {
  JS::RootedObject natives(context_, MakeNatives());
  if (natives == nullptr) return false;
  JS::RootedObject boot(context_, engine_.Compile(*EmbeddedSource("environment/boot.js"),
                                                  absl::StrCat(kOwnFiles, "boot.js"), {"native"}));
  if (boot == nullptr) return false;
  JS::RootedValue function(context_, JS::ObjectValue(*boot));
  JS::RootedValueArray<1> arguments(context_);
  arguments[0].setObject(*natives);
  return engine_.Call(function, arguments, booted);
}

JSObject* Environment::MakeNatives() {
  JS::RootedObject natives(context_, JS_NewPlainObject(context_));
  bool made =
      natives != nullptr && JS_DefineFunctions(context_, natives, kNatives) && AddFacts(natives);
  return made ? natives.get() : nullptr;
}

bool Environment::AddFacts(JS::HandleObject natives) {
  timer_buffer_ =
      JS::NewArrayBufferWithUserOwnedContents(context_, sizeof(timer_), static_cast<void*>(timer_));
  if (timer_buffer_ == nullptr) return false;
  JS::RootedObject timer(context_, JS_NewFloat64ArrayWithBuffer(context_, timer_buffer_, 0, 2));
  JS::RootedObject environment(context_, JS_NewPlainObject(context_));
  if (timer == nullptr || environment == nullptr) return false;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    absl::string_view text(*variable);
    size_t equals = text.find('=');
    if (equals == 0 || equals == text.npos) continue;
    if (!SetText(context_, environment, std::string(text.substr(0, equals)).c_str(),
                 text.substr(equals + 1))) {
      return false;
    }
  }
  JS::RootedObject arguments(context_, JS::NewArrayObject(context_, 0));
  if (arguments == nullptr) return false;
  for (size_t i = 0; i < options_.arguments.size(); ++i) {
    JS::RootedString text(context_, NewString(context_, Repaired(options_.arguments[i])));
    if (text == nullptr) return false;
    if (!JS_SetElement(context_, arguments, static_cast<uint32_t>(i), text)) return false;
  }
  std::error_code ignored;
  return JS_DefineProperty(context_, natives, "timer", timer, 0) &&
         JS_DefineProperty(context_, natives, "environment", environment, 0) &&
         JS_DefineProperty(context_, natives, "arguments", arguments, 0) &&
         SetText(context_, natives, "directory", std::filesystem::current_path(ignored).string());
}

bool Environment::Call(const char* function, const JS::HandleValueArray& arguments,
                       JS::MutableHandleValue result) {
  JS::RootedObject booted(context_, booted_);
  JS::RootedValue callee(context_);
  return JS_GetProperty(context_, booted, function, &callee) &&
         engine_.Call(callee, arguments, result);
}

}  // namespace omnitrace::attach
