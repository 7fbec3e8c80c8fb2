// The program's own control over its recording: <omnitrace/omnitrace.h>, and the end of the
// process.
#include "runtime/include/omnitrace/omnitrace.h"
#include "runtime/recording/call_recorder.h"
#include "runtime/recording/freeze.h"
#include "runtime/recording/live_file.h"
#include "runtime/recording/loaded_objects.h"
#include "runtime/recording/session.h"

namespace omnitrace {
namespace {

using recording::GetSession;
using recording::Session;

// Behind the destructors of the program and of everything that it loaded later.
__attribute__((destructor(101))) void EndRecording() {
  Session* session = GetSession();
  if (session == nullptr) return;
  session->End(recording::GetCurrentLog());
  recording::GetLiveFile()->Remove();
  recording::ForgetCurrentLog();
}

}  // namespace

void trace(const char* list) noexcept { recording::SwitchFunctions(list, true); }
void untrace(const char* list) noexcept { recording::SwitchFunctions(list, false); }

void reset_workspace() noexcept {
  if (Session* session = GetSession()) session->Reset(recording::GetCurrentLog());
}

void flush() noexcept {
  if (Session* session = GetSession()) session->Flush();
}

void freeze() noexcept { recording::FreezeRecording(recording::Trigger::kCall); }

void set_title(const char* title) noexcept {
  if (Session* session = GetSession()) session->SetTitle(title);
}

}  // namespace omnitrace
