// The forms of whole calls: tree, lines, JSON.
#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tools/output/call_details.h"
#include "tools/output/json_output.h"
#include "tools/output/text_output.h"
#include "tools/support/utf8.h"

namespace omnitrace::tools {
namespace {

using namespace omnitrace::testing;  // NOLINT: encoded values
using ::testing::HasSubstr;
using ::testing::Not;

class CallOutputTest : public ::testing::Test {
 protected:
  CallOutputTest() {
    coin_ = builder_.Enum("foo::Coin", {{"nickel", 5}, {"quarter", 25}});
    machine_ = builder_.Struct("foo::Machine", {{"coins", builder_.Int()}});
  }

  uint32_t Method(const char* name, uint32_t flags, uint32_t result) {
    workspace::Function method;
    method.name = method.signature = name;
    method.file = "/src/machine.cc";
    method.line = 12;
    method.flags = flags | kFunctionMethod | kFunctionSizedArguments;
    method.result = result;
    workspace::ParameterInfo parameter;
    parameter.name = "this";
    parameter.type = builder_.Pointer(machine_);
    parameter.flags = kParameterThis | kParameterMutable;
    method.parameters.push_back(parameter);
    parameter.name = "coin";
    parameter.type = coin_;
    parameter.flags = 0;
    method.parameters.push_back(parameter);
    return builder_.AddFunction(method);
  }

  void Print(Output& output, StringSink& sink,
             CallStream::Options options = {.order = CallStream::Order::kThread,
                                            .count_children = true}) {
    std::vector<std::unique_ptr<workspace::Reader>> readers;
    readers.push_back(builder_.Open());
    set_ = std::make_unique<WorkspaceSet>(WorkspaceSet::FromReaders(std::move(readers)).value());
    CallFilter filter;
    CallStream stream(*set_, filter, options);
    status_ = PrintCalls(*set_, stream, sink, output);
  }
  std::string Tree(TextStyle style = {{}, {.stable = true}}, uint64_t levels = UINT64_MAX) {
    StringSink sink;
    TreeOutput output(sink, style, levels);
    Print(output, sink);
    return sink.text();
  }
  std::string JsonLines(const ValueStyle& style = {}) {
    StringSink sink;
    JsonOutput output(sink, style, nullptr);
    Print(output, sink);
    return sink.text();
  }

  std::string Details(const TextStyle& style) {
    StringSink sink;
    JsonOutput ignored(sink, {}, nullptr);
    Print(ignored, sink);
    CallFilter filter;
    CallStream stream(*set_, filter, {});
    return stream.Next() ? CallDetails(stream.call(), style, &status_) : "no call";
  }
  // The innermost call is about to end, and `self` is what its `this` is by then.
  void Changed(uint32_t function, const Encoded& self) {
    auto kind = static_cast<uint64_t>(OtherRecord::kChanged);
    builder_.Other(main_, kind, Joined({Varint(function), self}).bytes);
  }

