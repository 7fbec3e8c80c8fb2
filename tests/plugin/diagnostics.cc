// -Weverything gives the same diagnostics with the plugin; -E, -M and -fsyntax-only the same output.
// RUN: mkdir -p %t && cd %t
// RUN: for flags in "-Weverything -fsyntax-only" "-Weverything -Wno-error -O2 -c -o /dev/null" -E -M; do \
// RUN:   %clang -std=c++17 $flags %s > plain 2>&1; %clang -std=c++17 %plugin $flags %s > traced 2>&1; \
// RUN:   diff plain traced || exit 1; done
#include <string>
#include <vector>
namespace foo {
int unused_parameter(int x) { return 0; }
static int unused_function() { int shadow = 1; { int shadow = 2; (void)shadow; } return shadow; }
struct Padded { char c; long l; virtual int v() { return c; } };
template <class T> T convert(long x) { return x; }
int sign(unsigned x) { return convert<short>(x) + std::vector<int>(3).size(); }
}  // namespace foo
