// SpiderMonkey, as scripts need it: one context with one global object, a heap that is bounded, and
// code that can be stopped. Includes the engine's headers, so only tools/attach/*.cc include it.
#ifndef OMNITRACE_TOOLS_ATTACH_ENGINE_H_
#define OMNITRACE_TOOLS_ATTACH_ENGINE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "js/RootingAPI.h"
#include "jsapi.h"
#include "tools/attach/rejections.h"
#include "tools/attach/script_error.h"

namespace omnitrace::attach {

// Belongs to the thread that made it. The engine allows one context a thread, and Interrupt means
// the process's: there is one at a time.
class Engine {
 public:
  // Errors: FailedPrecondition when there is one already, ResourceExhausted.
  static absl::StatusOr<std::unique_ptr<Engine>> Create(size_t heap_bytes);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  JSContext* context() const { return context_; }
  JSObject* global() const { return global_; }

  // A function with this body. Null: an exception is pending.
  JSObject* Compile(absl::string_view body, const std::string& file,
                    const std::vector<std::string>& parameters);
  // False: it threw, was interrupted, or asked to exit; TakeError() tells.
  bool Call(JS::HandleValue function, const JS::HandleValueArray& arguments,
            JS::MutableHandleValue result);
  // What promises have put off. Rejections that nobody handles are errors.
  void RunJobs(ErrorLog* errors);
  // Of the last call that failed, or of a Compile. Empty when the script has asked to exit.
  ScriptError TakeError();

  // See Script::Interrupt.
  static void Interrupt();
  bool interrupted() const { return was_interrupted_; }  // ever
  // Since the last time that this was asked.
  bool TakeInterruption() { return std::exchange(is_interrupted_, false); }

  // Ends the script that runs: to be called by a native function, which then returns false.
  void Exit(int status);
  bool exiting() const { return exiting_; }
  int exit_status() const { return exit_status_; }

 private:
  class Running;

  Engine() = default;
  bool Start(size_t heap_bytes);
  static bool OnInterrupt(JSContext* context);
  static void OnCollected(JSContext* context, JSGCStatus status, JS::GCReason, void* engine);
  double HeapBytes();
  bool CheckHeap();

  size_t heap_bytes_ = 0;
  JSContext* context_ = nullptr;
  JS::PersistentRootedObject global_, memory_;
  std::unique_ptr<Rejections> rejections_;
  int depth_ = 0;  // of calls into the engine
  bool collected_ = false, was_interrupted_ = false, is_interrupted_ = false, exiting_ = false;
  int exit_status_ = 0;
  ScriptError stopped_at_;
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_ENGINE_H_
