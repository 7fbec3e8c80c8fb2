#include "tools/where/expression.h"

#include <cmath>
#include <limits>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/where/recorded_call.h"
#include "tools/where/parser.h"

namespace omnitrace::where {
namespace {

using namespace omnitrace::testing;  // NOLINT: the encodings of values
using ::testing::HasSubstr;
using ::testing::Not;

class ExpressionTest : public ::testing::Test {
 protected:
  void ExpectAll(const RecordedCall& call, std::initializer_list<const char*> expressions) {
    for (const char* expression : expressions) EXPECT_TRUE(call.Meets(expression)) << expression;
    EXPECT_THAT(call.damage(), IsOk());
  }
  void ExpectNone(const RecordedCall& call, std::initializer_list<const char*> expressions) {
    for (const char* expression : expressions) EXPECT_FALSE(call.Meets(expression)) << expression;
    EXPECT_THAT(call.damage(), IsOk());
  }

  // f(n) -> result
  RecordedCall Call(uint32_t type, const Encoded& n, const Encoded& result) {
    uint32_t f = builder_.AddFunction("f", {{"n", type}}, type);
    builder_.Enter(main_, f, {n});
    builder_.Leave(main_, result);
    return RecordedCall(builder_);
  }
  RecordedCall Call(uint32_t type, const Encoded& n) { return Call(type, n, n); }

