// Values of every kind, copied from real objects by their descriptions.
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <variant>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/recording/described_program.h"
#include "tests/unit/recording/traced_process.h"

namespace omnitrace::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

// What is recorded of one argument.
class ValuesTest : public ::testing::Test {
 protected:
  std::string Record(const Parameter& parameter, uint64_t slot, uint32_t flags = 0) {
    TracedFunction function("f", {parameter}, nullptr, flags);
    std::vector<std::string> events;
    TracedProcess process;
    for (const auto& [variable, value] : environment_) process.Set(variable, value);
    int status = process.Run([&] {
      if (second_thread_) std::thread([] {}).join();
      Call(function, {slot});
    });
    EXPECT_EQ(status, 0);
    EXPECT_EQ(process.error_output(), "");
    events = process.events();
    if (events.empty()) return "nothing";
    std::string line = events[0];
    line.erase(0, line.find(": ") + 2);
    line.pop_back();
    return line;
  }
  template <typename Object>
  std::string RecordObject(Type* type, const Object& object) {
    return Record(InMemory("v", type), At(object));
  }
  // Behind a raw pointer, where nothing is trusted.
  template <typename Object>
  std::string RecordPointee(Type* type, const Object* object) {
    std::string text = Record(ByValue("v", PointerTo(type)), Word(object));
    size_t arrow = text.find("-> ");
    return arrow == std::string::npos ? text : text.substr(arrow + 3);
  }

  std::map<std::string, std::string> environment_;
  bool second_thread_ = false;
};

TEST_F(ValuesTest, Scalars) {
  auto value = [this](TypeKind kind, const char* name, uint32_t size, uint64_t word) {
    return Record(ByValue("v", MakeType(kind, name, size)), word);
  };
  EXPECT_EQ(value(TypeKind::kBool, "bool", 1, Word(true)), "true");
  EXPECT_EQ(value(TypeKind::kSigned, "signed char", 1, Word(int8_t{-7})), "-7");
  EXPECT_EQ(value(TypeKind::kSigned, "short", 2, Word(int16_t{-777})), "-777");
  EXPECT_EQ(value(TypeKind::kSigned, "long", 8, Word(INT64_MIN)), "-9223372036854775808");
  EXPECT_EQ(value(TypeKind::kUnsigned, "unsigned char", 1, Word(uint8_t{200})), "200u");
  EXPECT_EQ(value(TypeKind::kUnsigned, "unsigned long", 8, Word(UINT64_MAX)),
            "18446744073709551615u");
  EXPECT_EQ(value(TypeKind::kChar, "char", 1, Word('x')), "char 120");
  EXPECT_EQ(value(TypeKind::kChar, "char32_t", 4, Word(U'\u20ac')), "char32_t 8364");
  EXPECT_EQ(value(TypeKind::kFloat, "float", 4, Word(1.5f)), "1.5");
  EXPECT_EQ(value(TypeKind::kFloat, "double", 8, Word(-0.25)), "-0.25");
  EXPECT_EQ(value(TypeKind::kNullPointer, "std::nullptr_t", 8, 0), "nullptr");
  EXPECT_EQ(value(TypeKind::kFunctionPointer, "void (*)()", 8, 0x1234), "&0x1234");
  EXPECT_EQ(value(TypeKind::kPointer, "void *", 8, 0x1234), "0x1234");
  EXPECT_EQ(value(TypeKind::kRaw, "int C::*", 8, 16), "0x0000000000000010");
}

TEST_F(ValuesTest, WideNumbersAndEnums) {
  __int128 wide = -5;
  EXPECT_EQ(RecordObject(MakeType(TypeKind::kSigned, "__int128", 16), wide), "-5");
  long double real = 0.5L;
  EXPECT_EQ(RecordObject(MakeType(TypeKind::kFloat, "long double", 16), real), "0.5");
  Type* coin = MakeType(TypeKind::kEnum, "Coin", 4,
                        {Field("penny", nullptr, -1), Field("nickel", nullptr, 5)}, kTypeSigned);
  EXPECT_EQ(Record(ByValue("v", coin), Word(-1)), "Coin.penny(-1)");
  EXPECT_EQ(Record(ByValue("v", coin), Word(5)), "Coin.nickel(5)");
  EXPECT_EQ(Record(ByValue("v", coin), Word(77)), "Coin.(77)");
}

