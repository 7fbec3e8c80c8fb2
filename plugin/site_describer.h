// Puts together what is said about one traced function: its name and place, and for each
// parameter and the result the type, and where in the argument block its bytes will lie.
#ifndef OMNITRACE_PLUGIN_SITE_DESCRIBER_H_
#define OMNITRACE_PLUGIN_SITE_DESCRIBER_H_

#include <algorithm>
#include <string>
#include <vector>

#include "plugin/argument_layout.h"
#include "plugin/type_describer.h"

namespace llvm {
class DataLayout;
}

namespace omnitrace {

struct ParameterDescription {
  std::string name;
  const TypeDescription* type = nullptr;
  uint32_t flags = 0;  // ParameterFlags
  uint32_t slot = 0;   // offset in the argument block
  Passing passing;
};

struct SiteDescription {
  std::string scope, name, signature, file;  // the name: without its scope
  uint32_t line = 0, last_line = 0;
  uint32_t flags = 0;  // FunctionFlags
  std::vector<ParameterDescription> parameters;
  uint32_t block_size = 0;  // of the argument block
  const TypeDescription* result = nullptr;
  Passing result_passing;

  void MakeImmutable() {
    for (ParameterDescription& parameter : parameters) parameter.flags &= ~kParameterMutable;
  }
  bool has_mutable_parameters() const {
    return std::any_of(parameters.begin(), parameters.end(),
                       [](const auto& each) { return (each.flags & kParameterMutable) != 0; });
  }
};

class SiteDescriber {
 public:
  explicit SiteDescriber(TypeDescriber* types) : types_(types) {}

  SiteDescription Describe(const clang::FunctionDecl& function, const FunctionPassing& passing,
                           const llvm::DataLayout& layout);

 private:
  void AddParameter(ParameterDescription parameter, const llvm::DataLayout& layout,
                    SiteDescription* site);

  TypeDescriber* types_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_SITE_DESCRIBER_H_
