// A function's signature, put together from what its description says anyhow: in a program made of
// templates, signatures written out were the half of all texts that tracing adds to an object.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_SIGNATURE_H_
#define OMNITRACE_RUNTIME_WORKSPACE_SIGNATURE_H_

#include <cstdint>
#include <string_view>

#include "runtime/workspace/format.h"

namespace omnitrace {

// Hands the text to `put(std::string_view)`, piece by piece; as the plugin and the runtime both do,
// which so agree on it.
//
//   SignatureWriter signature(flags, "int", "foo::add", put);
//   signature.AddParameter("int", "a");
//   signature.AddParameter("const std::string &", "b");
//   signature.End();                            // "int foo::add(int a, const std::string &b)"
template <typename Put>
class SignatureWriter {
 public:
  // `flags` are FunctionFlags.
  SignatureWriter(uint32_t flags, std::string_view result, std::string_view name, const Put& put)
      : flags_(flags), put_(put) {
    if ((flags & (kFunctionConstructor | kFunctionDestructor)) == 0) {
      put_(result);
      put_(" ");
    }
    put_(name);
    put_("(");
  }

  // `type` may have the place for the name inside: "int (*)(int)".
  void AddParameter(std::string_view type, std::string_view name) {
    if (!first_) put_(", ");
    first_ = false;
    size_t inside = type.find("*)");
    if (inside == std::string_view::npos) inside = type.find("&)");
    size_t place = inside == std::string_view::npos ? type.size() : inside + 1;
    put_(std::string_view(type.data(), place));
    bool apart = place == type.size() && !name.empty() && type.back() != '*' && type.back() != '&';
    if (apart) put_(" ");
    put_(name);
    put_(std::string_view(type.data() + place, type.size() - place));
  }

  void End() { put_((flags_ & kFunctionConst) != 0 ? ") const" : ")"); }

 private:
  const uint32_t flags_;
  const Put& put_;
  bool first_ = true;
};

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_SIGNATURE_H_
