// The tool itself, as users and scripts meet it: exit statuses, messages, pipes, the pager.
#include <pty.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::tools {
namespace {

namespace fs = std::filesystem;
using omnitrace::testing::Signed;
using omnitrace::testing::TemporaryFolder;
using omnitrace::testing::WorkspaceBuilder;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

struct Ended {
  int status = -1;
  std::string out, err;
};

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class CommandsTest : public ::testing::Test {
 protected:
  CommandsTest() { std::ofstream(file_, std::ios::binary) << Workspace(3); }

  static std::string Workspace(int calls) {
    WorkspaceBuilder builder;
    uint32_t f = builder.AddFunction("foo::f", {{"n", builder.Int()}});
    uint32_t thread = builder.AddThread("main");
    for (int i = 0; i < calls; ++i) {
      builder.Enter(thread, f, {Signed(i)});
      builder.Leave(thread);
    }
    return builder.Build();
  }

  // Runs a line of shell in which $O is the tool.
  Ended Shell(const std::string& line) const {
    fs::path out = folder_ / "out", err = folder_ / "err";
    std::string command = "cd '" + folder_.string() + "'; O='" OMNITRACE_TOOL "'; { " + line +
                          "; } >" + out.string() + " 2>" + err.string() + " </dev/null";
    int status = system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadFile(out), ReadFile(err)};
  }

  const TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
  const fs::path file_ = folder_ / "a.omni";
};

TEST_F(CommandsTest, WithoutAFileTheNewestWorkspaceIsShown) {
  Ended tree = Shell("$O tree --stable");
  EXPECT_EQ(tree.status, 0) << tree.err;
  EXPECT_EQ(tree.out, "thread 1 (main)\n  foo::f(n=0)\n  foo::f(n=1)\n  foo::f(n=2)\n");
}

TEST_F(CommandsTest, WrongUsageIsTwo) {
  Ended none = Shell("$O");
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("Commands:"));
  Ended command = Shell("$O tre");
  EXPECT_EQ(command.status, 2);
  EXPECT_THAT(command.err, HasSubstr("unknown command \"tre\"; did you mean tree?"));
  Ended option = Shell("$O stats --jsno a.omni");
  EXPECT_EQ(option.status, 2);
  EXPECT_THAT(option.err,
              HasSubstr("omnitrace stats: unknown option --jsno; did you mean --json?"));
  EXPECT_THAT(option.out, IsEmpty());
  EXPECT_EQ(Shell("$O export a.omni").status, 2);
  EXPECT_EQ(Shell("$O call nonsense a.omni").status, 2);
}

TEST_F(CommandsTest, HelpAndVersionWorkEverywhere) {
  EXPECT_THAT(Shell("$O --version").out, StartsWith("omnitrace "));
  for (const char* command : {"tree", "calls", "call", "stats", "info", "verify", "export"}) {
    Ended help = Shell(std::string("$O ") + command + " -h");
    EXPECT_EQ(help.status, 0) << command;
    EXPECT_THAT(help.out, StartsWith(std::string("usage: omnitrace ") + command + " "));
    EXPECT_EQ(Shell(std::string("$O ") + command + " -V").out, Shell("$O version").out);
    EXPECT_THAT(Shell("$O --help").out, HasSubstr(std::string("\n  ") + command + " "));
    EXPECT_THAT(Shell(std::string("$O help --man ") + command).out, HasSubstr(".SH SYNOPSIS\n"));
  }
}

TEST_F(CommandsTest, InfoCountsWhatTheFiltersShow) {
  EXPECT_THAT(Shell("$O info --json a.omni").out,
              AllOf(HasSubstr("\"calls\":3,"), HasSubstr("\"functions\":1")));
  EXPECT_THAT(Shell("$O info --json --hide foo::f a.omni").out,
              AllOf(HasSubstr("\"calls\":0,"), HasSubstr("\"functions\":0")));
  EXPECT_THAT(Shell("$O info --since 25 a.omni").out, HasSubstr("calls      2\n"));
  EXPECT_THAT(Shell("$O info --thread 2 a.omni").out, HasSubstr("threads    0\n"));
}

