#include "tools/attach/engine.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "js/CompilationAndEvaluation.h"
#include "js/ContextOptions.h"
#include "js/Exception.h"
#include "js/GCAPI.h"
#include "js/Initialization.h"
#include "js/Interrupt.h"
#include "js/PropertyAndElement.h"
#include "js/SourceText.h"
#include "js/StableStringChars.h"
#include "js/Stack.h"
#include "js/String.h"
#include "jsfriendapi.h"
#include "tools/attach/exception.h"
#include "tools/attach/strings.h"

namespace omnitrace::attach {
namespace {

// Of a stack that has usually 8 MiB: the engine's own functions need some behind the last check.
size_t StackQuota() {
  constexpr size_t kMost = 2 << 20;
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return kMost / 4;
  size_t size = 0;
  pthread_attr_getstacksize(&attributes, &size);
  pthread_attr_destroy(&attributes);
  return std::min(kMost, size / 2);
}

// The heap's bound is looked at behind a collection, which comes when there is half more than was
// left by the one before. A script over it gets an error, and ends when it goes on to hold twice as
// much. (As the engine's own bound it would be slow: a collection for each of the last objects.)
constexpr uint32_t kGrowthPercent = 150;
constexpr size_t kHardFactor = 2;

// What a signal handler may look at. The engine that there is, while its code runs.
std::atomic<JSContext*> g_running{nullptr};
std::atomic<bool> g_stop{false};
static_assert(std::atomic<JSContext*>::is_always_lock_free &&
              std::atomic<bool>::is_always_lock_free);

Engine* g_engine = nullptr;

// The library wants to be shut down before the process exits, and never with a context left.
class Library {
 public:
  Library() : ok_(JS_Init()) {}
  ~Library() {
    if (ok_ && g_engine == nullptr) JS_ShutDown();
  }
  bool ok() const { return ok_; }

 private:
  const bool ok_;
};

constexpr JSClass kGlobalClass = {
    "global", JSCLASS_GLOBAL_FLAGS, &JS::DefaultGlobalClassOps, nullptr, nullptr, nullptr};

}  // namespace

// While the outermost one lives, Interrupt has an effect.
class Engine::Running {
 public:
  explicit Running(Engine* engine) : engine_(*engine) {
    if (engine_.depth_++ == 0) g_running = engine_.context_;
  }
  ~Running() {
    if (--engine_.depth_ > 0) return;
    g_running = nullptr;
    g_stop = false;
  }