  WorkspaceBuilder builder_;
  const uint32_t main_ = builder_.AddThread("main");
};

TEST_F(ExpressionTest, ComparesByEveryOperator) {
  RecordedCall call = Call(builder_.Int(), Signed(5), Signed(-7));
  ExpectAll(call, {"args.n == 5", "args.n != 4", "args.n < 6", "args.n <= 5", "args.n > 4",
                   "args.n >= 5", "5 == args.n", "6 > args.n", "args.n > return", "args.n == 5.0",
                   "return == -7", "args.n", "return", "args[0] == 5", "args['n'] == 5",
                   "args.n < 5.5 && 4.5 < args.n", "args.n == 0x5", "return < 1ns"});
  ExpectNone(
      call, {"args.n == 4", "args.n != 5", "args.n < 5", "args.n <= 4", "args.n > 5", "args.n >= 6",
             "args.n == return", "!args.n", "args.n == '5'", "args.n != '5'", "args.n ~ '5'"});
}

TEST_F(ExpressionTest, IntegersAreExactAtTheirExtremes) {
  RecordedCall call = Call(builder_.Long(), Signed(std::numeric_limits<int64_t>::min()),
                           Signed(std::numeric_limits<int64_t>::max()));
  ExpectAll(call, {"args.n == -9223372036854775808", "args.n > -9223372036854775809",
                   "return == 9223372036854775807", "return < 9223372036854775808",
                   "return < 9223372036854775808.0", "args.n < return", "return < 1e19"});
  RecordedCall big = Call(builder_.Unsigned(), Varint(UINT32_MAX));
  ExpectAll(big, {"args.n > -1", "args.n == 4294967295"});
}

TEST_F(ExpressionTest, WideIntegersAreNumbers) {
  workspace::TypeInfo type;
  type.kind = TypeKind::kSigned;
  type.size = 16;
  type.name = "__int128";
  RecordedCall call = Call(builder_.AddType(type), Raw(static_cast<__int128>(-1) << 100));
  ExpectAll(call, {"args.n == -1267650600228229401496703205376", "args.n < -1e30", "args.n < 0"});
}

TEST_F(ExpressionTest, RealsCompareAsDoubles) {
  RecordedCall call = Call(builder_.Double(), Raw(0.1), Raw(std::nan("")));
  ExpectAll(call, {"args.n == 0.1", "args.n > 0", "args.n < 1", "args.n != return",
                   "return != return", "return != 1", "return"});
  ExpectNone(call, {"return == return", "return < 1", "return > 1", "return >= return"});
  RecordedCall infinite = Call(builder_.Double(), Raw(HUGE_VAL));
  ExpectAll(infinite, {"args.n > 1e308", "args.n > 340282366920938463463374607431768211455"});
}

TEST_F(ExpressionTest, WhatIsMissingIsNeitherEqualNorUnequal) {
  RecordedCall call = Call(builder_.Int(), Signed(5));
  ExpectNone(
      call,
      {"args.x == 5",    "args.x != 5",    "args.x < 5",       "args.x > 5",
       "args.x == null", "args.x != null", "args.x == args.x", "args.x",
       "args.n.x == 1",  "args.n[0] == 5", "args[1] == 5",     "args[18446744073709551616] == 5",
       "args[-1] == 5",  "this == null",   "this.x != 1",      "thrown.what != 'a'",
       "thrown",         "changed.n == 5", "changed.n != 5",   "size(args.n) == 1",
       "args.x ~ '*'"});
  ExpectAll(call, {"!args.x", "!(args.x == 5)", "!thrown", "args.n == 5 || args.x == 5"});
}

TEST_F(ExpressionTest, AnEnumeratorIsItsName) {
  uint32_t coin = builder_.Enum("foo::Coin", {{"nickel", 5}, {"quarter", 25}});
  RecordedCall call = Call(coin, Signed(25), Signed(7));
  ExpectAll(call, {"args.n == \"quarter\"", "args.n == 'quarter'", "args.n == quarter",
                   "args.n == Coin::quarter", "args.n == ::foo::Coin::quarter", "args.n != nickel",
                   "args.n == 25", "args.n > return", "args.n ~ 'q*'", "return == 7",
                   "return != nickel"});
  ExpectNone(call, {"args.n == nickel", "args.n == Note::quarter", "args.n < 'z'"});
}

TEST_F(ExpressionTest, StringsCutOrWhole) {
  RecordedCall call = Call(builder_.String(), Text("hello"), Text("hel", 1000));
  ExpectAll(call, {"args.n == 'hello'", "args.n == \"hello\"", "args.n < 'help'", "args.n ~ 'he*'",
                   "size(args.n) == 5", "return != 'hello'", "return > 'hel'", "return < 'hem'",
                   "return ~ 'he*'", "size(return) == 1000", "args.n"});
  ExpectNone(call, {"args.n != 'hello'", "args.n ~ '*H*'", "return == 'hel'", "return ~ '*l'",
                    "args.n == return", "args.n < return", "args.n == hell"});
}

TEST_F(ExpressionTest, PathsLeadIntoStructuresAndContainers) {
  uint32_t item = builder_.Struct("Item", {{"name", builder_.String()}, {"price", builder_.Int()}});
  uint32_t prices = builder_.Map(builder_.String(), builder_.Int());
  uint32_t order =
      builder_.Struct("Order", {{"items", builder_.Vector(item)},
                                {"prices", prices},
                                {"by_number", builder_.Map(builder_.Int(), builder_.String())}});
  auto pair = [](const Encoded& key, const Encoded& value) { return Record({key, value}); };
  RecordedCall call = Call(
      builder_.Reference(order),
      Record({Sequence({Record({Text("tea"), Signed(3)}), Record({Text("salt"), Signed(1)})}, 70),
              Sequence({pair(Text("tea"), Signed(3)), pair(Text("old tea"), Signed(2))}),
              Sequence({pair(Signed(-4), Text("d"))})}));
  ExpectAll(call, {"args.n.items[0].name == 'tea'", "args.n.items[1].price < 3",
                   "args.n['items'][0]['name'] == 'tea'", "size(args.n.items) == 70",
                   "args.n.prices['old tea'] == 2", "args.n.prices.tea == 3",
                   "args.n.by_number[-4] == 'd'", "size(args.n.prices) == 2", "args.n != null",
                   "size(args.n.items[0].name) == 3", "args.n"});
  ExpectNone(call, {"args.n.items[2].name != 'x'", "args.n.items[69] != null", "args.n.items[-1]",
                    "args.n.items[0.0]", "args.n.items.name == 'tea'", "args.n.prices['milk'] != 1",
                    "args.n.by_number[4]", "args.n == args.n", "args.n.items == 'tea'",
                    "args.n[0] != null", "size(args.n) == 3"});
}

TEST_F(ExpressionTest, PointersAndOptionalsAreLookedThrough) {
  uint32_t point = builder_.Struct("Point", {{"x", builder_.Int()}});
  uint32_t pointer = builder_.Pointer(point);
  uint32_t type = builder_.Vector(builder_.Optional(pointer));
  RecordedCall call = Call(type, Sequence({Some(Pointee(0x10, Record({Signed(4)}))), None(),
                                           Some(omnitrace::testing::Null()),
                                           Some(PointerOnly(0x20)), Some(Unreadable(0x30))}));
  ExpectAll(call, {"args.n[0].x == 4", "args.n[0] != null", "args.n[1] == null", "!args.n[1]",
                   "args.n[3] == 0x20", "args.n[4] != null", "args.n[1] != 3"});
  ExpectNone(call, {"args.n[0] == null", "args.n[1].x == 0", "args.n[1].x != 0", "args.n[1] == 3",
                    "args.n[4] == 0x30", "args.n[2].x"});
}

TEST_F(ExpressionTest, ThisIsTheObject) {
  workspace::Function method;
  method.name = "C::m";
  method.flags = kFunctionMethod;
  uint32_t type = builder_.Pointer(builder_.Struct("C", {{"n", builder_.Int()}}));
  method.parameters = {{"this", type, kParameterThis}, {"", builder_.Int(), 0}};
  builder_.Enter(main_, builder_.AddFunction(method),
                 {Pointee(0x10, Record({Signed(6)})), Signed(2)});
  builder_.Leave(main_);
  RecordedCall call(builder_);
  ExpectAll(call, {"this.n == 6", "this", "this != null", "args[0] == 2", "name == 'C::m'"});
  ExpectNone(call, {"args.this", "args[1]", "return", "return == null", "return != null"});
}

TEST_F(ExpressionTest, KnowsHowTheCallEnded) {
  uint32_t f = builder_.AddFunction("foo::f", {}, builder_.Int());
  builder_.Enter(main_, f);
  builder_.Throw(main_, "St13runtime_error", "no change");
  RecordedCall threw(builder_);
  ExpectAll(threw, {"thrown", "thrown.type == 'std::runtime_error'", "thrown.what ~ '*change'",
                    "size(thrown.what) == 9", "!open", "thrown != null", "thrown.type ~ 'std'"});
  ExpectNone(threw, {"return", "return == 0", "return != 0", "open", "unwound", "thrown == null",
                     "thrown.code != 3"});

  WorkspaceBuilder running;
  uint32_t g = running.AddFunction("foo::g", {}, running.Int());
  running.Enter(running.AddThread("main"), g);
  running.Kill();
  RecordedCall open(running);
  ExpectAll(open, {"open", "open == true", "!thrown"});
  ExpectNone(open, {"return == 0", "unwound", "!open"});
}

TEST_F(ExpressionTest, FieldsOfTheCall) {
  workspace::Function function;
  function.name = "foo::bar<int>";
  function.signature = "int foo::bar<int>()";
  function.file = "src/bar.cc";
  function.line = 12;
  uint32_t f = builder_.AddFunction(function);
  builder_.header().pid = 4242;
  builder_.At(100);
  builder_.Enter(main_, f);
  builder_.At(15100);
  builder_.Leave(main_);
  RecordedCall call(builder_);
  ExpectAll(call,
            {"name == 'foo::bar<int>'", "name ~ 'foo::*'", "name ~ 'foo::bar'",
             "signature ~ 'int *'", "file ~ '*.cc'", "line == 12", "start == 100", "end == 15.1us",
             "duration == 15us", "duration > 10us && duration < 1ms", "depth == 0", "thread == 1",
             "thread == 'main'", "thread ~ 'ma*,w*'", "pid == 4242"});
  ExpectNone(call, {"name ~ 'bar'", "thread == 2", "thread == 'other'", "name == 3"});
}

TEST_F(ExpressionTest, OnlyWhatDecidesIsDecoded) {
  uint32_t f = builder_.AddFunction("f", {{"n", builder_.Vector(builder_.Int())}});
  builder_.Enter(main_, f, {Varint(1)});  // a length, and nothing behind it
  builder_.Leave(main_);
  RecordedCall call(builder_);
  EXPECT_FALSE(call.Meets("name == 'g' && args.n[0] == 1"));
  EXPECT_TRUE(call.Meets("name == 'f' || args.n[0] == 1"));
  EXPECT_FALSE(call.Meets("args.m == 1"));
  EXPECT_THAT(call.damage(), IsOk());
  EXPECT_FALSE(call.Meets("args.n != null"));
  EXPECT_THAT(call.damage(), Not(IsOk()));
  EXPECT_THAT(std::string(call.damage().message()), HasSubstr("argument n of f"));
}

}  // namespace
}  // namespace omnitrace::where