TEST_F(ValuesTest, Strings) {
  std::string heap(40, 'h');
  EXPECT_EQ(RecordObject(StringType(), std::string("short")), "\"short\"");
  EXPECT_EQ(RecordObject(StringType(), heap), "\"" + heap + "\"");
  EXPECT_EQ(Record(ByValue("v", ReferenceTo(StringType())), At(heap)), "\"" + heap + "\"");
  EXPECT_EQ(RecordPointee(StringType(), &heap), "\"" + heap + "\"");
  std::string in_place("in place");
  EXPECT_EQ(RecordPointee(StringType(), &in_place), "\"in place\"");
  std::string long_text(5000, 'x');
  EXPECT_THAT(RecordObject(StringType(), long_text), MatchesRegex("\"x{9,}\"\\.\\.\\.5000"));
}

TEST_F(ValuesTest, WideText) {
  Type* wide = MakeType(TypeKind::kChar, "char16_t", 2);
  Type* text = MakeType(TypeKind::kText, "std::u16string", 32, wide, 0, {{0, 0, 8}});
  EXPECT_EQ(RecordObject(text, std::u16string(u"\u20ac uro, and more than the object holds")),
            "\"\u20ac uro, and more than the object holds\"");
  Type* pointer = MakeType(TypeKind::kCString, "const char16_t *", 8, wide);
  EXPECT_THAT(Record(ByValue("v", pointer), Word(u"wide")), EndsWith("\"wide\""));
}

TEST_F(ValuesTest, CStrings) {
  EXPECT_EQ(Record(ByValue("v", CString()), Word("hello")), "\"hello\"");
  EXPECT_EQ(Record(ByValue("v", CString()), Word("")), "\"\"");
  EXPECT_EQ(Record(ByValue("v", CString()), 0), "nullptr");
  EXPECT_EQ(Record(ByValue("v", CString()), 0xdead0000), "unreadable 0xdead0000");
  std::string long_text(5000, 'x');
  EXPECT_THAT(Record(ByValue("v", CString()), Word(long_text.c_str())),
              MatchesRegex("\"x{9,}\"\\.\\.\\.5000"));
}

