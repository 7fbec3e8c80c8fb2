#include "tools/driver/compile_job.h"

#include <gtest/gtest.h>

#include "absl/strings/str_split.h"

namespace omnitrace::driver {
namespace {

CompileJob Understand(absl::string_view arguments) {
  return UnderstandJob(absl::StrSplit(arguments, ' ', absl::SkipEmpty()));
}

TEST(CompileJob, LinksAProgramFromSources) {
  CompileJob job = Understand("-O2 app.cpp -o app");
  EXPECT_TRUE(job.links);
  EXPECT_TRUE(job.preprocesses);
  EXPECT_FALSE(job.is_static);
}

TEST(CompileJob, LinksObjectsWithoutPreprocessing) {
  CompileJob job = Understand("a.o libb.a -lz -o app");
  EXPECT_TRUE(job.links);
  EXPECT_FALSE(job.preprocesses);
}

TEST(CompileJob, SharedLibrariesAreLinked) {
  EXPECT_TRUE(Understand("-shared a.o -o liba.so").links);
}

TEST(CompileJob, StaticLinks) {
  EXPECT_TRUE(Understand("-static a.o").is_static);
  EXPECT_TRUE(Understand("-static-pie a.o").is_static);
  EXPECT_FALSE(Understand("-static-libstdc++ a.o").is_static);
}

class EarlyEnd : public testing::TestWithParam<const char*> {};

TEST_P(EarlyEnd, DoesNotLink) { EXPECT_FALSE(Understand(GetParam()).links) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(CompileJob, EarlyEnd,
                         testing::Values("-c a.cc", "-S a.cc", "-E a.cc", "-M a.cc", "-MM a.cc",
                                         "a.cc -fsyntax-only", "--version", "-v", "",
                                         "-print-search-dirs", "--print-file-name=libc.so",
                                         "-r a.o -o b.o", "-dumpmachine", "foo.h",
                                         "-x c++-header foo.cc -o foo.pch", "-Wl,--version",
                                         "a.cc -o"));

class FullLink : public testing::TestWithParam<const char*> {};

TEST_P(FullLink, Links) { EXPECT_TRUE(Understand(GetParam()).links) << GetParam(); }

// The word that looks like an end is another option's value.
INSTANTIATE_TEST_SUITE_P(CompileJob, FullLink,
                         testing::Values("a.cc -MD -MF -c", "a.cc -o -E", "a.cc -Xclang -S",
                                         "-x c++ -", "-MMD -MT x a.cc", "foo.h a.cc",
                                         "-x c++ a.h -x none b.o", "-### a.cc"));

TEST(CompileJob, AssemblerAndPreprocessedInputsIncludeNothing) {
  EXPECT_FALSE(Understand("-c a.s").preprocesses);
  EXPECT_FALSE(Understand("-c a.ii").preprocesses);
  EXPECT_FALSE(Understand("-c -x assembler a.cc").preprocesses);
  EXPECT_FALSE(Understand("-c -xc++-cpp-output a.cc").preprocesses);
  EXPECT_TRUE(Understand("-c a.S").preprocesses);
  EXPECT_TRUE(Understand("-c -x c++ noextension").preprocesses);
}

TEST(CompileJob, ValuesAreNoInputs) {
  EXPECT_FALSE(Understand("-I dir.cc -include a.h -D x.cc -o out.cc").preprocesses);
}

}  // namespace
}  // namespace omnitrace::driver
