// What scripts see of an event.
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"
#include "runtime/workspace/format.h"
#include "tests/attach/script_test.h"
#include "tests/support/workspace_builder.h"
#include "tools/output/value_json.h"

namespace omnitrace::attach {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tools::LiveEvent;
using Json = nlohmann::ordered_json;

// A BigInt is text in what a script prints as JSON.
void MakeLargeIntegersText(Json* json) {
  if (json->is_structured()) {
    for (Json& element : *json) MakeLargeIntegersText(&element);
  } else if (json->is_number_unsigned() && json->get<uint64_t>() >= uint64_t{1} << 53) {
    *json = absl::StrCat(json->get<uint64_t>());
  } else if (json->is_number_integer() && std::abs(json->get<double>()) >= 0x1p53) {
    *json = absl::StrCat(json->get<int64_t>());
  } else if (json->is_number_float() && json->get<double>() == std::trunc(json->get<double>())) {
    *json = static_cast<int64_t>(json->get<double>());
  }
}

class EventTest : public ScriptTest {
 protected:
  // One for each line that the script prints.
  std::vector<Json> RunJson(const std::string& source) {
    std::vector<Json> lines;
    std::string output = Run(source);
    for (absl::string_view line : absl::StrSplit(output, '\n', absl::SkipEmpty())) {
      lines.push_back(Json::parse(line));
    }
    return lines;
  }
};

TEST_F(EventTest, EveryValueIsWhatTheCallsCommandPrints) {
  std::vector<Json> expected;
  recording_.Tell([&](const LiveEvent& event) {
    auto arguments = event.reader->DecodeArguments(*event.function, event.arguments);
    ASSERT_THAT(arguments, testing::IsOk());
    Json seen = Json::object({{"name", event.function->name}});
    for (const workspace::Reader::Argument& argument : *arguments) {
      seen[argument.parameter->name] = tools::ToJson(argument.value);
    }
    if (event.kind == LiveEvent::Kind::kReturn && event.function->result != 0) {
      auto result = event.reader->DecodeResult(*event.function, event.result);
      ASSERT_THAT(result, testing::IsOk());
      seen["return"] = tools::ToJson(*result);
    }
    MakeLargeIntegersText(&seen);
    if (event.function->name != "clash") expected.push_back(seen);
  });
  std::vector<Json> seen = RunJson(R"(
    const fixed = new Set('timestamp title pid hostname thread time event duration thrown'
                              .split(' '));
    exports['*'] = trace => {
      if (trace.name === 'clash') return;
      const {args, this: self, ...rest} = trace;
      const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !fixed.has(name)));
      const line = {...own, ...(self === undefined ? {} : {this: self}), ...args};
      console.log(JSON.stringify(line));
    };)");
  // Compared without the order of members.
  auto unordered = [](const std::vector<Json>& lines) {
    return std::vector<nlohmann::json>(lines.begin(), lines.end());
  };
  EXPECT_EQ(unordered(seen), unordered(expected));
  EXPECT_GT(seen.size(), 30u);
  EXPECT_THAT(TakeErrors(), IsEmpty());
}

TEST_F(EventTest, IntegersAreExact) {
  EXPECT_EQ(Run(R"(exports['shop::hash'] = ({event, args: {seed, offset}}) => {
              if (event === 'enter') console.log(typeof seed, seed, typeof offset, offset);
            };)"),
            "bigint 1152921504606846976n bigint -9223372036854775808n\n"
            "number 9007199254740991 number -5\n");
}

TEST_F(EventTest, HasItsTimeAndItsOrigin) {
  recording_.origin().start_unix_ns = uint64_t{1700000000123} * 1000000;
  std::vector<Json> lines = RunJson(R"(
    exports['request:start'] = t => console.log(JSON.stringify(t));)");
  uint64_t time = 0;
  recording_.Tell([&](const LiveEvent& event) {
    if (time == 0 && event.function->name == "request:start") time = event.time;
  });
  ASSERT_EQ(lines.size(), 6u);
  Json expected = {{"timestamp", 1700000000123 + time / 1000000},
                   {"title", "shop"},
                   {"pid", recording_.origin().pid},
                   {"name", "request:start"},
                   {"hostname", "test-host"},
                   {"thread", 1},
                   {"time", time},
                   {"event", "probe"},
                   {"id", 1},
                   {"path", "/page/1"}};
  EXPECT_EQ(lines[0].dump(), expected.dump());
}