TEST_F(ValuesTest, CStringThatEndsWithItsPage) {
  size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  char* pages = static_cast<char*>(
      mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  mprotect(pages + page, page, PROT_NONE);
  memcpy(pages + page - 4, "end", 4);
  EXPECT_EQ(Record(ByValue("v", CString()), Word(pages + page - 4)), "\"end\"");
  pages[page - 1] = '!';
  EXPECT_EQ(Record(ByValue("v", CString()), Word(pages + page - 4)), "\"end!\"...5");
  munmap(pages, 2 * page);
}

TEST_F(ValuesTest, Sequences) {
  EXPECT_EQ(RecordObject(VectorOf(Int()), std::vector<int>{1, -2, 3}), "[1, -2, 3]");
  EXPECT_EQ(RecordObject(VectorOf(Int()), std::vector<int>{}), "[]");
  std::vector<std::string> names = {"a", std::string(30, 'b')};
  EXPECT_EQ(RecordObject(VectorOf(StringType()), names), "[\"a\", \"" + names[1] + "\"]");
  EXPECT_EQ(RecordObject(ListOf(Int(), 16), std::list<int>{4, 5, 6}), "[4, 5, 6]");
  EXPECT_EQ(RecordObject(ListOf(Int(), 16), std::list<int>{}), "[]");
  EXPECT_EQ(RecordObject(ForwardListOf(Int(), 8), std::forward_list<int>{7, 8}), "[7, 8]");
  EXPECT_EQ(RecordObject(SetOf(Int(), 32), std::set<int>{9, 5, 7, 1, 3}), "[1, 3, 5, 7, 9]");
  std::unordered_map<int, int> hash = {{1, 2}};
  EXPECT_EQ(RecordObject(HashOf(PairOf(Int(), Int(), 4, 8), 8, kTypeMap), hash), "map[1, 2]");
  std::map<std::string, int> map = {{"two", 2}, {"one", 1}};
  Type* pair = PairOf(StringType(), Int(), 32, 40);
  EXPECT_EQ(RecordObject(SetOf(pair, 32, kTypeMap), map), "map[\"one\", 1, \"two\", 2]");
}

// Slots that are free have negative control bytes, and anything in them.
TEST_F(ValuesTest, HashTables) {
  signed char control[] = {5, -128, 0, -2, 127, -1};
  int slots[] = {10, 11, 12, 13, 14, 15};
  int* nodes[] = {&slots[0], nullptr, &slots[2], nullptr, &slots[4], nullptr};
  uint64_t table[4] = {Word(control), Word(slots), 3, 6};
  Type* flat = MakeType(TypeKind::kHashTable, "set", 32, Int(), 0, {{0, 8, 16, 24}});
  EXPECT_EQ(RecordPointee(flat, &table), "[10, 12, 14]");
  // A count that the control bytes don't bear out.
  table[2] = 4;
  EXPECT_EQ(RecordPointee(flat, &table), "[10, 12, 14]...4");
  table[3] = 2;
  EXPECT_EQ(RecordPointee(flat, &table), "[]...4");
  uint64_t node_table[4] = {Word(control), Word(nodes), 3, 6};
  Type* node = MakeType(TypeKind::kHashTable, "node set", 32, Int(), 0, {{0, 8, 16, 24, 1}});
  EXPECT_EQ(RecordPointee(node, &node_table), "[10, 12, 14]");
  second_thread_ = true;
  EXPECT_EQ(RecordPointee(node, &node_table), "[10, 12, 14]");
}

TEST_F(ValuesTest, Matrices) {
  int numbers[] = {1, 2, 3, 4, 5, 6};
  struct Dynamic {
    int* data;
    uint64_t rows;
    uint32_t columns;
  } dynamic = {numbers, 2, 3};
  Type* row = MakeType(TypeKind::kSequence, "int[]", 0, Int(), 0, {});
  auto matrix = [&](uint32_t size, Shape shape) {
    return MakeType(TypeKind::kMatrix, "matrix", size, row, 0, shape);
  };
  EXPECT_EQ(RecordPointee(matrix(24, {{0, 8, 16, 0, 0, 8, 4}}), &dynamic),
            "[[1, 2, 3], [4, 5, 6]]");
  Type* by_columns = matrix(24, {{0, 8, 16, 1, kElementsUntrusted, 8, 4}});
  EXPECT_EQ(RecordPointee(by_columns, &dynamic), "[[1, 3, 5], [2, 4, 6]]");
  EXPECT_EQ(RecordPointee(matrix(24, {{0, 3, 2, 0, kElementsInside}}), &numbers),
            "[[1, 2], [3, 4], [5, 6]]");
  EXPECT_EQ(RecordPointee(matrix(24, {{0, 4, 2, 0, kElementsInside}}), &numbers), "[]...4");
  dynamic.rows = ~uint64_t{0};
  EXPECT_THAT(RecordPointee(by_columns, &dynamic), StartsWith("[]..."));
}

TEST_F(ValuesTest, ElementsInsideOrElsewhere) {
  int elsewhere[] = {7, 8};
  struct Object {
    uint64_t count;
    int* data;
    int inside[2];
  } object = {2 << 1, elsewhere, {1, 2}};
  auto type = [](int32_t place, int32_t operand) {
    return MakeType(TypeKind::kSequence, "chosen", 24, Int(), 0,
                    {{8, 0, 0, 8 | 1 << 8, kElementsChosen | 8 << 8 | place, 0, 16, operand}});
  };
  EXPECT_EQ(RecordPointee(type(0, 1), &object), "[1, 2]");
  EXPECT_EQ(RecordPointee(type(kChosenByNot, 1), &object), "[7, 8]");
  EXPECT_EQ(RecordPointee(type(kChosenByMore, 3), &object), "[7, 8]");
  EXPECT_EQ(RecordPointee(type(kChosenByMore | kChosenByNot, 3), &object), "[1, 2]");
  object.count |= 1;
  EXPECT_EQ(RecordPointee(type(0, 1), &object), "[7, 8]");
}

TEST_F(ValuesTest, SequencesBehindRawPointersAndWithOtherThreads) {
  std::vector<std::string> names = {"a", std::string(30, 'b')};
  std::list<int> list = {4, 5, 6};
  std::set<int> set = {9, 5, 7, 1, 3};
  std::deque<int> deque = {1, 2};
  auto check = [&] {
    EXPECT_EQ(RecordPointee(VectorOf(StringType()), &names), "[\"a\", \"" + names[1] + "\"]");
    EXPECT_EQ(RecordPointee(ListOf(Int(), 16), &list), "[4, 5, 6]");
    EXPECT_EQ(RecordPointee(SetOf(Int(), 32), &set), "[1, 3, 5, 7, 9]");
    EXPECT_EQ(RecordPointee(DequeOf(Int()), &deque), "[1, 2]");
  };
  check();
  second_thread_ = true;
  check();
  EXPECT_EQ(RecordObject(SetOf(Int(), 32), set), "[1, 3, 5, 7, 9]");
}

TEST_F(ValuesTest, TreesOfAnyShape) {
  std::set<int> up, down, mixed;
  for (int i = 0; i < 50; ++i) {
    up.insert(i);
    down.insert(49 - i);
    mixed.insert(i * 17 % 50);
  }
  mixed.insert(50);
  mixed.erase(50);
  std::string all = "[0";
  for (int i = 1; i < 50; ++i) all += ", " + std::to_string(i);
  all += "]";
  for (bool threads : {false, true}) {
    second_thread_ = threads;
    for (const auto& set : {up, down, mixed}) {
      EXPECT_EQ(RecordObject(SetOf(Int(), 32), set), all);
      EXPECT_EQ(RecordPointee(SetOf(Int(), 32), &set), all);
    }
  }
}

TEST_F(ValuesTest, TreesOfLargeElements) {
  std::set<std::array<int, 200>> large = {{3}, {1}, {2}};
  Type* array = MakeType(TypeKind::kArray, "int[200]", 800, Int(), 0, {{200}});
  environment_["OMNITRACE_LIMITS"] = "value=8192";
  std::string trusted = RecordObject(SetOf(array, 32), large);
  EXPECT_THAT(trusted, MatchesRegex(R"(\[\[1, 0, .*\], \[2, 0, .*\], \[3, 0, .*\]\])"));
  second_thread_ = true;
  EXPECT_EQ(RecordObject(SetOf(array, 32), large), trusted);
}

TEST_F(ValuesTest, DequesOfAnyLength) {
  std::deque<int> deque;
  EXPECT_EQ(RecordObject(DequeOf(Int()), deque), "[]");
  for (int i = 0; i < 300; ++i) deque.push_back(i);
  for (int i = 0; i < 5; ++i) deque.push_front(-1 - i);
  std::string all = RecordObject(DequeOf(Int()), deque);
  EXPECT_THAT(all, StartsWith("[-5, -4, -3, -2, -1, 0, 1, 2, "));
  EXPECT_THAT(all, EndsWith(", 298, 299]"));
}

TEST_F(ValuesTest, LongSequencesAreCutAndKeepTheirSize) {
  std::vector<int> sevens(1'000'000, 7);
  EXPECT_THAT(RecordObject(VectorOf(Int()), sevens), MatchesRegex("\\[7, .*7\\]\\.\\.\\.1000000"));
  std::list<int> list(5000, 7);
  EXPECT_THAT(RecordObject(ListOf(Int(), 16), list), MatchesRegex("\\[7, .*7\\]\\.\\.\\.5000"));
  second_thread_ = true;
  EXPECT_THAT(RecordObject(ListOf(Int(), 16), list), MatchesRegex("\\[7, .*7\\]\\.\\.\\.5000"));
}

TEST_F(ValuesTest, BudgetComesFromTheEnvironment) {
  std::string text(100, 'x');
  environment_["OMNITRACE_LIMITS"] = "value=16";
  std::string cut = RecordObject(StringType(), text);
  EXPECT_THAT(cut, MatchesRegex("\"x+\"\\.\\.\\.100"));
  EXPECT_LT(cut.size(), 30u);
  environment_["OMNITRACE_LIMITS"] = "value=200";
  EXPECT_EQ(RecordObject(StringType(), text), "\"" + text + "\"");
}

TEST_F(ValuesTest, OptionalVariantTuple) {
  Type* optional = MakeType(TypeKind::kOptional, "std::optional<int>", 8, Int(), 0, {{4, 0}});
  EXPECT_EQ(RecordObject(optional, std::optional<int>(5)), "some 5");
  EXPECT_EQ(RecordObject(optional, std::optional<int>()), "nullopt");

  using Variant = std::variant<int, std::string>;
  Type* variant = MakeType(TypeKind::kVariant, "std::variant", sizeof(Variant),
                           {Field("", Int(), 0), Field("", StringType(), 0)}, 0, {{32, 1, 0}});
  EXPECT_EQ(RecordObject(variant, Variant(5)), "5");
  EXPECT_EQ(RecordObject(variant, Variant("text")), "\"text\"");
  alignas(Variant) unsigned char valueless[sizeof(Variant)] = {};
  valueless[32] = 255;
  EXPECT_EQ(RecordObject(variant, valueless), "valueless");

  Type* tuple = MakeType(TypeKind::kTuple, "std::tuple<int, double>", 16,
                         {Field("", Int(), 8), Field("", Double(), 0)});
  EXPECT_EQ(RecordObject(tuple, std::tuple<int, double>(3, 2.5)), "(3, 2.5)");
}

TEST_F(ValuesTest, SmartPointers) {
  auto unique = std::make_unique<int>(5);
  EXPECT_THAT(RecordObject(UniquePointerTo(Int()), unique), MatchesRegex("smart 0x[0-9a-f]+ -> 5"));
  EXPECT_EQ(RecordObject(UniquePointerTo(Int()), std::unique_ptr<int>()), "nullptr");
  auto shared = std::make_shared<std::string>("shared");
  EXPECT_THAT(RecordObject(SharedPointerTo(StringType()), shared), EndsWith("-> \"shared\""));
  Type* counted =
      MakeType(TypeKind::kSharedPointer, "std::shared_ptr<int>", 16, Int(), 0, {{0, 8, 8, 4, 0}});
  auto owner = std::make_shared<int>(7), second = owner;
  EXPECT_THAT(RecordObject(counted, owner), MatchesRegex("smart 2 0x[0-9a-f]+ -> 7"));
  // Nobody keeps what it points to.
  std::shared_ptr<int> alias(std::shared_ptr<int>(), reinterpret_cast<int*>(8192));
  EXPECT_THAT(RecordObject(counted, alias), EndsWith("unreadable 0x2000"));
}

struct Base {
  int id;
};
struct Derived : Base {
  std::string name;
  std::vector<int> numbers;
  unsigned small : 3;
  int negative : 5;
};

Type* DerivedType() {
  Type* base = MakeType(TypeKind::kClass, "Base", 4, {Field("id", Int(), 0)}, kTypePlain);
  Type* unsigned_type = MakeType(TypeKind::kUnsigned, "unsigned", 4);
  return MakeType(
      TypeKind::kClass, "Derived", sizeof(Derived),
      {Field("Base", base, 0, 0, kMemberBase), Field("name", StringType(), 8),
       Field("numbers", VectorOf(Int()), 40), Field("small", unsigned_type, 64, 3, kMemberBitField),
       Field("negative", Int(), 64, 3 << 16 | 5, kMemberBitField)});
}

Derived MakeDerived() {
  Derived derived;
  derived.id = 9;
  derived.name = "nine";
  derived.numbers = {1, 2};
  derived.small = 5;
  derived.negative = -7;
  return derived;
}

constexpr char kDerivedText[] = "{id: 9, name: \"nine\", numbers: [1, 2], small: 5u, negative: -7}";

TEST_F(ValuesTest, ClassesByField) {
  Derived derived = MakeDerived();
  EXPECT_EQ(RecordObject(DerivedType(), derived), kDerivedText);
  EXPECT_EQ(RecordPointee(DerivedType(), &derived), kDerivedText);
  std::vector<Derived> both = {derived, derived};
  EXPECT_EQ(RecordObject(VectorOf(DerivedType()), both),
            std::string("[") + kDerivedText + ", " + kDerivedText + "]");
  Type* plain = MakeType(TypeKind::kClass, "Point", 8, {Field("x", Int(), 0), Field("y", Int(), 4)},
                         kTypePlain);
  EXPECT_EQ(Record(ByValue("v", plain), uint64_t{2} << 32 | 1), "{x: 1, y: 2}");
}

TEST_F(ValuesTest, Arrays) {
  Type* plain = MakeType(TypeKind::kArray, "int[3]", 12, Int(), kTypePlain, {{3}});
  EXPECT_EQ(RecordObject(plain, std::array<int, 3>{1, 2, 3}), "[1, 2, 3]");
  std::array<std::string, 2> names = {"a", "b"};
  Type* array = MakeType(TypeKind::kArray, "std::string[2]", 64, StringType(), 0, {{2}});
  EXPECT_EQ(RecordObject(array, names), "[\"a\", \"b\"]");
  EXPECT_EQ(RecordPointee(array, &names), "[\"a\", \"b\"]");
  Type* large = MakeType(TypeKind::kArray, "int[100000]", 400'000, Int(), 0, {{100'000}});
  auto numbers = std::make_unique<std::array<int, 100'000>>();
  numbers->fill(7);
  EXPECT_THAT(RecordPointee(large, numbers.get()), MatchesRegex("\\[7, .*7\\]\\.\\.\\.100000"));
}

