#include "runtime/recording/process_options.h"

#include <stdlib.h>

#include "runtime/recording/output_path.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// Constant-initialised: hooks run before constructors do. Forked children inherit it.
struct ProcessOptions {
  bool parsed = false;
  bool may_record = false;
  Options options;
  Path pattern;
};
OMNITRACE_CONSTINIT ProcessOptions process_options;

// A second thread that comes here meanwhile does the same work in vain.
void Parse() {
  Message error;
  Options options;
  Path pattern;
  bool good = ParseOptions([](const char* name) -> const char* { return getenv(name); }, &options,
                           &error) &&
              ResolvePattern(options.out, &pattern, &error);
  if (!good) {
    error << "; the program runs untraced";
    Complain(error);
  }
  process_options.options = options;
  process_options.pattern = pattern;
  process_options.may_record = good && options.mode != Mode::kOff;
  process_options.parsed = true;
}

}  // namespace

bool MayRecord() {
  if (!process_options.parsed) Parse();
  return process_options.may_record;
}

const Options& GetOptions() { return process_options.options; }

const Path& GetOutputPattern() { return process_options.pattern; }

}  // namespace omnitrace::recording
