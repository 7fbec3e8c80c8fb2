// What observers want of calls, from the bytes that tools write to what it means for a call. That
// processes go by it is for tests/live.
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/recording/argument_test.h"
#include "runtime/recording/memory.h"
#include "runtime/recording/rule_parser.h"
#include "runtime/recording/rule_set.h"
#include "runtime/recording/system_calls.h"
#include "runtime/recording/thread_log.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/recording/described_program.h"
#include "tools/live/live_rules.h"

namespace omnitrace::testing {
namespace {

using recording::ArgumentTest;
using recording::Rule;
using recording::RuleParser;
using recording::RuleSet;
using recording::Wish;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tools::LiveComparison;
using tools::LiveRule;
using tools::LiveRules;

using Constant = std::variant<int64_t, uint64_t, double, std::string>;

std::string Encode(const LiveRules& rules) {
  absl::StatusOr<std::string> bytes = tools::EncodeRules(rules);
  EXPECT_THAT(bytes, IsOk());
  return *bytes;
}

LiveRules AllSorts() {
  LiveRule first = {"shop::*,lib", true, {}, 100, 50};
  first.comparisons = {{{"n"}, LiveOperator::kLess, int64_t{-5}},
                       {{"order", "id"}, LiveOperator::kEqual, UINT64_MAX},
                       {{"price"}, LiveOperator::kGreaterOrEqual, 0.25},
                       {{"text"}, LiveOperator::kNotEqual, std::string("quarter")}};
  return {first, LiveRule()};
}

TEST(RuleParserTest, ReadsWhatToolsWrite) {
  std::string bytes = Encode(AllSorts());
  RuleParser parser(bytes);
  auto rule = std::make_unique<Rule>();
  ASSERT_TRUE(parser.Next(rule.get()));
  EXPECT_EQ(rule->globs, "shop::*,lib");
  EXPECT_TRUE(rule->is_root);
  EXPECT_EQ(rule->one_in, 100u);
  EXPECT_EQ(rule->per_second, 50u);
  ASSERT_EQ(rule->comparison_count, 4u);
  EXPECT_EQ(static_cast<int64_t>(rule->comparisons[0].constant.bits), -5);
  EXPECT_EQ(rule->comparisons[1].steps[1], "id");
  EXPECT_EQ(rule->comparisons[1].constant.bits, UINT64_MAX);
  EXPECT_EQ(rule->comparisons[2].constant.real, 0.25);
  EXPECT_EQ(rule->comparisons[2].op, LiveOperator::kGreaterOrEqual);
  EXPECT_EQ(rule->comparisons[3].constant.text, "quarter");
  ASSERT_TRUE(parser.Next(rule.get()));
  EXPECT_EQ(rule->globs, "");
  EXPECT_FALSE(rule->is_root);
  EXPECT_EQ(rule->one_in, 1u);
  EXPECT_FALSE(parser.Next(rule.get()));
  EXPECT_TRUE(parser.ok());
}

// In memory of its own size, so that a sanitizer sees a read outside.
bool AreRules(const std::string& bytes) {
  std::vector<char> copy(bytes.begin(), bytes.end());
  return recording::AreRules({copy.data(), copy.size()});
}

TEST(RuleParserTest, EveryPartOfRulesIsRefusedOrWhole) {
  std::string bytes = Encode(AllSorts());
  size_t second = bytes.size() - Encode({LiveRule()}).size();
  for (size_t size = 1; size < bytes.size(); ++size) {
    EXPECT_EQ(AreRules(bytes.substr(0, size)), size == second) << size;
  }
}

TEST(RuleParserTest, RefusesMoreThanItTakes) {
  EXPECT_TRUE(AreRules(Encode(LiveRules(kMostLiveRules))));
  EXPECT_THAT(tools::EncodeRules(LiveRules(kMostLiveRules + 1)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("33 rules")));
  std::string many;
  for (uint32_t i = 0; i <= kMostLiveRules; ++i) many += Encode({LiveRule()});
  EXPECT_FALSE(AreRules(many));
  LiveRule long_one;
  long_one.globs = std::string(kLiveRuleBytes, 'x');
  EXPECT_THAT(tools::EncodeRules({long_one}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("which is more than")));
}

TEST(RuleParserTest, RandomBytesAreRefusedOrUnderstood) {
  std::mt19937 random(7);
  const std::string good = Encode(AllSorts());
  int understood = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string bytes = good;
    if (i % 2 == 0) bytes.resize(random() % 64);
    for (uint32_t n = 1 + random() % 4; n > 0 && !bytes.empty(); --n) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    understood += AreRules(bytes) ? 1 : 0;
  }
  EXPECT_GT(understood, 0);
  EXPECT_LT(understood, 200'000);
}

enum class Answer { kNo, kYes, kUnknown };

class ArgumentTestTest : public ::testing::Test {
 protected:
  // Of a call of f(p), whose slot holds this.
  Answer Ask(const Parameter& parameter, uint64_t slot, const LiveComparison& comparison) {
    std::string bytes = Encode({LiveRule{"", false, {comparison}}});
    TracedFunction function("f", {parameter});
    RuleParser parser(bytes);
    auto rule = std::make_unique<Rule>();
    EXPECT_TRUE(parser.Next(rule.get()));
    ArgumentTest test;
    if (!recording::MakeTest(*function.site(), rule->comparisons[0], &test)) {
      return Answer::kUnknown;
    }
    log_->tid = recording::ThreadId();
    bool holds = recording::Holds(test, reinterpret_cast<const char*>(&slot), *log_);
    return holds ? Answer::kYes : Answer::kNo;
  }

