namespace lib {

[[gnu::noinline]] int twice(int n) { return 2 * n; }

}  // namespace lib

extern "C" int twice(int n) { return lib::twice(n); }
