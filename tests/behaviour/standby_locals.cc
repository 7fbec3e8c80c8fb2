// Locals whose addresses twins get, whatever is done with these, are what they are in the plain
// program: with all functions off, with all on, and with switches that are thrown in between.
// RUN: rm -rf %t && mkdir -p %t && cd %t
// RUN: %clang -DPLAIN -std=c++17 -O1 %s -o plain && ./plain > expected && FileCheck %s < expected
// RUN: for flags in "-O0" "-O1" "-O2" "-O3 -march=native" "-Os -flto -fuse-ld=lld" \
// RUN:     "-O2 -flto=thin -fuse-ld=lld" "-O2 -fsanitize=address,undefined" "-O2 -fno-exceptions -DNONE"; do \
// RUN:   rm -f *.omni && %omni $flags -std=c++17 -fomni-ns=foo -fomni-start=standby %s \
// RUN:     -o app && \
// RUN:   for how in off on flip; do \
// RUN:     OMNITRACE_LIMITS=changed=0 OMNITRACE_OUT=$how.omni ./app $how > got && \
// RUN:     { cmp got expected || ! echo "$flags $how"; } || exit 1; \
// RUN:   done && %omnitrace verify on.omni && %omnitrace verify flip.omni && \
// RUN:   %omnitrace tree --stable on.omni | FileCheck %s --check-prefix=CALLS || exit 1; done
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#ifndef PLAIN
#include <omnitrace/omnitrace.h>
#endif

static const char* how = "off";
static int flips;

__attribute__((noinline)) void flip() {
#ifndef PLAIN
  if (strcmp(how, "flip") != 0) return;
  if (++flips % 3 == 1) omnitrace::trace("foo");
  if (flips % 3 == 0) omnitrace::untrace("foo");
#endif
}

namespace foo {
// Its methods return the object, or a part of it.
struct Cursor {
  const int* at;
  int steps;
  Cursor& operator++() {
    if (*at < 0) steps *= 2;
    ++at;
    ++steps;
    return *this;
  }
  int& count() { return steps; }
  int operator*() const { return *at; }
  bool operator!=(const Cursor& other) const { return at != other.at; }
};

int* kept = nullptr;
inline void keep(int& x, int n) {
  if (n == 3) kept = &x;
  x += n;
}
inline int& larger(int& a, int& b) { return a > b ? a : b; }
inline int same(const int& a, const int& b) { return &a == &b ? 1 : a * b; }
inline void swap(int& a, int& b) {
  int c = a;
  a = b;
  b = c;
}
struct Pair {
  int a, b;
};
inline void shift(Pair& pair, int& part, int n) {
  part += n;
  pair.b -= pair.a;
}
inline Pair next(Pair pair) { return {pair.b, pair.a + pair.b}; }
inline void store(int** place, int* what) { *place = what; }
inline uintptr_t number(const int& x) { return reinterpret_cast<uintptr_t>(&x); }
inline void fails(int& x, int n) {
  x += n;
#ifndef NONE
  if (n % 4 == 3) throw std::runtime_error("four");
#endif
  x *= 3;
}
inline void bump(int* p, int n) { *p = *p * 3 + n; }
struct Guard {
  int& count;
  int before;
  explicit Guard(int& c) : count(c), before(c) { count += 1; }
  ~Guard() { count += before; }
};
inline void bits(uint64_t& value, bool& flag, const char& c) {
  value = value << 3 ^ static_cast<uint64_t>(c);
  flag = !flag || value % 5 == 0;
}
inline int deeper(int& x, int n) {
  if (n == 0) return x;
  int below = deeper(++x, n - 1);
  return below + x;
}

int cursors(const int* first, const int* last) {
  int sum = 0;
  Cursor end = {last, 0};
  Cursor cursor = {first, 1};
  for (; cursor != end; ++cursor) {
    sum += *cursor;
    flip();
  }
  ++cursor.count();
  return sum * 1000 + cursor.steps;
}
int keeps() {
  int x = 1;
  for (int i = 0; i < 8; ++i) {
    keep(x, i);
    if (kept) *kept += 10;
    flip();
  }
  kept = nullptr;
  return x;
}
int references() {
  int x = 1, y = 2, z = 3;
  for (int i = 0; i < 9; ++i) {
    larger(x, y) += i;
    z += same(x, y) + same(x, x);
    swap(x, z);
    flip();
  }
  return x * 7 + y * 5 + z;
}
int pairs() {
  Pair pair = {1, 2};
  for (int i = 0; i < 9; ++i) {
    shift(pair, pair.a, i);
    shift(pair, pair.b, -i);
    pair = next(pair);
    flip();
  }
  return pair.a * 3 + pair.b;
}
int stores() {
  int x = 1, y = 2, *place = &x, sum = 0;
  for (int i = 0; i < 9; ++i) {
    store(&place, i % 2 ? &x : &y);
    *place += i;
    sum += x * y + (number(x) == number(y));
    flip();
  }
  return sum;
}
int throws() {
  int x = 1, caught = 0;
  for (int i = 0; i < 9; ++i) {
#ifdef NONE
    fails(x, i);
    if (i % 4 == 3) x /= 3, caught += x;
#else
    try {
      fails(x, i);
    } catch (const std::exception&) {
      caught += x;
    }
#endif
    flip();
  }
  return x * 3 + caught;
}
int guards() {
  int count = 1;
  for (int i = 0; i < 9; ++i) {
    Guard guard(count);
    Guard inner(guard.count);
    flip();
  }
  return count;
}
int mixed() {
  uint64_t value = 1;
  bool flag = false;
  int odd = 0;
  for (char c = 'a'; c < 'n'; ++c) {
    bits(value, flag, c);
    odd += flag;
    flip();
  }
  return static_cast<int>(value % 1000003) + odd;
}
int recursive() {
  int x = 1, sum = 0;
  for (int i = 0; i < 5; ++i) {
    sum += deeper(x, i);
    flip();
  }
  return sum + x;
}
}  // namespace foo

