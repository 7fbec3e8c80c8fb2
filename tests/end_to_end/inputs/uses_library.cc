namespace foo {
int in_library(int n);
int in_program(int n) { return in_library(n) * 2; }
}  // namespace foo

int main() { return foo::in_program(1) == 4 ? 0 : 1; }
