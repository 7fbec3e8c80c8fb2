#include "tools/driver/rewrite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace omnitrace::driver {
namespace {

using ::testing::HasSubstr;

constexpr char kHeaders[] = " -idirafter /p/include";
constexpr char kRuntime[] =
    " -Xlinker --library-path=/p/lib -Xlinker -rpath -Xlinker /p/lib"
    " -Wl,--push-state,--as-needed,--library=omnitrace,--pop-state";

std::optional<std::string> OneFile(const std::string& path) {
  if (path == "traced") return "-fomni-ns=foo\n-fplugin=omnitrace.so";
  if (path == "objects") return "a.o b.o";
  if (path == "sources") return "-c a.cc";
  return std::nullopt;
}

std::string Rewrite(absl::string_view arguments) {
  Toolchain toolchain = {"/clang++", "/p/lib/omnitrace.so", "/p/include", "/p/lib"};
  absl::StatusOr<Rewritten> result =
      Rewrite(absl::StrSplit(arguments, ' ', absl::SkipEmpty()), toolchain, OneFile);
  if (!result.ok()) return std::string(result.status().message());
  return absl::StrJoin(result->arguments, " ");
}

TEST(Rewrite, AddsPluginHeadersAndRuntime) {
  EXPECT_EQ(Rewrite("-fomni-ns=foo app.cpp -o app"),
            std::string("-fplugin=/p/lib/omnitrace.so -fplugin-arg-omnitrace-ns=foo "
                        "app.cpp -o app") +
                kHeaders + kRuntime);
}

TEST(Rewrite, TheBarePluginIsFoundAndLoadedOnce) {
  EXPECT_EQ(Rewrite("-fplugin=omnitrace.so -fomni-ns=foo -c app.cpp"),
            std::string("-fplugin=/p/lib/omnitrace.so -fplugin-arg-omnitrace-ns=foo -c app.cpp") +
                kHeaders);
  EXPECT_EQ(Rewrite("-fplugin=omnitrace.so -c app.cpp -fplugin=omnitrace.so"),
            std::string("-fplugin=/p/lib/omnitrace.so -c app.cpp") + kHeaders);
}

TEST(Rewrite, AnExplicitPluginWins) {
  EXPECT_EQ(
      Rewrite("-fomni-ns=foo -fplugin=./omnitrace.so -c a.cc"),
      std::string("-fplugin=./omnitrace.so -fplugin-arg-omnitrace-ns=foo -c a.cc") + kHeaders);
}

TEST(Rewrite, TheLongSpellingIsNotSilentlyUntraced) {
  EXPECT_EQ(
      Rewrite("-fplugin-arg-omnitrace-ns=foo -c a.cc"),
      std::string("-fplugin=/p/lib/omnitrace.so -fplugin-arg-omnitrace-ns=foo -c a.cc") + kHeaders);
}

TEST(Rewrite, OtherPluginsStay) {
  EXPECT_EQ(Rewrite("-fplugin=/x/libother.so -c a.cc"),
            std::string("-fplugin=/x/libother.so -c a.cc") + kHeaders);
}

TEST(Rewrite, WithoutOurOptionsThereIsNoPlugin) {
  EXPECT_EQ(Rewrite("-O2 -c a.cc"), std::string("-O2 -c a.cc") + kHeaders);
  EXPECT_EQ(Rewrite("a.o -o app"), std::string("a.o -o app") + kRuntime);
  EXPECT_EQ(Rewrite("--version"), "--version");
  EXPECT_EQ(Rewrite(""), "");
}

TEST(Rewrite, StaticProgramsGetTheArchive) {
  EXPECT_EQ(Rewrite("-static a.o"),
            "-static a.o -Xlinker --library-path=/p/lib -Wl,--library=omnitrace");
}

TEST(Rewrite, TheRuntimeComesAfterTheInputsBehindADoubleDash) {
  EXPECT_EQ(Rewrite("-o app -- a.o -b.o"), std::string("-o app a.o ./-b.o") + kRuntime);
}

TEST(Rewrite, OptionsInResponseFilesCount) {
  EXPECT_EQ(
      Rewrite("-c @traced a.cc"),
      std::string("-fplugin=/p/lib/omnitrace.so -c -fplugin-arg-omnitrace-ns=foo a.cc") + kHeaders);
}

TEST(Rewrite, OtherResponseFilesStayFiles) {
  EXPECT_EQ(Rewrite("@objects -o app"), std::string("@objects -o app") + kRuntime);
  EXPECT_EQ(Rewrite("@sources"), std::string("@sources") + kHeaders);
}

TEST(Rewrite, BadOptionsAreErrors) {
  EXPECT_THAT(Rewrite("-fomni-nz=foo a.cc"), HasSubstr("did you mean"));
  EXPECT_THAT(Rewrite("-fomni-ns= a.cc"), HasSubstr("expected -fomni-ns=LIST"));
}

}  // namespace
}  // namespace omnitrace::driver