  WorkspaceBuilder builder_;
  const uint32_t main_ = builder_.AddThread("main");
  uint32_t coin_, machine_;
  std::unique_ptr<WorkspaceSet> set_;
  absl::Status status_;
};

TEST_F(CallOutputTest, TreeOfMethodsConstructorsAndExceptions) {
  uint32_t constructor = Method("foo::Machine::Machine", kFunctionConstructor, 0);
  uint32_t insert = Method("foo::Machine::insert", 0, builder_.Int());
  Encoded self = Pointee(0x7ffe, Record({Signed(1)}));
  builder_.Enter(main_, constructor, {self, Signed(5)});
  builder_.Leave(main_);
  builder_.Enter(main_, insert, {self, Signed(25)});
  builder_.Enter(main_, insert, {PointerOnly(0x10), Signed(77)});
  builder_.Throw(main_, "St13runtime_error", "no \"change\"");
  builder_.Leave(main_, Signed(25));
  builder_.Enter(main_, insert, {Null(), Signed(5)});
  builder_.Kill();
  EXPECT_EQ(Tree(),
            "thread 1 (main)\n"
            "  foo::Machine::Machine(coin=Coin::nickel)\n"
            "  foo::Machine::insert(this={coins: 1}, coin=Coin::quarter) -> 25\n"
            "  ! foo::Machine::insert(this=0x…, coin=Coin(77)) threw "
            "std::runtime_error(\"no \\\"change\\\"\")\n"
            "  foo::Machine::insert(this=nullptr, coin=Coin::nickel) (open)\n");
  EXPECT_TRUE(status_.ok()) << status_;
}

TEST_F(CallOutputTest, TypesOnRequest) {
  uint32_t constructor = Method("foo::Machine::Machine", kFunctionConstructor, 0);
  uint32_t insert = Method("foo::Machine::insert", 0, builder_.Int());
  Encoded self = Pointee(0x7ffe, Record({Signed(1)}));
  builder_.Enter(main_, constructor, {PointerOnly(0x7ffe), Signed(5)});
  Changed(constructor, self);
  builder_.Leave(main_);
  builder_.Enter(main_, insert, {self, Signed(25)});
  Changed(insert, Pointee(0x7ffe, Record({Signed(2)})));
  builder_.Leave(main_, Signed(25));
  builder_.Enter(main_, insert, {Null(), Signed(5)});
  builder_.Throw(main_, "i", "");
  EXPECT_EQ(Tree({{}, {.stable = true, .types = true}}),
            "thread 1 (main)\n"
            "  foo::Machine::Machine(foo::Coin coin=Coin::nickel) -> foo::Machine {coins: 1}\n"
            "  foo::Machine::insert(foo::Machine this={coins: 1}, foo::Coin coin=Coin::quarter)"
            " -> int 25 changed foo::Machine this={coins: 2}\n"
            "! foo::Machine::insert(foo::Machine this=nullptr, foo::Coin coin=Coin::nickel)"
            " threw int\n");
  std::string json = JsonLines({.types = true});
  const char* types = R"("types":{"args":{"coin":"foo::Coin"},"this":"foo::Machine")";
  EXPECT_THAT(json, HasSubstr(absl::StrCat(types, "},\"start\"")));
  EXPECT_THAT(json, HasSubstr(absl::StrCat(types, R"(,"return":"int"},"start")")));
  EXPECT_THAT(JsonLines(), Not(HasSubstr("types")));
}

TEST_F(CallOutputTest, TypesOfArgumentsWithoutNamesOrWithTheSame) {
  uint32_t number = builder_.Reference(builder_.Int());
  uint32_t f =
      builder_.AddFunction("f", {{"n", builder_.Int()}, {"n", number}, {"", number}, {"", coin_}});
  builder_.Enter(main_, f, {Signed(1), Signed(2), Signed(3), Signed(5)});
  builder_.Leave(main_);
  builder_.Enter(main_, builder_.AddFunction("g"));
  builder_.Leave(main_);
  EXPECT_THAT(Tree({{}, {.stable = true, .types = true}}),
              HasSubstr("  f(int n=1, T &n=2, T & 3, foo::Coin Coin::nickel)\n  g()\n"));
  std::string json = JsonLines({.types = true});
  EXPECT_THAT(json, HasSubstr(R"("args":{"n":1,"n#2":2,"#3":3,"#4":"nickel"})"));
  EXPECT_THAT(json, HasSubstr(R"("types":{"args":{"n":"int","n#2":"T &","#3":"T &",)"
                              R"("#4":"foo::Coin"}})"));
  EXPECT_THAT(json, HasSubstr(R"("name":"g")"));
  EXPECT_THAT(json, HasSubstr(R"("types":{},)"));
}

TEST_F(CallOutputTest, TypesInDetails) {
  uint32_t insert = Method("foo::Machine::insert", 0, builder_.Int());
  builder_.Enter(main_, insert, {Pointee(0x7ffe, Record({Signed(1)})), Signed(25)});
  Changed(insert, Pointee(0x7ffe, Record({Signed(2)})));
  builder_.Leave(main_, Signed(25));
  EXPECT_EQ(Details({{}, {.stable = true, .types = true}}),
            "call 1  foo::Machine::insert\n"
            "  signature   foo::Machine::insert\n"
            "  source      machine.cc:12\n"
            "  thread      1 (main)\n"
            "  this        foo::Machine *0x… {coins: 1}\n"
            "  coin        foo::Coin Coin::quarter\n"
            "  outcome     -> int 25\n"
            "  after       this = foo::Machine *0x… {coins: 2}\n");
}

TEST_F(CallOutputTest, TreeHasDurationsLevelsAndThreads) {
  uint32_t f = builder_.AddFunction("f");
  uint32_t worker = builder_.AddThread("");
  builder_.At(0);
  builder_.Enter(main_, f);
  builder_.At(1000);
  builder_.Enter(main_, f);
  builder_.At(1500);
  builder_.Leave(main_);
  builder_.Enter(worker, f);
  builder_.Leave(worker);
  builder_.At(3500);
  builder_.Leave(main_);
  EXPECT_EQ(Tree({}),
            "thread 1 (main)\n"
            "  f()   3.50us\n"
            "    f()   500ns\n"
            "\n"
            "thread 2\n"
            "  f()   10ns\n");
  EXPECT_EQ(Tree({{}, {.stable = true}}, 1), "thread 1 (main)\n  f()\n\nthread 2\n  f()\n");
}

TEST_F(CallOutputTest, ProbesAreEventsWithoutDurations) {
  workspace::Function described;
  described.name = "request:start";
  described.flags = kFunctionProbe;
  uint32_t probe = builder_.AddFunction(described);
  builder_.Enter(main_, builder_.AddFunction("f"));
  builder_.Enter(main_, probe);
  builder_.Leave(main_);
  builder_.Leave(main_);
  EXPECT_EQ(Tree({}), "thread 1 (main)\n  f()   30ns\n    request:start()\n");
  std::vector<std::string> lines = absl::StrSplit(JsonLines(), '\n');
  EXPECT_THAT(lines[0], Not(HasSubstr("event")));
  EXPECT_THAT(lines[1], HasSubstr(R"("event":"probe")"));
}

TEST_F(CallOutputTest, GuidesFollowTheLocale) {
  uint32_t f = builder_.AddFunction("f");
  for (int i = 0; i < 3; ++i) builder_.Enter(main_, f);
  for (int i = 0; i < 3; ++i) builder_.Leave(main_);
  std::string pretty = Tree({{.colour = true, .utf8 = true}, {}});
  EXPECT_THAT(pretty, HasSubstr("  │ "));
  EXPECT_THAT(pretty, HasSubstr("\033["));
  std::string ascii = Tree({{.colour = true, .utf8 = false}, {}});
  EXPECT_THAT(ascii, HasSubstr("  | "));
}

TEST_F(CallOutputTest, DeepCallsAreNumberedNotIndented) {
  uint32_t f = builder_.AddFunction("f");
  for (int i = 0; i < 5000; ++i) builder_.Enter(main_, f);
  for (int i = 0; i < 5000; ++i) builder_.Leave(main_);
  std::string tree = Tree();
  EXPECT_THAT(tree, HasSubstr("\n" + std::string(202, ' ') + "f()\n"));
  EXPECT_THAT(tree, HasSubstr("\n" + std::string(202, ' ') + "[4999] f()\n"));
}

TEST_F(CallOutputTest, TreeSaysWhatTheRecordingLacks) {
  builder_.header().drops[static_cast<int>(DropReason::kDepth)] = 1200;
  EXPECT_EQ(Tree(), "\n1,200 calls are not recorded: 1,200 deeper than the limit depth=N\n");
}

TEST_F(CallOutputTest, DamagedValuesAreMarkedAndReported) {
  uint32_t insert = Method("foo::Machine::insert", 0, 0);
  builder_.Enter(main_, insert, {Encoded{""}});
  builder_.Leave(main_);
  EXPECT_EQ(Tree(), "thread 1 (main)\n  foo::Machine::insert(<damaged>)\n");
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("test.omni: offset ")));
}

TEST_F(CallOutputTest, NamesCannotControlTheTerminal) {
  uint32_t f = builder_.AddFunction("f\x1b[2J");
  builder_.Enter(main_, f);
  builder_.Leave(main_);
  EXPECT_THAT(Tree(), HasSubstr("  f\\x1b[2J()\n"));
}

TEST_F(CallOutputTest, JsonHasTheFieldsOfTheContract) {
  uint32_t insert = Method("foo::Machine::insert", 0, builder_.Int());
  uint32_t f = builder_.AddFunction("f", {{"", builder_.Int()}});
  builder_.At(100);
  builder_.Enter(main_, insert, {Pointee(0x7ffe, Record({Signed(1)})), Signed(25)});
  builder_.Enter(main_, f, {Signed(-1)});
  builder_.Throw(main_, "St13runtime_error", "no change");
  builder_.At(200);
  builder_.Leave(main_, Signed(25));
  builder_.Enter(main_, f, {Signed(1)});
  builder_.Kill();
  builder_.header().pid = 4242;
  EXPECT_EQ(
      JsonLines(),
      R"j({"id":1,"parent":null,"thread":1,"pid":4242,"depth":0,"name":"foo::Machine::insert",)j"
      R"j("signature":"foo::Machine::insert","file":"/src/machine.cc","line":12,)j"
      R"j("args":{"coin":"quarter"},"this":{"at":"0x7ffe","coins":1},"return":25,)j"
      R"j("start":100,"end":200,"children":1})j"
      "\n"
      R"j({"id":2,"parent":1,"thread":1,"pid":4242,"depth":1,"name":"f","signature":"auto f()",)j"
      R"j("file":"app.cpp","line":20,"args":{"#1":-1},)j"
      R"j("thrown":{"type":"std::runtime_error","what":"no change"},)j"
      R"j("start":110,"end":120,"children":0})j"
      "\n"
      R"j({"id":3,"parent":null,"thread":1,"pid":4242,"depth":0,"name":"f","signature":"auto f()",)j"
      R"j("file":"app.cpp","line":20,"args":{"#1":1},"open":true,"start":210,"children":0})j"
      "\n");
}

TEST_F(CallOutputTest, StableJsonHasNothingOfTheRun) {
  uint32_t insert = Method("foo::Machine::insert", 0, builder_.Int());
  builder_.Enter(main_, insert, {Pointee(0x7ffe, Record({Signed(1)})), Signed(25)});
  builder_.Leave(main_, Signed(25));
  EXPECT_EQ(JsonLines({.stable = true}),
            R"({"id":1,"parent":null,"thread":1,"pid":1,"depth":0,"name":"foo::Machine::insert",)"
            R"("signature":"foo::Machine::insert","file":"machine.cc","line":12,)"
            R"("args":{"coin":"quarter"},"this":{"at":"0x…","coins":1},"return":25,)"
            R"("start":0,"end":0,"children":0})"
            "\n");
}

TEST_F(CallOutputTest, LinesSayWhichCallWhenAndWhere) {
  uint32_t f = builder_.AddFunction("f");
  builder_.At(1'000'000'005);
  builder_.Enter(main_, f);
  builder_.Leave(main_);
  StringSink sink;
  LineOutput output(sink, {});
  Print(output, sink);
  EXPECT_EQ(sink.text(), "      1  1.000000005   1  f()   10ns\n");
}

// Whatever a damaged file says, the printers end and print valid text.
TEST_F(CallOutputTest, EveryByteMayBeWrong) {
  uint32_t insert = Method("foo::Machine::insert", 0, builder_.Vector(builder_.String()));
  uint32_t worker = builder_.AddThread("worker");
  Encoded self = Pointee(0x7ffe, Record({Signed(1)}));
  for (int i = 0; i < 3; ++i) builder_.Enter(main_, insert, {self, Signed(25)});
  builder_.SplitBlock(main_);
  builder_.Throw(main_, "St13runtime_error", "no change");
  builder_.Enter(worker, insert, {self, Signed(5)});
  builder_.Leave(main_, Sequence({Text("a"), Text("b")}));
  builder_.Kill();
  const std::string good = builder_.Build();
  for (size_t i = 0; i < good.size(); ++i) {
    if (good[i] == 0) continue;  // mostly the unused rest of a block
    std::string bad = good;
    bad[i] = static_cast<char>(~bad[i]);
    absl::StatusOr<std::unique_ptr<workspace::Reader>> reader =
        workspace::Reader::Open(workspace::MemorySource(bad, "bad.omni"));
    if (!reader.ok()) continue;
    std::vector<std::unique_ptr<workspace::Reader>> readers;
    readers.push_back(*std::move(reader));
    WorkspaceSet set = WorkspaceSet::FromReaders(std::move(readers)).value();
    CallFilter filter;
    for (CallStream::Order order : {CallStream::Order::kTime, CallStream::Order::kThread}) {
      CallStream text_stream(set, filter, {.order = order});
      CallStream json_stream(set, filter, {.order = order, .count_children = true});
      StringSink text, json;
      TreeOutput tree(text, {}, UINT64_MAX);
      JsonOutput lines(json, {}, nullptr);
      PrintCalls(set, text_stream, text, tree).IgnoreError();
      PrintCalls(set, json_stream, json, lines).IgnoreError();
      ASSERT_TRUE(IsUtf8(text.text())) << i;
      for (absl::string_view line : absl::StrSplit(json.text(), '\n', absl::SkipEmpty())) {
        ASSERT_TRUE(Json::accept(line)) << i;
      }
    }
  }
}

}  // namespace
}  // namespace omnitrace::tools