TEST_F(ValuesTest, ThisIsTheObject) {
  Derived derived = MakeDerived();
  EXPECT_THAT(Record(This(DerivedType()), At(derived), kFunctionMethod), EndsWith(kDerivedText));
  // Before a constructor's body there is no object; before a destructor's there is one.
  EXPECT_THAT(Record(This(DerivedType(), kParameterUntrusted), At(derived),
                     kFunctionMethod | kFunctionConstructor),
              MatchesRegex("0x[0-9a-f]+"));
  EXPECT_THAT(Record(This(DerivedType(), kParameterUntrusted), At(derived),
                     kFunctionMethod | kFunctionDestructor),
              EndsWith(kDerivedText));
}

TEST_F(ValuesTest, OpaqueObjectsAreTheirAddress) {
  Type* opaque = MakeType(TypeKind::kOpaque, "Incomplete", 0);
  EXPECT_EQ(Record(ByValue("v", ReferenceTo(opaque)), 0x1234), "<Incomplete at 0x1234>");
  EXPECT_THAT(Record(ByValue("v", PointerTo(opaque)), 0x1234), StartsWith("0x1234"));
}

struct Node {
  int number;
  Node* next;
};

TEST_F(ValuesTest, RecursionThroughPointersEnds) {
  Type* node = MakeType(TypeKind::kClass, "Node", 16, std::vector<Member>{});
  Type* pointer = PointerTo(node);
  auto* members = new std::vector<Member>{Field("number", Int(), 0), Field("next", pointer, 8)};
  node->members = members->data();
  node->member_count = 2;
  Node last = {2, nullptr};
  Node first = {1, &last};
  EXPECT_THAT(RecordPointee(node, &first),
              MatchesRegex("\\{number: 1, next: 0x[0-9a-f]+ -> \\{number: 2, next: nullptr\\}\\}"));
  last.next = &first;
  EXPECT_THAT(RecordPointee(node, &first), HasSubstr("{number: 2, next: 0x"));
}