  // The operators that hold, of ==, !=, <, <=, > and >=, as a number of these digits.
  std::string Holding(const Parameter& parameter, uint64_t slot, const Constant& constant,
                      std::vector<std::string> path = {"p"}) {
    std::string holding;
    for (uint32_t op = 0; op <= static_cast<uint32_t>(kLastLiveOperator); ++op) {
      Answer answer = Ask(parameter, slot, {path, static_cast<LiveOperator>(op), constant});
      holding += answer == Answer::kYes ? '1' : answer == Answer::kNo ? '0' : '?';
    }
    return holding;
  }

  const std::string kLess = "011100", kEqual = "100101", kGreater = "010011", kNone = "000000",
                    kUnknown = "??????";
  std::unique_ptr<recording::ThreadLog> log_ = std::make_unique<recording::ThreadLog>();
};

TEST_F(ArgumentTestTest, Integers) {
  Parameter p = ByValue("p", Int());
  EXPECT_EQ(Holding(p, Word(-3), int64_t{-2}), kLess);
  EXPECT_EQ(Holding(p, Word(-3), int64_t{-3}), kEqual);
  EXPECT_EQ(Holding(p, Word(-3), int64_t{-4}), kGreater);
  EXPECT_EQ(Holding(p, Word(-3), int64_t{5}), kLess);
  EXPECT_EQ(Holding(p, Word(3), int64_t{-5}), kGreater);
  EXPECT_EQ(Holding(p, Word(-1), UINT64_MAX), kLess);
  EXPECT_EQ(Holding(p, Word(5), 4.5), kGreater);
  EXPECT_EQ(Holding(p, Word(5), 5.0), kEqual);
  EXPECT_EQ(Holding(p, Word(5), std::nan("")), "010000");
  Parameter u = ByValue("p", MakeType(TypeKind::kUnsigned, "unsigned long", 8));
  EXPECT_EQ(Holding(u, UINT64_MAX, int64_t{-1}), kGreater);
  EXPECT_EQ(Holding(u, UINT64_MAX, UINT64_MAX), kEqual);
  EXPECT_EQ(Holding(u, UINT64_MAX, 18446744073709551616.0), kLess);
  EXPECT_EQ(Holding(p, Word(5), std::string("5")), kUnknown);
}

TEST_F(ArgumentTestTest, BoolsAndCharacters) {
  EXPECT_EQ(Holding(ByValue("p", Bool()), Word(true), int64_t{1}), kEqual);
  EXPECT_EQ(Holding(ByValue("p", Bool()), Word(false), int64_t{1}), kLess);
  EXPECT_EQ(Holding(ByValue("p", Char()), Word('\xe4'), int64_t{0xe4}), kEqual);
}

TEST_F(ArgumentTestTest, FloatingPoint) {
  EXPECT_EQ(Holding(ByValue("p", Double()), Word(0.25), 0.5), kLess);
  EXPECT_EQ(Holding(ByValue("p", Double()), Word(2.0), int64_t{2}), kEqual);
  EXPECT_EQ(Holding(ByValue("p", Double()), Word(std::nan("")), int64_t{2}), "010000");
  Type* single = MakeType(TypeKind::kFloat, "float", 4);
  EXPECT_EQ(Holding(ByValue("p", single), Word(0.1f), 0.1), kGreater);
  // 2^63 + 1 is no double.
  Type* number = MakeType(TypeKind::kUnsigned, "unsigned long", 8);
  EXPECT_EQ(Holding(ByValue("p", number), (uint64_t{1} << 63) + 1, 0x1p63), kGreater);
  Type* extended = MakeType(TypeKind::kFloat, "long double", 16);
  EXPECT_EQ(Holding(ByValue("p", extended), 0, 0.5), kUnknown);
}

TEST_F(ArgumentTestTest, Enumerators) {
  Type* coin = MakeType(TypeKind::kEnum, "Coin", 1,
                        {Field("penny", nullptr, 0), Field("nickel", nullptr, 1),
                         Field("five", nullptr, 1), Field("dime", nullptr, 2)});
  Parameter p = ByValue("p", coin);
  EXPECT_EQ(Holding(p, 2, int64_t{1}), kGreater);
  EXPECT_EQ(Holding(p, 2, std::string("dime")), "10????");
  EXPECT_EQ(Holding(p, 0, std::string("dime")), "01????");
  EXPECT_EQ(Holding(p, 0, std::string("euro")), "0?????");
  // Readers see it as the first of the two.
  EXPECT_EQ(Holding(p, 1, std::string("five")), kUnknown);
  EXPECT_EQ(Holding(p, 1, std::string("Coin::dime")), kUnknown);
}

TEST_F(ArgumentTestTest, Strings) {
  for (const std::string& text :
       {std::string("short"), std::string("longer than what is inside")}) {
    for (const Parameter& p :
         {ByValue("p", ReferenceTo(StringType())), InMemory("p", StringType())}) {
      EXPECT_EQ(Holding(p, At(text), text), kEqual) << text;
      EXPECT_EQ(Holding(p, At(text), text + "r"), kLess) << text;
      EXPECT_EQ(Holding(p, At(text), text.substr(0, 4)), kGreater) << text;
      EXPECT_EQ(Holding(p, At(text), std::string()), kGreater) << text;
      EXPECT_EQ(Holding(p, At(text), std::string("zz")), kLess) << text;
      EXPECT_EQ(Holding(p, At(text), int64_t{5}), kUnknown);
    }
  }
  std::string none;
  EXPECT_EQ(Holding(InMemory("p", StringType()), At(none), std::string()), kEqual);
}

TEST_F(ArgumentTestTest, WhatCannotBeReadPasses) {
  uint64_t torn[4] = {0x123456789000, 5, 0, 0};
  EXPECT_EQ(Ask(InMemory("p", StringType()), At(torn), {{"p"}, LiveOperator::kEqual, "other"}),
            Answer::kYes);
  EXPECT_EQ(Ask(ByValue("p", CString()), 0x123456789000, {{"p"}, LiveOperator::kEqual, "other"}),
            Answer::kYes);
  EXPECT_EQ(Ask(InMemory("p", Int()), 16, {{"p"}, LiveOperator::kEqual, int64_t{5}}), Answer::kYes);
}

TEST_F(ArgumentTestTest, CStrings) {
  const char* text = "quarter";
  Parameter p = ByValue("p", CString());
  EXPECT_EQ(Holding(p, Word(text), std::string("quarter")), kEqual);
  EXPECT_EQ(Holding(p, Word(text), std::string("quart")), kGreater);
  EXPECT_EQ(Holding(p, Word(text), std::string("quarters")), kLess);
  EXPECT_EQ(Holding(p, 0, std::string("quarter")), "010000");
}

TEST_F(ArgumentTestTest, FieldsOfAClassAndItsBases) {
  struct Base {
    int id;
  };
  struct Order : Base {
    std::string text;
    double price;
  };
  Order order = {{7}, "quarter", 0.25};
  Type* base = MakeType(TypeKind::kClass, "Base", sizeof(Base), {Field("id", Int(), 0)});
  Type* type =
      MakeType(TypeKind::kClass, "Order", sizeof(Order),
               {Field("Base", base, 0, 0, kMemberBase), Field("text", StringType(), 8),
                Field("price", Double(), 40), Field("bits", Int(), 48, 3, kMemberBitField)});
  Parameter p = ByValue("p", ReferenceTo(type));
  EXPECT_EQ(Holding(p, At(order), int64_t{7}, {"p", "id"}), kEqual);
  EXPECT_EQ(Holding(p, At(order), std::string("quarter"), {"p", "text"}), kEqual);
  EXPECT_EQ(Holding(p, At(order), 0.5, {"p", "price"}), kLess);
  EXPECT_EQ(Holding(p, At(order), int64_t{7}, {"p", "bits"}), kUnknown);
  EXPECT_EQ(Holding(p, At(order), int64_t{7}, {"p", "none"}), kUnknown);
  EXPECT_EQ(Holding(p, At(order), int64_t{7}, {"p", "id", "more"}), kUnknown);
  EXPECT_EQ(Holding(ByValue("p", PointerTo(type)), At(order), int64_t{7}, {"p", "id"}), kUnknown);
}

TEST_F(ArgumentTestTest, AnArgumentThatIsNotThere) {
  EXPECT_EQ(Holding(ByValue("p", Int()), 5, int64_t{5}, {"q"}), kNone);
}

class RuleSetTest : public ::testing::Test {
 protected:
  // It is all zeros at first.
  void SetUp() override {
    memory_ = recording::MapMemory(sizeof(RuleSet));
    set_ = static_cast<RuleSet*>(memory_);
    set_->Start(1);
  }
  void TearDown() override { recording::UnmapMemory(memory_, sizeof(RuleSet)); }

