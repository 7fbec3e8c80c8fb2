#include "tools/attach/environment.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "js/Array.h"
#include "js/ArrayBuffer.h"
#include "js/BigInt.h"
#include "js/CallAndConstruct.h"
#include "js/CharacterEncoding.h"
#include "js/Conversions.h"
#include "js/ErrorReport.h"
#include "js/Promise.h"
#include "js/PropertyAndElement.h"
#include "js/PropertySpec.h"
#include "js/experimental/TypedData.h"
#include "tools/attach/embedded.h"
#include "tools/attach/exception.h"
#include "tools/attach/strings.h"
#include "tools/support/utf8.h"

namespace omnitrace::attach {
namespace {

int64_t SteadyNanoseconds() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// The bytes of a text file as UTF-8; what is not becomes U+FFFD.
std::string Repaired(absl::string_view bytes) {
  if (tools::IsUtf8(bytes)) return std::string(bytes);
  std::string text;
  while (!bytes.empty()) {
    size_t length = tools::Utf8Length(bytes);
    absl::StrAppend(&text, length == 0 ? "\xef\xbf\xbd" : bytes.substr(0, length));
    bytes.remove_prefix(length == 0 ? 1 : length);
  }
  return text;
}

bool SetText(JSContext* context, JS::HandleObject object, const char* name,
             absl::string_view text) {
  JS::RootedString string(context, NewString(context, Repaired(text)));
  return string != nullptr && JS_DefineProperty(context, object, name, string, JSPROP_ENUMERATE);
}

}  // namespace

// The functions of `native` in environment/*.js. A text argument is UTF-8 here.
struct Natives {
  static Environment& Of(JSContext* context) {
    return *static_cast<Environment*>(JS_GetContextPrivate(context));
  }

  static bool Text(JSContext* context, const JS::CallArgs& args, unsigned index,
                   std::string* text) {
    return ToText(context, args.get(index), text);
  }

  static bool Return(JSContext* context, const JS::CallArgs& args, absl::string_view text) {
    JSString* string = NewString(context, Repaired(text));
    if (string == nullptr) return false;
    args.rval().setString(string);
    return true;
  }

  // write(descriptor, text)
  static bool Write(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    std::string text;
    if (!Text(context, args, 1, &text)) return false;
    const ScriptOptions& options = Of(context).options_;
    (args.get(0).toInt32() == 2 ? options.errors : options.output)->Write(text);
    args.rval().setUndefined();
    return true;
  }

  // source(name): of a file that the tool brings, or undefined.
  static bool Source(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    std::string name;
    if (!Text(context, args, 0, &name)) return false;
    std::optional<absl::string_view> source = EmbeddedSource(name);
    args.rval().setUndefined();
    return !source.has_value() || Return(context, args, *source);
  }

  // compile(body, file, parameters...)
  static bool Compile(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    std::string body, file;
    if (!Text(context, args, 0, &body) || !Text(context, args, 1, &file)) return false;
    std::vector<std::string> parameters(argc < 2 ? 0 : argc - 2);
    for (unsigned i = 2; i < argc; ++i) {
      if (!Text(context, args, i, &parameters[i - 2])) return false;
    }
    JSObject* function = Of(context).engine_.Compile(body, file, parameters);
    if (function == nullptr) return false;
    args.rval().setObject(*function);
    return true;
  }

  // read(path): its text, or undefined.
  static bool Read(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    std::string path;
    if (!Text(context, args, 0, &path)) return false;
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    args.rval().setUndefined();
    return !file.is_open() || file.bad() || Return(context, args, text);
  }

  // kind(path): 'file', 'directory' or ''.
  static bool Kind(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    std::string path;
    if (!Text(context, args, 0, &path)) return false;
    std::error_code ignored;
    std::filesystem::file_status status = std::filesystem::status(path, ignored);
    bool folder = std::filesystem::is_directory(status);
    return Return(context, args,
                  folder                            ? "directory"
                  : std::filesystem::exists(status) ? "file"
                                                    : "");
  }

  // now(): milliseconds of the steady clock.
  static bool Now(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgsFromVp(argc, vp).rval().setDouble(Of(context).Now());
    return true;
  }

  // nanoseconds(): the same, as a BigInt.
  static bool Nanoseconds(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::BigInt* now = JS::NumberToBigInt(context, SteadyNanoseconds());
    if (now == nullptr) return false;
    JS::CallArgsFromVp(argc, vp).rval().setBigInt(now);
    return true;
  }

  // exit(status): does not return.
  static bool Exit(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    int32_t status = 0;
    if (!JS::ToInt32(context, args.get(0), &status)) return false;
    Of(context).engine_.Exit(status & 0xff);
    return false;
  }

  // terminal(): [columns, rows] of the output, or undefined.
  static bool TerminalSize(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    args.rval().setUndefined();
    int output = Of(context).options_.output_descriptor;
    winsize size = {};
    if (output < 0 || !isatty(output)) return true;
    if (ioctl(output, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) size = {24, 80, 0, 0};
    JS::RootedValueArray<2> pair(context);
    pair[0].setInt32(size.ws_col);
    pair[1].setInt32(size.ws_row);
    JSObject* array = JS::NewArrayObject(context, pair);
    if (array == nullptr) return false;
    args.rval().setObject(*array);
    return true;
  }

  // listen(pattern): its index.
  static bool Listen(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    Environment& environment = Of(context);
    std::string pattern;
    if (!Text(context, args, 0, &pattern)) return false;
    args.rval().setNumber(static_cast<uint32_t>(environment.patterns_.size()));
    environment.patterns_.push_back(pattern);
    return true;
  }

  // promise(value): [state, result], 0 pending, 1 fulfilled, 2 rejected; undefined of others.
  static bool Promise(JSContext* context, unsigned argc, JS::Value* vp) {
    JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
    args.rval().setUndefined();
    if (!args.get(0).isObject()) return true;
    JS::RootedObject promise(context, &args[0].toObject());
    if (!JS::IsPromiseObject(promise)) return true;
    JS::PromiseState state = JS::GetPromiseState(promise);
    JS::RootedValueArray<2> pair(context);
    pair[0].setInt32(static_cast<int32_t>(state));
    if (state != JS::PromiseState::Pending) pair[1].set(JS::GetPromiseResult(promise));
    JSObject* array = JS::NewArrayObject(context, pair);
    if (array == nullptr) return false;
    args.rval().setObject(*array);
    return true;
  }

  static constexpr JSFunctionSpec kFunctions[] = {
      JS_FN("write", Write, 2, 0),
      JS_FN("source", Source, 1, 0),
      JS_FN("compile", Compile, 2, 0),
      JS_FN("read", Read, 1, 0),
      JS_FN("kind", Kind, 1, 0),
      JS_FN("now", Now, 0, 0),
      JS_FN("nanoseconds", Nanoseconds, 0, 0),
      JS_FN("exit", Exit, 1, 0),
      JS_FN("terminal", TerminalSize, 0, 0),
      JS_FN("listen", Listen, 1, 0),
      JS_FN("promise", Promise, 1, 0),
      JS_FS_END,
  };
};

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

double Environment::Now() const { return static_cast<double>(SteadyNanoseconds()) / 1e6; }

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
  bool made = natives != nullptr && JS_DefineFunctions(context_, natives, Natives::kFunctions) &&
              AddFacts(natives);
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