TEST_F(ValuesTest, BadPointersAreUnreadable) {
  EXPECT_EQ(RecordPointee(Int(), reinterpret_cast<int*>(8)), "unreadable 0x8");
  EXPECT_EQ(RecordPointee(Int(), reinterpret_cast<int*>(0xdead0000)), "unreadable 0xdead0000");
  EXPECT_EQ(RecordPointee(Int(), reinterpret_cast<int*>(UINT64_MAX - 7)),
            "unreadable 0xfffffffffffffff8");
  EXPECT_EQ(RecordPointee(Int(), static_cast<int*>(nullptr)), "nullptr");
  // An object whose members point anywhere.
  unsigned char garbage[sizeof(Derived)];
  memset(garbage, 0xa5, sizeof(garbage));
  EXPECT_THAT(RecordPointee(DerivedType(), &garbage), HasSubstr("name: \"\"..."));
  std::array<uint64_t, 10> links;
  links.fill(0x5a5a5a5a5a58);
  EXPECT_THAT(RecordPointee(ListOf(Int(), 16), &links), StartsWith("[]..."));
  EXPECT_THAT(RecordPointee(SetOf(Int(), 32), &links), StartsWith("[]..."));
  RecordPointee(DequeOf(Int()), &links);
}

// What a moved-from, half-made or overwritten object may hold.
TEST_F(ValuesTest, GarbageInPlaceOfLibraryObjectsIsRecorded) {
  auto type = [](TypeKind kind, Shape shape, Type* element = nullptr) {
    return MakeType(kind, "T", 64, element, 0, shape);
  };
  Type* types[] = {
      type(TypeKind::kText, {{16, 3, 8, 0, 0, 0, 1, 1}}, Char()),
      type(TypeKind::kText, {{0, 4, 24}}, Char()),
      type(TypeKind::kBitText, {{0, 2, 100}}, Char()),
      type(TypeKind::kBitSequence, {{0, 0, 8}}, Bool()),
      type(TypeKind::kBitSequence, {{0, 1, 16, 24}}, Bool()),
      type(TypeKind::kDeque, {{8, 32, 40, 0, 1024, 0, 0, 1}}, Int()),
      type(TypeKind::kWrapper, {{8}}, StringType()),
      type(TypeKind::kSharedPointer, {{0, 8, 8, 8, 1}}, Int()),
      type(TypeKind::kPosition, {{8}}),
      type(TypeKind::kDynamicType, {}),
      type(TypeKind::kDynamicType, {{1}}),
      type(TypeKind::kExceptionPointer, {}),
      type(TypeKind::kHashTable, {{0, 8, 16, 24}}, Int()),
      type(TypeKind::kHashTable, {{0, 8, 16, 24, 1}}, StringType()),
      type(TypeKind::kMatrix, {{0, 8, 16, 0, 0, 8, 8}}, VectorOf(Int())),
      type(TypeKind::kMatrix, {{0, 8, 16, 1, kElementsInside, 4, 4}}, VectorOf(Int())),
      type(TypeKind::kSequence, {{0, 0, 8, 8, kElementsChosen | 8 << 8, 16, 24, 1}}, Int()),
      MakeType(TypeKind::kVariant, "std::any", 64,
               {Field("", Long(), 0), Field("", StringType(), 4096, 1), Field("", Int(), 1)}, 0,
               {{0, 0, 8, 1}}),
  };
  char page[64];
  uint64_t inside = At(page);
  for (uint64_t word :
       {uint64_t{0}, uint64_t{1}, ~uint64_t{0}, inside, inside + 8, uint64_t{4096}}) {
    uint64_t object[8] = {word, word, word, word, word, word, word, word};
    for (Type* each : types) EXPECT_NE(RecordPointee(each, object), "nothing") << word;
  }
}

