#include "tools/attach/natives.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "js/Array.h"
#include "js/BigInt.h"
#include "js/CallArgs.h"
#include "js/Conversions.h"
#include "js/Promise.h"
#include "tools/attach/clock.h"
#include "tools/attach/embedded.h"
#include "tools/attach/environment.h"
#include "tools/attach/strings.h"

namespace omnitrace::attach {
namespace {

bool Text(JSContext* context, const JS::CallArgs& args, unsigned index, std::string* text) {
  return ToText(context, args.get(index), text);
}

bool Return(JSContext* context, const JS::CallArgs& args, absl::string_view text) {
  JSString* string = NewString(context, Repaired(text));
  if (string == nullptr) return false;
  args.rval().setString(string);
  return true;
}

// write(descriptor, text)
bool Write(JSContext* context, unsigned argc, JS::Value* vp) {
  JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
  std::string text;
  if (!Text(context, args, 1, &text)) return false;
  const ScriptOptions& options = Environment::Of(context).options();
  (args.get(0).toInt32() == 2 ? options.errors : options.output)->Write(text);
  args.rval().setUndefined();
  return true;
}

// source(name): of a file that the tool brings, or undefined.
bool Source(JSContext* context, unsigned argc, JS::Value* vp) {
  JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
  std::string name;
  if (!Text(context, args, 0, &name)) return false;
  std::optional<absl::string_view> source = EmbeddedSource(name);
  args.rval().setUndefined();
  return !source.has_value() || Return(context, args, *source);
}

// compile(body, file, parameters...)
bool Compile(JSContext* context, unsigned argc, JS::Value* vp) {
  JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
  std::string body, file;
  if (!Text(context, args, 0, &body) || !Text(context, args, 1, &file)) return false;
  std::vector<std::string> parameters(argc < 2 ? 0 : argc - 2);
  for (unsigned i = 2; i < argc; ++i) {
    if (!Text(context, args, i, &parameters[i - 2])) return false;
  }
  JSObject* function = Environment::Of(context).engine().Compile(body, file, parameters);
  if (function == nullptr) return false;
  args.rval().setObject(*function);
  return true;
}

// read(path): its text, or undefined.
bool Read(JSContext* context, unsigned argc, JS::Value* vp) {
  JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
  std::string path;
  if (!Text(context, args, 0, &path)) return false;
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  args.rval().setUndefined();
  return !file.is_open() || file.bad() || Return(context, args, text);
}

// kind(path): 'file', 'directory' or ''.
bool Kind(JSContext* context, unsigned argc, JS::Value* vp) {
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
bool Now(JSContext*, unsigned argc, JS::Value* vp) {
  JS::CallArgsFromVp(argc, vp).rval().setDouble(SteadyMilliseconds());
  return true;
}

// nanoseconds(): the same, as a BigInt.
bool Nanoseconds(JSContext* context, unsigned argc, JS::Value* vp) {
  JS::BigInt* now = JS::NumberToBigInt(context, SteadyNanoseconds());
  if (now == nullptr) return false;
  JS::CallArgsFromVp(argc, vp).rval().setBigInt(now);
  return true;
}

// exit(status): does not return.
bool Exit(JSContext* context, unsigned argc, JS::Value* vp) {
  JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
  int32_t status = 0;
  if (!JS::ToInt32(context, args.get(0), &status)) return false;
  Environment::Of(context).engine().Exit(status & 0xff);
  return false;
}

// terminal(): [columns, rows] of the output, or undefined.
bool TerminalSize(JSContext* context, unsigned argc, JS::Value* vp) {
  JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
  args.rval().setUndefined();
  int output = Environment::Of(context).options().output_descriptor;
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
bool Listen(JSContext* context, unsigned argc, JS::Value* vp) {
  JS::CallArgs args = JS::CallArgsFromVp(argc, vp);
  Environment& environment = Environment::Of(context);
  std::string pattern;
  if (!Text(context, args, 0, &pattern)) return false;
  args.rval().setNumber(static_cast<uint32_t>(environment.patterns().size()));
  environment.AddPattern(std::move(pattern));
  return true;
}

// promise(value): [state, result], 0 pending, 1 fulfilled, 2 rejected; undefined of others.
bool Promise(JSContext* context, unsigned argc, JS::Value* vp) {
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

}  // namespace

const JSFunctionSpec kNatives[] = {
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

}  // namespace omnitrace::attach
