// Every TypeKind: the bytes that a recording holds, and the value that they mean.
#include "runtime/workspace/value.h"

#include <cmath>
#include <limits>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"
#include "tests/unit/workspace/transcript.h"

namespace omnitrace::workspace {
namespace {

using namespace ::omnitrace::testing;  // the encodings
using ::testing::HasSubstr;

class ValueTest : public ::testing::Test {
 protected:
  // What the reader makes of `bytes` as the result of a function that returns `type`.
  absl::StatusOr<Value> Decode(uint32_t type, const Encoded& bytes) {
    uint32_t id = builder_.AddFunction("f", {}, type);
    std::unique_ptr<Reader> reader = builder_.Open();
    return reader->DecodeResult(reader->function(id), bytes.bytes);
  }
  std::string Read(uint32_t type, const Encoded& bytes) {
    absl::StatusOr<Value> value = Decode(type, bytes);
    return value.ok() ? Describe(*value) : value.status().ToString();
  }
  uint32_t Type(TypeKind kind, std::string name, uint32_t size, uint32_t element = 0,
                uint8_t flags = 0, uint64_t count = 0) {
    TypeInfo type;
    type.kind = kind;
    type.name = std::move(name);
    type.size = size;
    type.element = element;
    type.flags = flags;
    type.count = count;
    return builder_.AddType(type);
  }
  uint32_t Plain(TypeKind kind, uint32_t size, std::vector<TypeMember> members) {
    TypeInfo type;
    type.kind = kind;
    type.name = "Plain";
    type.size = size;
    type.flags = kTypePlain;
    type.members = std::move(members);
    return builder_.AddType(type);
  }

