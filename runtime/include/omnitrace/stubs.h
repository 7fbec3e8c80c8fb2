// <omnitrace/omnitrace.h> and probes for programs without omnitrace: all of it does nothing, and no
// argument of a probe is evaluated. A library that has probes may ship a copy of this file, so that
// it can be built without omnitrace; beside the real headers, the real ones hold.
//
// C++11 and later.
#ifndef OMNITRACE_STUBS_H_
#define OMNITRACE_STUBS_H_

#if defined(OMNITRACE_DISABLED) || !defined(OMNITRACE_PROBE_H_)
#undef OMNITRACE_PROBE
#define OMNITRACE_PROBE(...) static_cast<void>(0)
#endif

#if defined(OMNITRACE_DISABLED) || !defined(OMNITRACE_OMNITRACE_H_)
namespace omnitrace {
// Templates: where the real functions are declared later, they are the better match.
template <typename = void>
void trace(const char*) noexcept {}
template <typename = void>
void untrace(const char*) noexcept {}
template <typename = void>
void reset_workspace() noexcept {}
template <typename = void>
void flush() noexcept {}
template <typename = void>
void freeze() noexcept {}
template <typename = void>
void set_title(const char*) noexcept {}
}  // namespace omnitrace
#endif

#endif  // OMNITRACE_STUBS_H_
