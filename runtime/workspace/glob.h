// Globs over qualified names, as -fomni-ns, OMNITRACE_ONLY and --ns take them: a comma-separated
// list; `*` stands for any characters, `::` included. A glob without `*` is a namespace, class or
// function: it matches the name itself and everything inside. A leading `::` is allowed.
// Free of dependencies and allocation: the plugin, the traced process and the tools share it.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_GLOB_H_
#define OMNITRACE_RUNTIME_WORKSPACE_GLOB_H_

#include <string_view>

namespace omnitrace {

// Linear in the name for each `*`: the last star is the only one that ever moves.
constexpr bool WildcardMatches(std::string_view glob, std::string_view name) {
  size_t g = 0, n = 0, star = std::string_view::npos, resume = 0;
  while (n < name.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      resume = n;
    } else if (g < glob.size() && glob[g] == name[n]) {
      ++g;
      ++n;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

constexpr bool OneGlobMatches(std::string_view glob, std::string_view name) {
  if (glob.substr(0, 2) == "::") glob.remove_prefix(2);
  if (glob.empty()) return false;
  if (glob.find('*') != std::string_view::npos) return WildcardMatches(glob, name);
  if (name.substr(0, glob.size()) != glob) return false;
  std::string_view rest = name.substr(glob.size());
  return rest.empty() || rest[0] == '<' || rest.substr(0, 2) == "::";
}

// Calls `matches(glob)` for each glob of the list until it returns true.
template <typename Predicate>
constexpr bool AnyGlob(std::string_view list, Predicate matches) {
  while (!list.empty()) {
    size_t comma = list.find(',');
    if (matches(list.substr(0, comma))) return true;
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return false;
}

constexpr bool GlobMatches(std::string_view list, std::string_view name) {
  return AnyGlob(list, [name](std::string_view glob) { return OneGlobMatches(glob, name); });
}

// As GlobMatches, but by another glob than the bare `*`.
constexpr bool GlobMatchesExplicitly(std::string_view list, std::string_view name) {
  return AnyGlob(list, [name](std::string_view glob) {
    return glob != "*" && OneGlobMatches(glob, name);
  });
}

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_GLOB_H_
