// What scripts find around them: console, timers, require, process. Most of it is JavaScript
// (environment/*.js), on the functions of natives.h.
#ifndef OMNITRACE_TOOLS_ATTACH_ENVIRONMENT_H_
#define OMNITRACE_TOOLS_ATTACH_ENVIRONMENT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "js/RootingAPI.h"
#include "jsapi.h"
#include "tools/attach/engine.h"
#include "tools/attach/script.h"

namespace omnitrace::attach {

class Environment {
 public:
  // All must outlive it.
  Environment(const ScriptOptions& options, Engine* engine);
  ~Environment();

  // The one of a context.
  static Environment& Of(JSContext* context) {
    return *static_cast<Environment*>(JS_GetContextPrivate(context));
  }

  // Defines the globals.
  absl::Status Start();
  // A function of environment/boot.js's result. False: Engine::TakeError tells why.
  bool Call(const char* function, const JS::HandleValueArray& arguments,
            JS::MutableHandleValue result);

  // What traces.on and the exports have asked for, in order.
  const std::vector<std::string>& patterns() const { return patterns_; }
  void AddPattern(std::string pattern) { patterns_.push_back(std::move(pattern)); }

  const ScriptOptions& options() const { return options_; }
  Engine& engine() const { return engine_; }
  // In SteadyMilliseconds(); infinity when there is none.
  double next_timer() const { return timer_[0]; }
  // Timers that keep the session alive.
  bool has_timers() const { return timer_[1] > 0; }

 private:
  bool Boot(JS::MutableHandleValue booted);
  JSObject* MakeNatives();
  bool AddFacts(JS::HandleObject natives);

  const ScriptOptions& options_;
  Engine& engine_;
  JSContext* const context_;
  JS::PersistentRootedObject booted_;
  std::vector<std::string> patterns_;
  // Shared with environment/timers.js: see next_timer and has_timers.
  double timer_[2];
  JS::PersistentRootedObject timer_buffer_;
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_ENVIRONMENT_H_