TEST_F(EventTest, FunctionsHaveArgumentsAndAnEnd) {
  std::vector<Json> lines = RunJson(R"(
    exports['shop::Machine::insert'] = ({event, args, return: result, thrown, duration}) => {
      console.log(JSON.stringify([event, args, result, thrown, duration > 0]));
    };)");
  ASSERT_EQ(lines.size(), 6u);
  EXPECT_EQ(lines[0].dump(), R"(["enter",{"coin":"nickel","count":2},null,null,false])");
  EXPECT_EQ(lines[1].dump(), R"(["return",{"coin":"nickel","count":2},10,null,true])");
  EXPECT_EQ(lines[2].dump(), R"json(["enter",{"coin":"Coin(7)","count":1},null,null,false])json");
  EXPECT_EQ(lines[5].dump(), R"(["throw",{"coin":"nickel","count":50},null,)"
                             R"({"type":"shop::Broken","what":"too much","code":267},true])");
}

TEST_F(EventTest, WhatIsNotKnownIsNotThere) {
  ASSERT_THAT(Load(R"(exports['shop::half'] = trace => {
                if (trace.event === 'return') {
                  console.log('args' in trace, 'duration' in trace, trace.return);
                }
              };
              exports['foo::outer'] = trace => console.log('return' in trace);)"),
              testing::IsOk());
  Tell(/*lost_entries=*/true);
  EXPECT_EQ(TakeOutput(), "false\nfalse\nfalse false 2.5\nfalse false 0\n");
}

TEST_F(EventTest, APropertyWithAReservedNameIsInProps) {
  EXPECT_EQ(Run(R"(exports.clash = trace => {
              console.log(trace.name, trace.title, trace.own, trace.props);
              console.log(Object.hasOwn(trace, '__proto__'), trace.__proto__);
            };
            exports.bare = trace => console.log('props' in trace);)"),
            "clash shop 2 { name: 1, title: 't', props: 3 }\ntrue 4\nfalse\n");
}

TEST_F(EventTest, TheTitleIsTheOneOfItsTime) {
  ASSERT_THAT(Load("exports['foo::outer'] = t => console.log(t.event, t.title, t.pid);"),
              testing::IsOk());
  recording_.Tell([this](const LiveEvent& event) {
    if (event.function->name != "foo::outer") return;
    recording_.origin().title = event.kind == LiveEvent::Kind::kEnter ? "before" : "after";
    script_->Add(event);
  });
  script_->Flush();
  recording_.origin().title = "shop";
  std::string pid = absl::StrCat(recording_.origin().pid);
  EXPECT_EQ(TakeOutput(), "enter before " + pid + "\nreturn after " + pid + "\n");
}

TEST_F(EventTest, AnotherProcessAtTheSameAddressHasFunctionsOfItsOwn) {
  ASSERT_THAT(Load("exports['*'] = t => console.log(t.pid, t.name, t.n, t.args?.text);"),
              testing::IsOk());
  testing::WorkspaceBuilder first, second;
  uint32_t probe = first.AddFunction("first", {{"n", first.Int()}});
  ASSERT_EQ(probe, second.AddFunction("second", {{"text", second.String()}}));
  tools::LiveOrigin origin = {1, "t", "h", 5};
  auto tell = [&](testing::WorkspaceBuilder* builder, const testing::Encoded& value) {
    uint32_t thread = builder->AddThread("main");
    builder->Enter(thread, probe, {value});
    std::unique_ptr<workspace::Reader> reader = builder->Open();
    workspace::EventCursor cursor(*reader, thread);
    ASSERT_TRUE(cursor.Next());
    LiveEvent event = {};
    event.kind = LiveEvent::Kind::kEnter;
    event.has_arguments = true;
    event.origin = &origin;
    event.reader = reader.get();
    event.function = &reader->function(probe);
    event.arguments = cursor.event().bytes;
    script_->Add(event);
    script_->Flush();
  };
  tell(&first, testing::Signed(7));
  origin.pid = 2;
  tell(&second, testing::Text("seven"));
  EXPECT_EQ(TakeOutput(), "1 first undefined undefined\n2 second undefined seven\n");
}

