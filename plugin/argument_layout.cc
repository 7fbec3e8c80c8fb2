#include "plugin/argument_layout.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/CodeGenOptions.h"
#include "clang/CodeGen/CGFunctionInfo.h"
#include "clang/CodeGen/CodeGenABITypes.h"
#include "clang/CodeGen/ModuleBuilder.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PreprocessorOptions.h"

namespace omnitrace {
namespace {

using clang::CodeGen::ABIArgInfo;

unsigned CountArguments(const ABIArgInfo& info) {
  switch (info.getKind()) {
    case ABIArgInfo::Direct:
      if (auto* parts = llvm::dyn_cast<llvm::StructType>(info.getCoerceToType());
          parts && info.getCanBeFlattened())
        return parts->getNumElements();
      return 1;
    case ABIArgInfo::Extend:
    case ABIArgInfo::Indirect:
    case ABIArgInfo::IndirectAliased:
      return 1;
    default:
      return 0;
  }
}

Passing Describe(const ABIArgInfo& info, clang::QualType type, unsigned first) {
  Passing passing;
  passing.type = type;
  passing.first_argument = first;
  passing.arguments = CountArguments(info);
  switch (info.getKind()) {
    case ABIArgInfo::Direct:
    case ABIArgInfo::Extend:
      passing.kind = Passing::Kind::kDirect;
      passing.coerced = info.getCoerceToType();
      passing.offset = info.getDirectOffset();
      break;
    case ABIArgInfo::Indirect:
    case ABIArgInfo::IndirectAliased:
      passing.kind = Passing::Kind::kIndirect;
      break;
    default:
      break;
  }
  return passing;
}

// How many arguments the kinds take that CountArguments does not know (Expand, InAlloca ...).
bool IsUnderstood(const ABIArgInfo& info) {
  return !info.isExpand() && !info.isCoerceAndExpand() && !info.isInAlloca();
}

std::unique_ptr<clang::CodeGenerator> MakeGenerator(clang::CompilerInstance& compiler,
                                                    llvm::LLVMContext& context) {
  // A second generator that never emits anything: only its type tables are used.
  clang::CodeGenOptions options = compiler.getCodeGenOpts();
  options.setDebugInfo(llvm::codegenoptions::NoDebugInfo);
  options.ProfileInstrumentUsePath.clear();
  options.SampleProfileFile.clear();
  options.CoverageMapping = false;
  std::unique_ptr<clang::CodeGenerator> generator(clang::CreateLLVMCodeGen(
      compiler.getDiagnostics(), "omnitrace", &compiler.getVirtualFileSystem(),
      compiler.getHeaderSearchOpts(), compiler.getPreprocessorOpts(), options, context));
  generator->Initialize(compiler.getASTContext());
  return generator;
}

// A base-object constructor or destructor of a class with virtual bases gets the VTT behind `this`.
unsigned HiddenArguments(const clang::FunctionDecl& function, unsigned expected,
                         const llvm::Function& ir) {
  bool structor = llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(function);
  unsigned actual = static_cast<unsigned>(ir.arg_size());
  return structor && actual == expected + 1 ? 1 : 0;
}

}  // namespace

ArgumentLayout::ArgumentLayout(clang::CompilerInstance& compiler, llvm::LLVMContext& context)
    : generator_(MakeGenerator(compiler, context)) {}
ArgumentLayout::~ArgumentLayout() = default;

const clang::CodeGen::CGFunctionInfo& ArgumentLayout::Arrange(const clang::FunctionDecl& function) {
  const auto* type = function.getType()->castAs<clang::FunctionProtoType>();
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  if (method && method->isImplicitObjectMemberFunction())
    return clang::CodeGen::arrangeCXXMethodType(generator_->CGM(), method->getParent(), type,
                                                method);
  return clang::CodeGen::arrangeFreeFunctionType(
      generator_->CGM(), type->getCanonicalTypeUnqualified().castAs<clang::FunctionProtoType>());
}

FunctionPassing ArgumentLayout::Compute(const clang::FunctionDecl& function,
                                        const llvm::Function& ir) {
  FunctionPassing passing;
  if (!function.getType()->getAs<clang::FunctionProtoType>()) return passing;
  const clang::CodeGen::CGFunctionInfo& info = Arrange(function);
  const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function);
  passing.has_this = method && method->isImplicitObjectMemberFunction();

  const ABIArgInfo& result = info.getReturnInfo();
  bool structor = llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(function);
  bool sret_first = result.isIndirect() && !result.isSRetAfterThis();
  if (!structor && IsUnderstood(result))
    passing.result = Describe(result, function.getReturnType(), sret_first ? 0 : 1);

  unsigned expected = result.isIndirect() ? 1 : 0;
  for (const auto& argument : info.arguments()) {
    if (!IsUnderstood(argument.info)) return FunctionPassing();
    expected += CountArguments(argument.info) + (argument.info.getPaddingType() ? 1 : 0);
  }
  unsigned hidden = HiddenArguments(function, expected, ir);
  if (expected + hidden != ir.arg_size()) return FunctionPassing();

  unsigned next = sret_first ? 1 : 0;
  bool is_this = passing.has_this;
  for (const auto& argument : info.arguments()) {
    if (argument.info.getPaddingType()) ++next;
    Passing one = Describe(argument.info, clang::QualType(argument.type), next);
    next += one.arguments;
    if (!is_this) {
      passing.parameters.push_back(one);
      continue;
    }
    passing.this_pointer = one;
    is_this = false;
    next += hidden;
    if (result.isIndirect() && !sret_first) ++next;
  }
  return passing;
}

}  // namespace omnitrace
