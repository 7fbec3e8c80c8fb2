// One call per constructor, whatever entry points Clang makes of it, and what it calls for its
// members and bases lies inside.
// RUN: %trace %s -std=c++17 -Wno-unused | FileCheck %s
#include <stdexcept>
namespace foo {
int make(int x) { return x; }
struct Member {
  Member(int v) : v(v) {}
  ~Member() {}
  int v;
};
struct Whole {
  Whole() : Whole(1) {}
  Whole(int x) : a(make(x)) {}
  ~Whole() {}
  Member a, b{2};
};
struct Root {
  Root(int x) : x(x) {}
  int x;
};
struct Left : virtual Root {
  Left(int x) : Root(x) {}
};
struct Right : virtual Root {
  Right(int x) : Root(x) {}
};
struct Diamond : Left, Right {
  Diamond() : Root(3), Left(4), Right(5) {}
};
struct Base {
  ~Base() {}
};
struct Owner : virtual Base {
  ~Owner() { make(9); }
};
struct Inherits : Member {
  using Member::Member;
};
struct Tries {
  Tries(int x) try : member(x ? x : throw 1) {
  } catch (int) {
    throw std::runtime_error("tried");
  }
  Member member;
};
}  // namespace foo

int main() {
  {
    foo::Whole whole;  // CHECK: > foo::Whole::Whole(this=?)
                       // CHECK-NEXT:   > foo::Whole::Whole(this=?, x=1)
                       // CHECK-NEXT:     > foo::make(x=1)
                       // CHECK-NEXT:     < foo::make = 1
                       // CHECK-NEXT:     > foo::Member::Member(this=?, v=1)
                       // CHECK-NEXT:     < foo::Member::Member
                       // CHECK-NEXT:     > foo::Member::Member(this=?, v=2)
                       // CHECK-NEXT:     < foo::Member::Member
                       // CHECK-NEXT:   < foo::Whole::Whole
                       // CHECK-NEXT: < foo::Whole::Whole
  }                    // CHECK-NEXT: > foo::Whole::~Whole(this=?)
                       // CHECK-NEXT:   > foo::Member::~Member(this=?)
                       // CHECK-NEXT:   < foo::Member::~Member
                       // CHECK-NEXT:   > foo::Member::~Member(this=?)
                       // CHECK-NEXT:   < foo::Member::~Member
                       // CHECK-NEXT: < foo::Whole::~Whole
  foo::Diamond diamond;  // CHECK-NEXT: > foo::Diamond::Diamond(this=?)
                         // CHECK-NEXT:   > foo::Root::Root(this=?, x=3)
                         // CHECK-NEXT:   < foo::Root::Root
                         // CHECK-NEXT:   > foo::Left::Left(this=?, x=4)
                         // CHECK-NEXT:   < foo::Left::Left
                         // CHECK-NEXT:   > foo::Right::Right(this=?, x=5)
                         // CHECK-NEXT:   < foo::Right::Right
                         // CHECK-NEXT: < foo::Diamond::Diamond
  // The destructor of the whole object calls those of its virtual bases; one of a base does not.
  { foo::Owner owner; }  // CHECK-NEXT: > foo::Owner::Owner(this=?)
                         // CHECK-NEXT: < foo::Owner::Owner
                         // CHECK-NEXT: > foo::Owner::~Owner(this=?)
                         // CHECK-NEXT:   > foo::make(x=9)
                         // CHECK-NEXT:   < foo::make = 9
                         // CHECK-NEXT:   > foo::Base::~Base(this=?)
                         // CHECK-NEXT:   < foo::Base::~Base
                         // CHECK-NEXT: < foo::Owner::~Owner
  foo::Inherits inherits(6);  // CHECK-NEXT: > foo::Inherits::Inherits(this=?, ={{6}})
                              // CHECK-NEXT:   > foo::Member::Member(this=?, v=6)
                              // CHECK-NEXT:   < foo::Member::Member
                              // CHECK-NEXT: < foo::Inherits::Inherits
  try {
    foo::Tries tries(0);  // CHECK-NEXT: > foo::Tries::Tries(this=?, x=0)
                          // CHECK-NEXT: ! foo::Tries::Tries
  } catch (const std::runtime_error&) {
  }
  foo::Tries again(7);    // CHECK-NEXT: > foo::Tries::Tries(this=?, x=7)
                          // CHECK-NEXT:   > foo::Member::Member(this=?, v=7)
}