TEST_F(CommandsTest, CallsThatNewerVersionsLeaveOutAreCounted) {
  WorkspaceBuilder builder;
  builder.header().drops[kDropReasons - 2] = 5;
  builder.header().drops[kDropReasons - 1] = 7;
  std::ofstream(folder_ / "newer.omni", std::ios::binary) << builder.Build();
  EXPECT_THAT(Shell("$O info newer.omni").out,
              HasSubstr("12 calls\n    5 other (for a reason of a "));
  EXPECT_THAT(Shell("$O info --json newer.omni").out, HasSubstr("\"dropped\":{\"other\":12}"));
}

TEST_F(CommandsTest, StableInfoHasNothingOfTheRun) {
  EXPECT_EQ(Shell("$O info --json --stable --functions a.omni").out,
            R"json({"end":"exited","version":2,"writer":"","calls":3,"dropped":{},"threads":[)json"
            R"json({"thread":1,"name":"main","calls":3}],"functions":[{"name":"foo::f",)json"
            R"json("signature":"auto foo::f()","file":"app.cpp","line":10}]})json"
            "\n");
}

TEST_F(CommandsTest, ErrorsNameTheFileAndAreOne) {
  Ended missing = Shell("$O tree missing.omni");
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.err, HasSubstr("omnitrace tree: missing.omni"));
  Ended other = Shell("echo something >b.txt; $O calls b.txt");
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.err, HasSubstr("b.txt"));
  Ended empty = Shell("mkdir none; cd none; $O tree");
  EXPECT_EQ(empty.status, 1);
  EXPECT_THAT(empty.err, HasSubstr("no workspace here; run a program"));
  Ended call = Shell("$O call 99 a.omni");
  EXPECT_EQ(call.status, 1);
  EXPECT_THAT(call.err, HasSubstr("no call with the ID 99"));
}

