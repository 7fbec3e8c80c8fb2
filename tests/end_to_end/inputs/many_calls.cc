namespace foo {
int step(int n) { return n + 1; }
}  // namespace foo

int main() {
  int sum = 0;
  for (int i = 0; i < 200'000; ++i) sum = foo::step(sum);
  return sum == 200'000 ? 0 : 1;
}
