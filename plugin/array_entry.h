// Globals of a traced object that the linker joins: by their names, or to arrays that the runtime
// gets from end to end.
#ifndef OMNITRACE_PLUGIN_ARRAY_ENTRY_H_
#define OMNITRACE_PLUGIN_ARRAY_ENTRY_H_

#include <string>

#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"

namespace omnitrace {

// All zeros at first. One of this unit alone when `local`, else all units' of that name are one.
llvm::GlobalVariable* NewGlobal(llvm::Module* module, llvm::Type* type, const std::string& name,
                                bool local);

// Makes `entry` one of the array in `section`, kept by the linker only as long as what it is about.
void AddToArray(llvm::GlobalVariable* entry, const char* section, llvm::GlobalVariable* about);

// The sanitizers' red zones would tear those arrays.
void ExemptFromSanitizers(llvm::GlobalVariable* variable);

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_ARRAY_ENTRY_H_