TEST_F(CommandsTest, WhatIsGoodComesBeforeTheDamage) {
  std::string bytes = Workspace(30'000);
  bytes[bytes.size() - 100] ^= 1;
  std::ofstream(folder_ / "bad.omni", std::ios::binary) << bytes;
  Ended tree = Shell("$O tree bad.omni");
  EXPECT_EQ(tree.status, 1);
  EXPECT_THAT(tree.out, HasSubstr("foo::f(n=1)"));
  EXPECT_THAT(tree.err, HasSubstr("bad.omni: offset "));
  Ended verify = Shell("$O verify bad.omni");
  EXPECT_EQ(verify.status, 1);
  EXPECT_THAT(verify.out, StartsWith("bad.omni: offset "));
  EXPECT_EQ(Shell("$O verify a.omni").status, 0);
}

TEST_F(CommandsTest, AClosedPipeIsNoError) {
  std::ofstream(folder_ / "big.omni", std::ios::binary) << Workspace(30'000);
  for (const char* command : {"tree", "calls", "calls --json", "export -f chrome"}) {
    Ended head = Shell(std::string("{ $O ") + command + " big.omni; echo $? >&2; } | head -n 1");
    EXPECT_EQ(head.err, "0\n") << command;
  }
}

TEST_F(CommandsTest, AFullDiskIsAnError) {
  Ended full = Shell("$O tree a.omni >/dev/full");
  EXPECT_EQ(full.status, 1);
  EXPECT_THAT(full.err, HasSubstr("standard output: cannot write: No space left on device"));
}

TEST_F(CommandsTest, ColoursFollowTheOption) {
  EXPECT_THAT(Shell("$O tree a.omni").out, Not(HasSubstr("\033")));
  EXPECT_THAT(Shell("$O tree --color=always a.omni").out, HasSubstr("\033["));
}

TEST_F(CommandsTest, FiltersApply) {
  EXPECT_EQ(Shell("$O calls --hide 'foo::*' a.omni").out, "");
  EXPECT_THAT(Shell("$O stats --stable --name foo::f a.omni").out, HasSubstr("foo::f"));
}

TEST_F(CommandsTest, ConditionsApplyWhereFiltersDo) {
  EXPECT_THAT(Shell("$O calls --where 'args.n == 1' a.omni").out,
              AllOf(HasSubstr("foo::f(n=1)"), Not(HasSubstr("n=0")), Not(HasSubstr("n=2"))));
  EXPECT_THAT(Shell("$O call --last foo::f --stable --where 'args.n < 2' a.omni").out,
              HasSubstr("call 2  foo::f\n"));
  EXPECT_THAT(Shell("$O info --json --where 'args.n > 0' a.omni").out, HasSubstr("\"calls\":2,"));
  EXPECT_THAT(Shell("$O export -f chrome --where 'args.n == 1' a.omni").out,
              AllOf(HasSubstr("\"n\":1"), Not(HasSubstr("\"n\":2"))));
  EXPECT_EQ(Shell("$O verify --where 'open' a.omni").status, 2);
}

TEST_F(CommandsTest, ABadConditionGetsACaretBeforeAnythingIsRead) {
  for (const char* command :
       {"calls", "tree", "stats", "call 1", "info", "flamegraph", "export -f folded"}) {
    Ended bad = Shell(std::string("$O ") + command + " --where 'args.n == && open' missing.omni");
    EXPECT_EQ(bad.status, 2) << command;
    EXPECT_EQ(bad.out, "");
    EXPECT_THAT(bad.err, HasSubstr(": --where: expected a value, not `&&`\n"
                                   "  args.n == && open\n"
                                   "            ^\n"));
  }
}

TEST_F(CommandsTest, HelpHasTopics) {
  EXPECT_THAT(Shell("$O help").out, HasSubstr("\n  where "));
  EXPECT_THAT(Shell("$O help where").out,
              AllOf(StartsWith("where: "), HasSubstr("\n  or          = ")));
  EXPECT_THAT(Shell("$O help --man").out, HasSubstr("\n.BR omnitrace\\-where (1)\n"));
  EXPECT_THAT(Shell("$O help --man where").out,
              AllOf(StartsWith(".TH OMNITRACE-WHERE 1"), HasSubstr("\n.nf\n  args.coin")));
  Ended unknown = Shell("$O help wher");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("unknown command or topic \"wher\"; did you mean where?"));
}

TEST_F(CommandsTest, CallShowsRelatives) {
  Ended call = Shell("$O call --last foo::f --stable a.omni");
  EXPECT_EQ(call.status, 0) << call.err;
  EXPECT_THAT(call.out, AllOf(HasSubstr("call 3  foo::f\n"), HasSubstr("\n  n           2\n")));
}

// On a terminal: what the tool writes there, with the pager's input in between.
std::string OnTerminal(const std::string& line) {
  int terminal = -1;
  pid_t child = forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    setenv("TERM", "xterm", 1);
    unsetenv("NO_COLOR");
    execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    _exit(127);
  }
  std::string text;
  char buffer[4096];
  for (ssize_t got; (got = read(terminal, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<size_t>(got));
  }
  close(terminal);
  waitpid(child, nullptr, 0);
  return text;
}

TEST_F(CommandsTest, ATerminalGetsColoursAndThePager) {
  std::string tool = std::string(OMNITRACE_TOOL) + " tree " + file_.string();
  std::string paged = OnTerminal("PAGER='sed s/^/paged:/' " + tool);
  EXPECT_THAT(paged, HasSubstr("paged:"));
  EXPECT_THAT(paged, HasSubstr("\033["));
  EXPECT_THAT(OnTerminal("PAGER='sed s/^/paged:/' " + tool + " --no-pager"),
              AllOf(HasSubstr("foo::f"), Not(HasSubstr("paged:"))));
  EXPECT_THAT(OnTerminal("PAGER= " + tool), HasSubstr("foo::f"));
  EXPECT_THAT(OnTerminal("NO_COLOR=1 PAGER=cat " + tool),
              AllOf(HasSubstr("foo::f"), Not(HasSubstr("\033["))));
}

}  // namespace
}  // namespace omnitrace::tools