// Behind a reference there may be an object that isn't made yet, or whose view has outlived what it
// sees. The program doesn't look into it; neither may the recording, without asking.
TEST_F(ValuesTest, WhatAnObjectOwnsMayNotBeThere) {
  size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  void* gone = mmap(nullptr, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  uint64_t object[10];
  for (size_t i = 0; i < std::size(object); ++i) object[i] = Word(gone) + 8 * i;
  object[1] = 3;
  for (Type* type : {StringType(), VectorOf(Int()), ListOf(Int(), 16), ForwardListOf(Int(), 8),
                     SetOf(Int(), 32), HashOf(Int(), 8), DequeOf(Int()), UniquePointerTo(Int()),
                     SharedPointerTo(StringType()), ReferenceTo(Int())}) {
    EXPECT_NE(Record(ByValue("v", ReferenceTo(type)), At(object)), "nothing") << type->name;
  }
  EXPECT_EQ(Record(ByValue("v", ReferenceTo(StringType())), At(object)), "\"\"...3");
  EXPECT_THAT(Record(ByValue("v", ReferenceTo(UniquePointerTo(Int()))), At(object)),
              HasSubstr("unreadable"));
  munmap(gone, page);
}

TEST_F(ValuesTest, WhatAnObjectOwnsMayBeAnywhere) {
  size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  void* memory =
      mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int* numbers = static_cast<int*>(memory) + page / sizeof(int) - 200;
  for (int i = 0; i < 211; ++i) numbers[i] = i;
  int* vector[] = {numbers, numbers + 211, numbers + 211};
  EXPECT_THAT(Record(ByValue("v", ReferenceTo(VectorOf(Int()))), At(vector)),
              EndsWith("198, 199, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210]"));
  mprotect(static_cast<char*>(memory) + page, page, PROT_NONE);
  EXPECT_THAT(Record(ByValue("v", ReferenceTo(VectorOf(Int()))), At(vector)), StartsWith("[]"));
  munmap(memory, 2 * page);
}

TEST_F(ValuesTest, HalfFreedMemoryIsReadAsFarAsItGoes) {
  size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  char* pages = static_cast<char*>(
      mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  mprotect(pages + page, page, PROT_NONE);
  EXPECT_THAT(RecordPointee(DerivedType(), pages + page - 16), StartsWith("unreadable"));
  int* numbers = reinterpret_cast<int*>(pages + page) - 2;
  struct {
    int* begin;
    int* end;
    int* capacity;
  } vector = {numbers, numbers + 100, numbers + 100};
  EXPECT_THAT(RecordPointee(VectorOf(Int()), &vector), StartsWith("[]...100"));
  munmap(pages, 2 * page);
}

TEST_F(ValuesTest, ManyLargeArgumentsFitOneRecord) {
  std::string text(3000, 't');
  std::vector<Parameter> parameters(40, InMemory("v", StringType()));
  TracedFunction function("f", parameters, StringType());
  TracedProcess process;
  ASSERT_EQ(process.Run([&] {
    uint64_t s = At(text);
    for (int i = 0; i < 50; ++i) {
      Call call(function, {s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s,
                           s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s});
      call.Return(text);
    }
  }),
            0);
  std::vector<std::string> events = process.events();
  ASSERT_EQ(events.size(), 100u);
  EXPECT_THAT(events[99], HasSubstr("leave 0 f = \"ttt"));
}

TEST_F(ValuesTest, Results) {
  TracedFunction text("text", {}, StringType());
  TracedFunction reference("reference", {}, ReferenceTo(DerivedType()));
  Derived derived = MakeDerived();
  TracedProcess process;
  process.Run([&] {
    {
      Call call(text);
      call.Return(std::string("result"));
    }
    Call call(reference);
    call.Return(derived);
  });
  EXPECT_EQ(process.events()[1], "1 leave 0 text = \"result\"");
  EXPECT_EQ(process.events()[3], std::string("1 leave 0 reference = ") + kDerivedText);
}

}  // namespace
}  // namespace omnitrace::testing