// Arrays whose length is known where they are inlined. Not traced: there every test stays.
inline int array(int n, int k) {
  int a[n];
  a[0] = k;
  a[1] = k + 1;
  a[n - 1] = k + 2;
  foo::bump(a + 2, k);
  return a[0] * 100 + a[1] * 10 + a[n - 1];
}
inline int block(int n, int k) {
  int* a = static_cast<int*>(__builtin_alloca(static_cast<size_t>(n) * sizeof(int)));
  for (int i = 0; i < n; ++i) a[i] = i * k;
  foo::bump(a + 1, k);
  return a[0] * 100 + a[1] * 10 + a[2];
}
__attribute__((noinline)) int arrays(int k) { return array(3, k) + block(3, k + 1); }

int main(int argc, char** argv) {
  if (argc > 1) how = argv[1];
#ifndef PLAIN
  if (strcmp(how, "on") == 0) omnitrace::trace("foo");
#endif
  const int numbers[] = {3, -1, 4, -1, 5, -9, 2};
  // CHECK: cursors 3031
  // CALLS: foo::cursors(
  // CALLS: {{^}}    foo::Cursor::operator++(this={{.*}} steps: 1})
  // CALLS: {{^}}    foo::Cursor::operator++(this={{.*}} steps: 2})
  printf("cursors %d\n", foo::cursors(numbers, numbers + 7));
  printf("keeps %d\n", foo::keeps());
  printf("references %d\n", foo::references());
  printf("pairs %d\n", foo::pairs());
  printf("stores %d\n", foo::stores());
  printf("throws %d\n", foo::throws());
  printf("guards %d\n", foo::guards());
  printf("mixed %d\n", foo::mixed());
  printf("arrays %d\n", arrays(2));
  printf("recursive %d\n", foo::recursive());
}
