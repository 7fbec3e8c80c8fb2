// A function's signature, put together from what its description says anyhow: in a program made of
// templates, signatures written out were the half of all texts that tracing adds to an object.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_SIGNATURE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_SIGNATURE_H_

#include <cstdint>
#include <string_view>

#include "runtime/workspace/format.h"
#include "runtime/workspace/scoped_name.h"

namespace omnitrace {

// Hands a parameter's declaration to `put(std::string_view)`, piece by piece. `type` may have the
// place for the name inside: "int (*)(int)".
template <typename Put>
void PutParameter(std::string_view type, std::string_view name, const Put& put) {
  size_t inside = type.find("*)");
  if (inside == std::string_view::npos) inside = type.find("&)");
  size_t place = inside == std::string_view::npos ? type.size() : inside + 1;
  put(std::string_view(type.data(), place));
  bool apart = place == type.size() && !name.empty() && type.back() != '*' && type.back() != '&';
  if (apart) put(" ");
  put(name);
  put(std::string_view(type.data() + place, type.size() - place));
}

// Hands "int foo::add(int a, const std::string &b) const" to `put`, as the plugin and the runtime
// both do, which so agree on it. `flags` are FunctionFlags; the parameters from `first` to `last`
// are either one's, with `this` among them.
template <typename Parameter, typename Put>
void PutSignature(uint32_t flags, std::string_view result, const ScopedName& name,
                  const Parameter* first, const Parameter* last, const Put& put) {
  if ((flags & (kFunctionConstructor | kFunctionDestructor)) == 0) {
    put(result);
    put(" ");
  }
  name.PutTo(put);
  put("(");
  std::string_view separator;
  for (; first != last; ++first) {
    if ((first->flags & kParameterThis) != 0) continue;
    put(separator);
    PutParameter(first->type->name, first->name, put);
    separator = ", ";
  }
  put((flags & kFunctionConst) != 0 ? ") const" : ")");
}

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_SIGNATURE_H_
