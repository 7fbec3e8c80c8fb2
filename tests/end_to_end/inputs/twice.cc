// A traced function that calls another; exits with 0 when the results are right.
namespace foo {
int add(int a, int b) { return a + b; }
int twice(int n) { return add(n, n); }
}  // namespace foo

int main() { return foo::twice(21) == 42 ? 0 : 1; }
