// Promises that were rejected, until somebody handles them.
#ifndef OMNITRACE_TOOLS_ATTACH_REJECTIONS_H_
#define OMNITRACE_TOOLS_ATTACH_REJECTIONS_H_

#include "js/GCVector.h"
#include "js/Promise.h"
#include "js/RootingAPI.h"
#include "jsapi.h"
#include "tools/attach/script_error.h"

namespace omnitrace::attach {

// Of a context, which must outlive it.
class Rejections {
 public:
  explicit Rejections(JSContext* context);
  ~Rejections();
  Rejections(const Rejections&) = delete;
  Rejections& operator=(const Rejections&) = delete;

  // Tells of those that nobody has handled by now, and forgets them.
  void Report(ErrorLog* errors);

 private:
  static void OnChange(JSContext* context, bool, JS::HandleObject promise,
                       JS::PromiseRejectionHandlingState state, void* rejections);

  JSContext* const context_;
  JS::PersistentRootedObjectVector promises_;  // null: handled since
};

}  // namespace omnitrace::attach

#endif  // OMNITRACE_TOOLS_ATTACH_REJECTIONS_H_
