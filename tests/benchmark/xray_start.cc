// XRay's FDR mode writes its log only when it is told to, so its environment variables alone don't
// do. XRAY_START has the mode's options; without it nothing is patched.
#include <xray/xray_interface.h>
#include <xray/xray_log_interface.h>

#include <cstdio>
#include <cstdlib>

namespace {

[[clang::xray_never_instrument]] void Finish() {
  __xray_log_finalize();
  __xray_log_flushLog();
}

}  // namespace

[[clang::xray_never_instrument]] void StartRecorder() {
  const char* options = std::getenv("XRAY_START");
  if (options == nullptr) return;
  __xray_log_select_mode("xray-fdr");
  if (__xray_log_init_mode("xray-fdr", options) != XRAY_LOG_INITIALIZED ||
      __xray_patch() != XRayPatchingStatus::SUCCESS) {
    std::fprintf(stderr, "xray_start: XRay doesn't start with %s\n", options);
    std::exit(1);
  }
  std::atexit(Finish);
}