 private:
  Engine& engine_;
};

absl::StatusOr<std::unique_ptr<Engine>> Engine::Create(size_t heap_bytes) {
  static const Library library;
  if (g_engine != nullptr) return absl::FailedPreconditionError("another script runs already");
  std::unique_ptr<Engine> engine(new Engine);
  g_engine = engine.get();
  if (!library.ok() || !engine->Start(heap_bytes)) {
    return absl::ResourceExhaustedError(
        absl::StrCat("the JavaScript engine does not start with a heap of ", heap_bytes, " bytes"));
  }
  return engine;
}

bool Engine::Start(size_t heap_bytes) {
  heap_bytes_ = heap_bytes;
  size_t most = std::min<size_t>(kHardFactor * heap_bytes, UINT32_MAX);
  context_ = JS_NewContext(static_cast<uint32_t>(most));
  if (context_ == nullptr) return false;
  for (JSGCParamKey growth :
       {JSGC_HIGH_FREQUENCY_LARGE_HEAP_GROWTH, JSGC_HIGH_FREQUENCY_SMALL_HEAP_GROWTH,
        JSGC_LOW_FREQUENCY_HEAP_GROWTH}) {
    JS_SetGCParameter(context_, growth, kGrowthPercent);
  }
  JS_SetNativeStackQuota(context_, StackQuota());
  // A script has no use for it, and its code would be one more kind to interrupt.
  JS::ContextOptionsRef(context_).setWasm(false).setAsmJS(false).setAsyncStack(false);
  if (!js::UseInternalJobQueues(context_) || !JS::InitSelfHostedCode(context_)) return false;

  global_.init(context_, JS_NewGlobalObject(context_, &kGlobalClass, nullptr,
                                            JS::FireOnNewGlobalHook, JS::RealmOptions()));
  if (global_ == nullptr) return false;
  JS::EnterRealm(context_, global_);
  if (!JS::InitRealmStandardClasses(context_)) return false;
  memory_.init(context_, js::gc::NewMemoryInfoObject(context_));
  rejections_ = std::make_unique<Rejections>(context_);
  JS_SetGCCallback(context_, &OnCollected, this);
  return memory_ != nullptr && JS_AddInterruptCallback(context_, &OnInterrupt);
}

Engine::~Engine() {
  if (context_ != nullptr) {
    JS_SetGCCallback(context_, nullptr, nullptr);
    if (global_.initialized() && global_ != nullptr) JS::LeaveRealm(context_, nullptr);
    global_.reset();
    memory_.reset();
    rejections_.reset();
    JS_DestroyContext(context_);
  }
  g_engine = nullptr;
}

JSObject* Engine::Compile(absl::string_view body, const std::string& file,
                          const std::vector<std::string>& parameters) {
  // The engine puts a line with the parameters in front.
  JS::CompileOptions options(context_);
  options.setFileAndLine(file.c_str(), 0);
  // Given UTF-8, CompileFunction of this version reads Latin-1.
  JS::RootedString string(context_, NewString(context_, body));
  JS::AutoStableStringChars units(context_);
  if (string == nullptr || !units.initTwoByte(context_, string)) return nullptr;
  JS::SourceText<char16_t> source;
  if (!source.init(context_, units.twoByteChars(), JS::GetStringLength(string),
                   JS::SourceOwnership::Borrowed)) {
    return nullptr;
  }
  std::vector<const char*> names;
  for (const std::string& parameter : parameters) names.push_back(parameter.c_str());
  JS::RootedObjectVector no_scopes(context_);
  JSFunction* function =
      JS::CompileFunction(context_, no_scopes, options, nullptr,
                          static_cast<unsigned>(names.size()), names.data(), source);
  return function == nullptr ? nullptr : JS_GetFunctionObject(function);
}

bool Engine::Call(JS::HandleValue function, const JS::HandleValueArray& arguments,
                  JS::MutableHandleValue result) {
  if (exiting_) return false;
  Running running(this);
  return JS_CallFunctionValue(context_, nullptr, function, arguments, result);
}

ScriptError Engine::TakeError() {
  Running running(this);
  if (!exiting_ && JS_IsExceptionPending(context_)) return TakeException(context_);
  return std::exchange(stopped_at_, {});
}

void Engine::RunJobs(ErrorLog* errors) {
  if (exiting_) return;
  {
    Running running(this);
    js::RunJobs(context_);
  }
  errors->Add(std::exchange(stopped_at_, {}));
  Running running(this);
  rejections_->Report(errors);
}

void Engine::Interrupt() {
  JSContext* context = g_running;
  if (context == nullptr) return;
  g_stop = true;
  // The other request takes a lock, which no signal handler may.
  JS_RequestInterruptCallbackCanWait(context);
}

bool Engine::OnInterrupt(JSContext* context) {
  Engine& engine = *g_engine;
  if (engine.exiting_) return false;
  if (g_stop) {
    engine.was_interrupted_ = engine.is_interrupted_ = true;
    engine.stopped_at_ = DescribePlace(context, "interrupted");
    js::StopDrainingJobQueue(context);
    return false;
  }
  return !std::exchange(engine.collected_, false) || engine.CheckHeap();
}

// Inside of a collection nothing can be asked.
void Engine::OnCollected(JSContext* context, JSGCStatus status, JS::GCReason, void* engine) {
  if (status != JSGC_END) return;
  static_cast<Engine*>(engine)->collected_ = true;
  JS_RequestInterruptCallbackCanWait(context);
}

// The engine's own bound is for its cells; what they hold beside them (long texts, arrays, buffers)
// it only counts.
double Engine::HeapBytes() {
  JS::RootedValue cells(context_), held(context_);
  if (JS_GetProperty(context_, memory_, "gcBytes", &cells) &&
      JS_GetProperty(context_, memory_, "mallocBytes", &held)) {
    return cells.toNumber() + held.toNumber();
  }
  JS_ClearPendingException(context_);
  return 0;
}

bool Engine::CheckHeap() {
  double bound = static_cast<double>(heap_bytes_), used = HeapBytes();
  if (used <= bound) return true;
  if (used <= kHardFactor * bound) {
    JS_ReportOutOfMemory(context_);
    return false;
  }
  stopped_at_ = DescribePlace(
      context_, absl::StrCat("the script ends: it holds ", static_cast<uint64_t>(used) >> 20,
                             " MiB, of ", heap_bytes_ >> 20, " MiB that it may"));
  Exit(1);
  return false;
}

void Engine::Exit(int status) {
  if (!exiting_) exit_status_ = status;
  exiting_ = true;
  js::StopDrainingJobQueue(context_);
}

}  // namespace omnitrace::attach
