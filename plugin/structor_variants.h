// The entry points that Clang makes of one constructor or destructor: C1 and D1 for complete
// objects, C2 and D2 for bases, D0 for `delete`. To the user they are one function, and a call of it
// is one call.
#ifndef OMNITRACE_PLUGIN_STRUCTOR_VARIANTS_H_
#define OMNITRACE_PLUGIN_STRUCTOR_VARIANTS_H_

namespace clang {
class FunctionDecl;
}
namespace llvm {
class Function;
}

namespace omnitrace {

// Whether `ir` only forwards to another entry point of `declaration`, which is the one to hook: C1
// to C2, D1 to D2, D0 to either. A C1 that makes virtual bases never calls its C2.
bool OnlyForwards(const llvm::Function& ir, const clang::FunctionDecl& declaration);

// A D1 that destroys virtual bases calls D2 first. Inlines that into it, before any hook is there:
// the virtual bases' destructors then lie inside the one call, as their constructors do.
void AbsorbBaseDestructor(llvm::Function* ir, const clang::FunctionDecl& declaration);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_STRUCTOR_VARIANTS_H_
