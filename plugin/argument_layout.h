// Where a function's parameters and result are, seen from LLVM's side: which IR arguments carry
// which parameter, as the target's calling convention has it.
//
// Clang's own answer is used (its public CodeGenABITypes), so that every target and every
// coercion is right by construction. Looking for the allocas that Clang names after parameters
// was rejected: they differ by optimisation level and have no names in release builds.
#ifndef OMNITRACE_PLUGIN_ARGUMENT_LAYOUT_H_
#define OMNITRACE_PLUGIN_ARGUMENT_LAYOUT_H_

#include <memory>
#include <vector>

#include "clang/AST/Type.h"
#include "llvm/IR/Function.h"

namespace clang {
class CodeGenerator;
class CompilerInstance;
class FunctionDecl;
namespace CodeGen {
class ABIArgInfo;
class CGFunctionInfo;
}  // namespace CodeGen
}  // namespace clang

namespace omnitrace {

// One parameter (or `this`), or the result.
struct Passing {
  enum class Kind {
    kAbsent,    // nothing is passed (empty class), or in a way not understood
    kDirect,    // IR values hold its bytes
    kIndirect,  // an IR pointer holds its address
  };
  Kind kind = Kind::kAbsent;
  clang::QualType type;
  unsigned first_argument = 0;  // IR argument number; for a result: of the hidden pointer
  unsigned arguments = 0;
  llvm::Type* coerced = nullptr;  // kDirect: the type whose elements (or itself) the arguments are
  unsigned offset = 0;            // kDirect: of the coerced bytes in the value
};

struct FunctionPassing {
  bool has_this = false;
  Passing this_pointer;
  std::vector<Passing> parameters;  // in order of the declaration
  Passing result;
};

class ArgumentLayout {
 public:
  ArgumentLayout(clang::CompilerInstance& compiler, llvm::LLVMContext& context);
  ~ArgumentLayout();

  // `ir` is one of the functions made from `function` (a constructor has two).
  FunctionPassing Compute(const clang::FunctionDecl& function, const llvm::Function& ir);

 private:
  const clang::CodeGen::CGFunctionInfo& Arrange(const clang::FunctionDecl& function);

  std::unique_ptr<clang::CodeGenerator> generator_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_ARGUMENT_LAYOUT_H_
