// Globs over qualified names, as -fomni-ns, OMNITRACE_ONLY and --ns take them: a comma-separated
// list; `*` stands for any characters, `::` included. A glob without `*` is a namespace, class or
// function: it matches the name itself and everything inside. A leading `::` is allowed.
// Free of dependencies and allocation: the plugin, the traced process and the tools share it. A name
// is what has size() and characters: a string, its view, a ScopedName.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_GLOB_H_
#define OMNITRACE_RUNTIME_WORKSPACE_GLOB_H_

#include <string_view>

namespace omnitrace {

// Linear in the name for each `*`: the last star is the only one that ever moves.
template <typename Name>
constexpr bool WildcardMatches(std::string_view glob, const Name& name) {
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

template <typename Name>
constexpr bool OneGlobMatches(std::string_view glob, const Name& name) {
  if (glob.substr(0, 2) == "::") glob.remove_prefix(2);
  if (glob.empty()) return false;
  if (glob.find('*') != std::string_view::npos) return WildcardMatches(glob, name);
  size_t end = glob.size(), rest = name.size() - end;
  if (name.size() < end) return false;
  for (size_t i = 0; i < end; ++i) {
    if (name[i] != glob[i]) return false;
  }
  return rest == 0 || name[end] == '<' || (rest > 1 && name[end] == ':' && name[end + 1] == ':');
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

template <typename Name>
constexpr bool GlobMatches(std::string_view list, const Name& name) {
  return AnyGlob(list, [&name](std::string_view glob) { return OneGlobMatches(glob, name); });
}

// As GlobMatches, but by another glob than the bare `*`.
template <typename Name>
constexpr bool GlobMatchesExplicitly(std::string_view list, const Name& name) {
  return AnyGlob(list, [&name](std::string_view glob) {
    return glob != "*" && OneGlobMatches(glob, name);
  });
}

}  // namespace omnitrace

#endif  // OMNITRACE_RUNTIME_WORKSPACE_GLOB_H_
