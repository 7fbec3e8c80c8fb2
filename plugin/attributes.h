// [[omnitrace::trace]] and [[omnitrace::skip]], on a function, a class or a namespace: they
// override the globs. The innermost one counts.
#ifndef OMNITRACE_PLUGIN_ATTRIBUTES_H_
#define OMNITRACE_PLUGIN_ATTRIBUTES_H_

namespace clang {
class FunctionDecl;
}

namespace omnitrace {

enum class TraceAttribute { kNone, kTrace, kSkip };

TraceAttribute FindTraceAttribute(const clang::FunctionDecl& function);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_ATTRIBUTES_H_