// A process chooses its names, and they become a part of the code that makes the objects.
TEST_F(EventTest, NamesMayHoldAnything) {
  ASSERT_THAT(Load(R"(exports['*'] = t => console.log(JSON.stringify([t.name, t.args]));)"),
              testing::IsOk());
  testing::WorkspaceBuilder builder;
  const std::string odd = "a\"'`${1}\\\n\u2028*/</script>";
  uint32_t coin = builder.Enum("Coin", {{odd, 1}});
  uint32_t function = builder.AddFunction(
      odd, {{odd, builder.Int()}, {odd, coin}, {"", builder.Int()}, {"\xff", builder.Int()}});
  uint32_t thread = builder.AddThread("main");
  using testing::Signed;
  builder.Enter(thread, function, {Signed(1), Signed(1), Signed(3), Signed(4)});
  std::unique_ptr<workspace::Reader> reader = builder.Open();
  workspace::EventCursor cursor(*reader, thread);
  ASSERT_TRUE(cursor.Next());
  LiveEvent event = {};
  event.has_arguments = true;
  event.origin = &recording_.origin();
  event.reader = reader.get();
  event.function = &reader->function(function);
  event.arguments = cursor.event().bytes;
  script_->Add(event);
  script_->Flush();
  EXPECT_THAT(TakeErrors(), IsEmpty());
  Json seen = Json::parse(TakeOutput());
  EXPECT_EQ(seen[0], odd);
  EXPECT_EQ(seen[1].size(), 4u);
  EXPECT_EQ(seen[1][odd], 1);
  EXPECT_EQ(seen[1]["#3"], 3);
  EXPECT_EQ(seen[1]["\\xff"], 4);
}

TEST_F(EventTest, DamagedValuesAreToldAndTheEventIsDelivered) {
  ASSERT_THAT(Load("exports['request:start'] = t => console.log(t.name, t.event, t.id);"),
              testing::IsOk());
  recording_.Tell([this](const LiveEvent& event) {
    if (event.function->name != "request:start") return;
    LiveEvent damaged = event;
    damaged.arguments.remove_suffix(1);
    script_->Add(damaged);
  });
  script_->Flush();
  EXPECT_THAT(TakeOutput(), HasSubstr("request:start probe undefined\n"));
  EXPECT_THAT(TakeErrors(), HasSubstr("request:start"));
  EXPECT_EQ(script_->errors(), 6u);
}

// Every byte of every event's values, changed in a few ways: none is lost, and nothing crashes.
TEST_F(EventTest, HostileValuesAreDelivered) {
  ASSERT_THAT(Load("let count = 0; exports['*'] = t => { ++count; JSON.stringify(t); };"
                   "exports.cleanup = () => console.log(count);"),
              testing::IsOk());
  int told = 0;
  auto tell = [&](LiveEvent event, absl::string_view LiveEvent::*part) {
    std::string bytes(event.*part);
    for (char& byte : bytes) {
      char good = byte;
      for (int change : {1, 0x80, 0xff}) {
        byte = static_cast<char>(good ^ change);
        event.*part = bytes;
        script_->Add(event);
        ++told;
      }
      byte = good;
    }
  };
  recording_.Tell([&](const LiveEvent& event) {
    if (event.arguments.size() < 1000) tell(event, &LiveEvent::arguments);
    tell(event, &LiveEvent::result);
    tell(event, &LiveEvent::thrown_type);
    tell(event, &LiveEvent::thrown_value);
  });
  script_->Cleanup();
  EXPECT_EQ(TakeOutput(), absl::StrCat(told, "\n"));
}

TEST_F(EventTest, AForgottenOriginMayComeBack) {
  ASSERT_THAT(Load("let count = 0; exports['request:end'] = t => ++count;"
                   "exports.cleanup = () => console.log(count);"),
              testing::IsOk());
  recording_.Tell([this](const LiveEvent& event) {
    script_->Add(event);
    script_->Forget(*event.origin);
  });
  script_->Cleanup();
  EXPECT_EQ(TakeOutput(), "6\n");
}

// More than a batch has room for.
TEST_F(EventTest, NoneIsLostInManyBatches) {
  ASSERT_THAT(Load(R"(let count = 0, sum = 0, characters = 0;
                      exports['request:start'] = t => {
                        ++count; sum += t.id; characters += t.path.length;
                      };
                      exports.cleanup = () => console.log(count, sum, characters);)"),
              testing::IsOk());
  constexpr int kTimes = 1000;
  for (int i = 0; i < kTimes; ++i) {
    recording_.Tell([this](const LiveEvent& event) { script_->Add(event); });
  }
  script_->Cleanup();
  EXPECT_EQ(TakeOutput(), absl::StrCat(kTimes * 6, " ", kTimes * 21, " ", kTimes * 6 * 7, "\n"));
}

}  // namespace
}  // namespace omnitrace::attach
