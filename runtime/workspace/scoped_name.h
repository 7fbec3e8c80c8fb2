// A function's qualified name in two pieces, so that all functions of a class share the first one,
// often with the class's own name: in a program made of templates, that takes a third of the bytes
// of all texts that tracing adds to an object.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_SCOPED_NAME_H_
#define OMNITRACE_RUNTIME_WORKSPACE_SCOPED_NAME_H_

#include <string_view>

namespace omnitrace {

// Refers to texts of somebody else's. Can be matched by globs as it is.
class ScopedName {
 public:
  // `scope` is empty in the global namespace.
  constexpr ScopedName(std::string_view scope, std::string_view name)
      : scope_(scope), between_(scope.empty() ? "" : "::"), name_(name) {}

  constexpr size_t size() const { return scope_.size() + between_.size() + name_.size(); }
  constexpr char operator[](size_t i) const {
    if (i < scope_.size()) return scope_[i];
    i -= scope_.size();
    return i < between_.size() ? between_[i] : name_[i - between_.size()];
  }
  // Hands the name to `put(std::string_view)`, piece by piece.
  template <typename Put>
  void PutTo(const Put& put) const {
    put(scope_);
    put(between_);
    put(name_);
  }

 private:
  std::string_view scope_, between_, name_;
};

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_SCOPED_NAME_H_
