#include "tools/attach/rejections.h"

#include "tools/attach/exception.h"

namespace omnitrace::attach {

Rejections::Rejections(JSContext* context) : context_(context), promises_(context) {
  JS::SetPromiseRejectionTrackerCallback(context_, &OnChange, this);
}

Rejections::~Rejections() { JS::SetPromiseRejectionTrackerCallback(context_, nullptr, nullptr); }

void Rejections::OnChange(JSContext* context, bool, JS::HandleObject promise,
                          JS::PromiseRejectionHandlingState state, void* rejections) {
  JS::PersistentRootedObjectVector& promises = static_cast<Rejections*>(rejections)->promises_;
  if (state == JS::PromiseRejectionHandlingState::Unhandled) {
    if (!promises.append(promise)) JS_ClearPendingException(context);
    return;
  }
  for (size_t i = promises.length(); i-- > 0;) {
    if (promises[i] == promise) promises[i].set(nullptr);
  }
}

void Rejections::Report(ErrorLog* errors) {
  for (size_t i = 0; i < promises_.length(); ++i) {
    JS::RootedObject promise(context_, promises_[i]);
    if (promise == nullptr) continue;
    JS::RootedValue reason(context_, JS::GetPromiseResult(promise));
    JS::RootedObject where(context_, JS::GetPromiseResolutionSite(promise));
    errors->Add(DescribeException(context_, reason, where));
  }
  promises_.clear();
}

}  // namespace omnitrace::attach