  static LiveObserver OwnerOf(uint32_t observer) { return {100 + observer, 7}; }
  void Take(uint32_t observer, const std::string& rules, uint32_t stamp) {
    set_->Take(observer, {OwnerOf(observer), rules}, stamp);
  }

  void* memory_ = nullptr;
  RuleSet* set_ = nullptr;
};

TEST_F(RuleSetTest, TheFirstRuleThatIsForAFunctionCounts) {
  Take(2, Encode({{"shop::insert", false, {}, 10, 0}, {"shop", false, {}, 1, 7}}), 1);
  TracedFunction insert("shop::insert"), other("shop::other"), foreign("lib::other");
  set_->Add(*insert.site(), 1);
  set_->Add(*other.site(), 2);
  set_->Add(*foreign.site(), 3);
  EXPECT_EQ(set_->Find(1)->wishes[0].plain.one_in, 10u);
  EXPECT_EQ(set_->Find(1)->wishes[0].plain.per_second, 0u);
  EXPECT_EQ(set_->Find(2)->wishes[0].plain.per_second, 7u);
  EXPECT_EQ(set_->Find(2)->observers, LiveObserverBit(2));
  EXPECT_FALSE(set_->Find(2)->wishes[0].plain.none);
  EXPECT_TRUE(set_->Find(3)->wishes[0].plain.none);
  EXPECT_EQ(set_->Find(4), nullptr);
}

TEST_F(RuleSetTest, RootsAreBesideOtherRules) {
  LiveRule root = {"shop::handle", true, {}, 10, 0};
  Take(0, Encode({root}), 1);
  Take(1, Encode({root, {"shop::insert", false, {}, 1, 0}}), 2);
  TracedFunction handle("shop::handle"), insert("shop::insert");
  set_->Add(*handle.site(), 1);
  set_->Add(*insert.site(), 2);
  const Wish *of_handle = set_->Find(1)->wishes, *of_insert = set_->Find(2)->wishes;
  EXPECT_TRUE(of_handle[0].rooted && of_insert[0].rooted && of_insert[1].rooted);
  EXPECT_EQ(of_handle[0].root.one_in, 10u);
  EXPECT_TRUE(of_insert[0].root.none);
  EXPECT_FALSE(of_handle[0].plain.none || of_insert[0].plain.none || of_insert[1].plain.none);
  EXPECT_TRUE(of_handle[1].plain.none);
}

TEST_F(RuleSetTest, WhoseRulesAreMalformedHasNone) {
  Take(0, Encode({LiveRule()}).substr(1), 1);
  EXPECT_EQ(set_->observers(), 0);
  Take(1, Encode({LiveRule()}), 1);
  EXPECT_EQ(set_->observers(), LiveObserverBit(1));
}

TEST_F(RuleSetTest, IsBounded) {
  LiveRule rule;
  for (uint32_t i = 0; i < kMostLiveComparisons; ++i) {
    rule.comparisons.push_back({{"p"}, LiveOperator::kEqual, int64_t{5}});
  }
  for (uint32_t i = 0; i < kLiveObservers; ++i) Take(i, Encode({rule}), i + 1);
  TracedFunction function("f", {ByValue("p", Int())});
  uint32_t id = 1;
  set_->Add(*function.site(), id);
  while (set_->Find(id)->count > 0) set_->Add(*function.site(), ++id);
  EXPECT_GT(id, 100u);
  EXPECT_EQ(set_->Find(id)->observers, 0);
  EXPECT_EQ(set_->Find(id + 1), nullptr);
  set_->Add(*function.site(), recording::kMostRuledFunctions);
  EXPECT_EQ(set_->Find(recording::kMostRuledFunctions)->count, 0u);
  set_->Start(2);
  EXPECT_EQ(set_->Find(id - 1), nullptr);
  EXPECT_FALSE(set_->samples());
}

TEST_F(RuleSetTest, AreThoseOfWhoHasThePlace) {
  LiveObserver present[kLiveObservers] = {};
  for (uint32_t i = 0; i < kLiveObservers; ++i) present[i] = OwnerOf(i);
  std::string rules = Encode({LiveRule()});
  Take(1, rules, 1);
  Take(3, rules, 2);
  EXPECT_EQ(set_->PresentObservers(present), LiveObserverBit(1) | LiveObserverBit(3));
  EXPECT_TRUE(set_->Has(3, {OwnerOf(3), rules}));
  ++present[3].start_time;
  EXPECT_EQ(set_->PresentObservers(present), LiveObserverBit(1));
  EXPECT_FALSE(set_->Has(3, {present[3], rules}));
  EXPECT_FALSE(set_->Has(3, {}));
  EXPECT_TRUE(set_->Has(2, {}));
}

}  // namespace
}  // namespace omnitrace::testing