  WorkspaceBuilder builder_;
};

TEST_F(ValueTest, Integers) {
  EXPECT_EQ(Read(0, Nothing()), "void");
  EXPECT_EQ(Read(builder_.Bool(), Varint(1)), "true");
  EXPECT_EQ(Read(builder_.Int(), Signed(-2147483648)), "-2147483648");
  EXPECT_EQ(Read(builder_.Long(), Signed(std::numeric_limits<int64_t>::min())),
            "-9223372036854775808");
  uint32_t unsigned_long = Type(TypeKind::kUnsigned, "unsigned long", 8);
  EXPECT_EQ(Read(unsigned_long, Varint(UINT64_MAX)), "18446744073709551615u");
  EXPECT_EQ(Read(Type(TypeKind::kSigned, "__int128", 16), Raw(static_cast<__int128>(-5))), "-5");
  EXPECT_EQ(Read(Type(TypeKind::kUnsigned, "unsigned __int128", 16), Raw(~__uint128_t{0})),
            "340282366920938463463374607431768211455");
}

TEST_F(ValueTest, CharactersAreCodeUnits) {
  EXPECT_EQ(Read(builder_.Char(), Varint('x')), "char 120");
  EXPECT_EQ(Read(builder_.Char(), Varint(static_cast<uint64_t>(-1))), "char 255");
  EXPECT_EQ(Read(Type(TypeKind::kChar, "char32_t", 4), Varint(0x1f600)), "char32_t 128512");
}

TEST_F(ValueTest, FloatingPoint) {
  EXPECT_EQ(Read(builder_.Double(), Raw(1.5)), "1.5");
  EXPECT_EQ(Read(Type(TypeKind::kFloat, "float", 4), Raw(-0.25f)), "-0.25");
  EXPECT_EQ(Read(builder_.Double(), Raw(std::nan(""))), "nan");
  EXPECT_EQ(Read(builder_.Double(), Raw(-HUGE_VAL)), "-inf");
  EXPECT_EQ(Read(Type(TypeKind::kFloat, "_Float16", 2), Raw(uint16_t{0xc100})), "-2.5");
  EXPECT_EQ(Read(Type(TypeKind::kFloat, "__bf16", 2), Raw(uint16_t{0x3fc0})), "1.5");
  uint32_t long_double = Type(TypeKind::kFloat, "long double", 16);
  EXPECT_EQ(Read(long_double, Raw(2.5L)), "2.5");
  EXPECT_EQ(Read(long_double, Raw(1e4000L)), "1e+4000");
  EXPECT_EQ(Read(long_double, Raw(0.1L)), "0.1");  // 21 digits, and the double beside them
}

TEST_F(ValueTest, EnumsByNameOrNumber) {
  uint32_t coin = builder_.Enum("Coin", {{"penny", 1}, {"nickel", 5}, {"debt", -5}});
  EXPECT_EQ(Read(coin, Signed(5)), "Coin::nickel(5)");
  EXPECT_EQ(Read(coin, Signed(-5)), "Coin::debt(-5)");
  EXPECT_EQ(Read(coin, Signed(77)), "Coin::(77)");
}

TEST_F(ValueTest, Pointers) {
  EXPECT_EQ(Read(Type(TypeKind::kNullPointer, "nullptr_t", 8), Nothing()), "nullptr");
  uint32_t to_int = builder_.Pointer(builder_.Int());
  EXPECT_EQ(Read(to_int, Null()), "nullptr");
  EXPECT_EQ(Read(to_int, Pointee(0x10, Signed(7))), "0x10 -> 7");
  EXPECT_EQ(Read(to_int, PointerOnly(0x10)), "0x10");
  EXPECT_EQ(Read(to_int, Unreadable(0x10)), "unreadable 0x10");
  EXPECT_EQ(Read(builder_.Pointer(0), Varint(0x20)), "0x20");
  EXPECT_EQ(Read(Type(TypeKind::kSmartPointer, "P", 8, builder_.Int()), Pointee(1, Signed(2))),
            "smart 0x1 -> 2");
  EXPECT_EQ(Read(Type(TypeKind::kFunctionPointer, "F", 8), Varint(0x30)), "&0x30");
  EXPECT_EQ(Read(builder_.Reference(builder_.Int()), Signed(3)), "3");
  EXPECT_EQ(Read(Type(TypeKind::kOpaque, "Hidden", 0), Varint(0x40)), "<Hidden at 0x40>");
}

TEST_F(ValueTest, Texts) {
  EXPECT_EQ(Read(builder_.String(), Text("a\0b")), "\"a\"");
  EXPECT_EQ(Read(builder_.String(), Text("abc", 1000)), "\"abc\"...1000");
  EXPECT_EQ(Read(builder_.CStringType(), CString(0x10, "hi")), "\"hi\"");
  EXPECT_EQ(Read(builder_.CStringType(), Null()), "nullptr");
  EXPECT_EQ(Read(builder_.CStringType(), Unreadable(9)), "unreadable 0x9");
  uint32_t char16 = Type(TypeKind::kChar, "char16_t", 2);
  uint32_t u16 = Type(TypeKind::kText, "std::u16string", 32, char16);
  EXPECT_EQ(Read(u16, Text16(u"\u00e9\u20ac\U0001f600")), "\"\u00e9\u20ac\U0001f600\"");
  EXPECT_EQ(Read(u16, Text16(std::u16string(1, 0xd800))), "\"\\xd800\"");
  EXPECT_EQ(Read(u16, Text16(u"\u20ac\u20ac", 4)), "\"\u20ac\u20ac\"...4");
  uint32_t char32 = Type(TypeKind::kChar, "char32_t", 4);
  uint32_t u32 = Type(TypeKind::kText, "std::u32string", 32, char32);
  EXPECT_EQ(Read(u32, Text32(U"\u00df\U0001f600")), "\"\u00df\U0001f600\"");
}

TEST_F(ValueTest, Containers) {
  uint32_t ints = builder_.Vector(builder_.Int());
  EXPECT_EQ(Read(ints, Sequence({Signed(1), Signed(-2)})), "[1, -2]");
  EXPECT_EQ(Read(ints, Sequence({})), "[]");
  EXPECT_EQ(Read(ints, Sequence({Signed(7)}, 1000000)), "[7]...1000000");
  EXPECT_EQ(Read(builder_.Vector(ints), Sequence({Sequence({Signed(1)}), Sequence({})})),
            "[[1], []]");
  uint32_t map = builder_.Map(builder_.String(), builder_.Int());
  EXPECT_EQ(Read(map, Sequence({Record({Text("a"), Signed(1)}), Record({Text("b"), Signed(2)})})),
            "map[\"a\", 1, \"b\", 2]");
  EXPECT_EQ(Read(map, Sequence({CutRecord()}, 9)),
            "map[cut std::pair<K, V>, cut std::pair<K, V>]...9");
}

TEST_F(ValueTest, OptionalsAndVariants) {
  uint32_t maybe = builder_.Optional(builder_.Int());
  EXPECT_EQ(Read(maybe, Some(Signed(3))), "some 3");
  EXPECT_EQ(Read(maybe, None()), "nullopt");
  TypeInfo variant;
  variant.kind = TypeKind::kVariant;
  variant.members = {{"", builder_.Int(), 0, 0, 0}, {"", builder_.String(), 0, 0, 0}};
  uint32_t id = builder_.AddType(variant);
  EXPECT_EQ(Read(id, Alternative(0, Signed(4))), "4");
  EXPECT_EQ(Read(id, Alternative(1, Text("t"))), "\"t\"");
  EXPECT_EQ(Read(id, Valueless()), "valueless");
}

TEST_F(ValueTest, ClassesWithBasesInPlace) {
  uint32_t base = builder_.Struct("Base", {{"a", builder_.Int()}});
  TypeInfo derived;
  derived.kind = TypeKind::kClass;
  derived.name = "Derived";
  derived.members = {{"Base", base, 0, 0, kMemberBase}, {"s", builder_.String(), 8, 0, 0}};
  uint32_t id = builder_.AddType(derived);
  EXPECT_EQ(Read(id, Record({Record({Signed(1)}), Text("x")})), "{a: 1, s: \"x\"}");
  EXPECT_EQ(Read(id, CutRecord()), "cut Derived");
  derived.kind = TypeKind::kTuple;
  EXPECT_EQ(Read(builder_.AddType(derived), Record({Record({Signed(1)}), Text("x")})),
            "(1, \"x\")");
}

TEST_F(ValueTest, PlainObjectsByOffset) {
  struct Inner {
    int16_t x;
    float y;
  };
  struct Outer {
    Inner inner;
    const void* pointer;
    char name[8];
    uint8_t counts[3];
    bool on;
  } object = {{-3, 0.5f}, nullptr, "coin", {1, 2, 255}, true};
  uint32_t inner = Plain(TypeKind::kClass, sizeof(Inner),
                         {{"x", Type(TypeKind::kSigned, "short", 2), 0, 0, 0},
                          {"y", Type(TypeKind::kFloat, "float", 4), offsetof(Inner, y), 0, 0}});
  uint32_t byte = Type(TypeKind::kUnsigned, "unsigned char", 1);
  uint32_t name = Type(TypeKind::kArray, "char[8]", 8, builder_.Char(), kTypePlain, 8);
  uint32_t counts = Type(TypeKind::kArray, "unsigned char[3]", 3, byte, kTypePlain, 3);
  uint32_t outer = Plain(TypeKind::kClass, sizeof(Outer),
                         {{"inner", inner, 0, 0, 0},
                          {"pointer", builder_.Pointer(0), offsetof(Outer, pointer), 0, 0},
                          {"name", name, offsetof(Outer, name), 0, 0},
                          {"counts", counts, offsetof(Outer, counts), 0, 0},
                          {"on", builder_.Bool(), offsetof(Outer, on), 0, 0}});
  EXPECT_EQ(Read(outer, Raw(object)),
            "{inner: {x: -3, y: 0.5}, pointer: nullptr, name: \"coin\", "
            "counts: [1u, 2u, 255u], on: true}");
}

TEST_F(ValueTest, BitFields) {
  struct Bits {
    unsigned a : 3;
    int b : 5;
    unsigned long c : 50;
  } bits = {5, -7, 0x2000000000001};
  uint32_t unsigned_long = Type(TypeKind::kUnsigned, "unsigned long", 8);
  uint32_t id = Plain(TypeKind::kClass, sizeof(Bits),
                      {{"a", builder_.Unsigned(), 0, 0 << 16 | 3, kMemberBitField},
                       {"b", builder_.Int(), 0, 3 << 16 | 5, kMemberBitField},
                       {"c", unsigned_long, 0, 8 << 16 | 50, kMemberBitField}});
  EXPECT_EQ(Read(id, Raw(bits)), "{a: 5u, b: -7, c: 562949953421313u}");
}

TEST_F(ValueTest, RawBytesAreOneNumber) {
  EXPECT_EQ(Read(Type(TypeKind::kRaw, "int T::*", 8), Raw(uint64_t{0x1234})), "0x0000000000001234");
}

TEST_F(ValueTest, WrongBytesSayWhere) {
  EXPECT_THAT(Decode(builder_.Int(), Nothing()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("result of f")));
  EXPECT_THAT(Decode(builder_.Int(), Joined({Signed(1), Signed(2)})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("2 bytes, expected 1")));
  EXPECT_THAT(Decode(builder_.Optional(builder_.Int()), Varint(3)),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("expected 0 or 1")));
  EXPECT_THAT(Decode(builder_.String(), Joined({Varint(100), Varint(50), {"short"}})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("text of 50 of 100")));
  EXPECT_THAT(Decode(99, Signed(1)),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("type 99 is not defined")));
}

}  // namespace
}  // namespace omnitrace::workspace
