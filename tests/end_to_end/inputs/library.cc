// In a shared library of its own.
namespace foo {
int in_library(int n) { return n + 1; }
}  // namespace foo
