#include "tools/support/demangle.h"

#include "gtest/gtest.h"

namespace omnitrace::tools {
namespace {

TEST(DemangleTest, NamesOfFunctions) {
  EXPECT_EQ(DemangledName("main"), "main");
  EXPECT_EQ(DemangledName("_ZN3foo3barEi"), "foo::bar");
  EXPECT_EQ(DemangledName("_ZNK3foo3barEPFivE"), "foo::bar");             // ... const
  EXPECT_EQ(DemangledName("_ZN3foo5twiceIiEET_S1_"), "foo::twice<int>");  // int foo::...
  EXPECT_EQ(DemangledName("_ZN12_GLOBAL__N_13barEv"), "(anonymous namespace)::bar");
  EXPECT_EQ(DemangledName("_ZN3foo3barB5cxx11Ev"), "foo::bar");           // [abi:cxx11]
  EXPECT_EQ(DemangledName(""), "");
}

TEST(DemangleTest, NamesOfOperators) {
  EXPECT_EQ(DemangledName("_ZN3fooclEi"), "foo::operator()");
  EXPECT_EQ(DemangledName("_ZN3foolsEi"), "foo::operator<<");
  EXPECT_EQ(DemangledName("_ZN3fooptEv"), "foo::operator->");
  EXPECT_EQ(DemangledName("_ZN3foocviEv"), "foo::operator int");
  EXPECT_EQ(DemangledName("_Znwm"), "operator new");
}

TEST(DemangleTest, NamesInsideFunctions) {
  EXPECT_EQ(DemangledName("_ZZ4mainENKUliE_clEi"), "main::{lambda(int)#1}::operator()");
  EXPECT_EQ(DemangledName("_ZZN3foo3barEiEN5Local3bazEv"), "foo::bar::Local::baz");
}

}  // namespace
}  // namespace omnitrace::tools
