// What a traced program can say to omnitrace at run time. Every function may be called from any
// thread, does nothing in a program that is not being traced, and never throws.
//
//   #include <omnitrace/omnitrace.h>
//
//   omnitrace::untrace("foo::noisy");
//   if (crowded()) omnitrace::freeze();
//
// Lists are comma-separated globs over qualified names, as for -fomni-ns: `foo` is the namespace
// foo and everything inside it, `*` stands for any characters.
//
// C++11 and later; from C++17 on with the probes of <omnitrace/probe.h>. Link with -lomnitrace;
// omni-clang++ does so by itself. With OMNITRACE_DISABLED defined, all of it is nothing, and
// nothing has to be linked; <omnitrace/stubs.h> is that part alone.
#ifndef OMNITRACE_OMNITRACE_H_
#define OMNITRACE_OMNITRACE_H_

#if defined(OMNITRACE_DISABLED)
#include <omnitrace/stubs.h>
#else

#define OMNITRACE_API __attribute__((visibility("default")))

namespace omnitrace {

// Turns the matching functions on: calls from now on are recorded, also in a program that was
// started in standby. Reaches the shared libraries that are loaded at this moment.
OMNITRACE_API void trace(const char* list) noexcept;

// Turns the matching functions off. Calls that are open are recorded to their end.
OMNITRACE_API void untrace(const char* list) noexcept;

// Completes the workspace and begins another one, in a new file: what was recorded so far stays in
// the old one. Calls that are open at this moment are in neither file's tree as ended.
OMNITRACE_API void reset_workspace() noexcept;

// Brings what was recorded so far to the disk. A crash of the process never needs this; a crash of
// the machine may.
OMNITRACE_API void flush() noexcept;

// Stops recording for good and keeps the workspace as it is: with OMNITRACE_LIMITS=keep=last, the
// last calls before this one.
OMNITRACE_API void freeze() noexcept;

// Names this process in the workspace, for people who look at several.
OMNITRACE_API void set_title(const char* title) noexcept;

}  // namespace omnitrace

#if __cplusplus >= 201703L
#include <omnitrace/probe.h>
#endif

#endif
#endif  // OMNITRACE_OMNITRACE_H_
