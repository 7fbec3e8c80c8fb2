// Metadata comes from the file too: types that contain themselves or each other many times, counts
// without bytes, layouts that don't fit.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/reader.h"
#include "tests/support/status_matchers.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::workspace {
namespace {

using namespace ::omnitrace::testing;  // the encodings
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class HostileTypesTest : public ::testing::Test {
 protected:
  absl::Status Decode(uint32_t type, const Encoded& bytes) {
    uint32_t id = builder_.AddFunction("f", {}, type);
    std::unique_ptr<Reader> reader = builder_.Open();
    return reader->DecodeResult(reader->function(id), bytes.bytes).status();
  }
  uint32_t Add(TypeKind kind, uint32_t size, uint8_t flags, uint32_t element, uint64_t count,
               std::vector<TypeMember> members) {
    TypeInfo type;
    type.kind = kind;
    type.name = "Evil";
    type.size = size;
    type.flags = flags;
    type.element = element;
    type.count = count;
    type.members = std::move(members);
    return builder_.AddType(type);
  }

  WorkspaceBuilder builder_;
};

TEST_F(HostileTypesTest, APlainTypeInsideItself) {
  uint32_t id = builder_.NextTypeId();
  Add(TypeKind::kClass, 8, kTypePlain, 0, 0, {{"self", id, 0, 0, 0}});
  EXPECT_THAT(Decode(id, Raw(uint64_t{1})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("nested too deeply")));
}

TEST_F(HostileTypesTest, AnObjectOfItsOwnClassWithoutEnd) {
  uint32_t id = builder_.NextTypeId();
  Add(TypeKind::kPolymorphic, 8, 0, id, 0, {});
  std::vector<Encoded> ids(100, Varint(id));
  Encoded bytes;
  for (const Encoded& one : ids) bytes.bytes += one.bytes;
  EXPECT_THAT(Decode(id, bytes),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("nested too deeply")));
  EXPECT_THAT(Decode(id, Varint(77)),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("type 77 is not defined")));
}

TEST_F(HostileTypesTest, NumbersWiderThanTheirBytes) {
  auto count = static_cast<uint64_t>(RawMeaning::kSigned) | 0xffffff00;
  EXPECT_THAT(Decode(Add(TypeKind::kRaw, 8, 0, 0, count, {}), Raw(uint64_t{1})), IsOk());
  EXPECT_THAT(Decode(Add(TypeKind::kRaw, 0, 0, 0, count, {}), Nothing()), IsOk());
}

TEST_F(HostileTypesTest, APlainTypeInsideItselfManyTimes) {
  uint32_t id = builder_.NextTypeId();
  Add(TypeKind::kClass, 8, kTypePlain, 0, 0, std::vector<TypeMember>(100, {"self", id, 0, 0, 0}));
  EXPECT_THAT(Decode(id, Raw(uint64_t{1})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("nested too deeply")));
}

TEST_F(HostileTypesTest, MembersThatOverlapWithoutEnd) {
  // 100 ^ 5 values in 8 bytes, at a harmless depth.
  uint32_t id = builder_.Long();
  for (int level = 0; level < 5; ++level) {
    id = Add(TypeKind::kClass, 8, kTypePlain, 0, 0,
             std::vector<TypeMember>(100, {"m", id, 0, 0, 0}));
  }
  EXPECT_THAT(Decode(id, Raw(uint64_t{1})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("nested too deeply")));
}

TEST_F(HostileTypesTest, AReferenceToItself) {
  uint32_t id = builder_.NextTypeId();
  builder_.Reference(id);
  EXPECT_THAT(Decode(id, Nothing()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("nested too deeply")));
}

// Bytes of all kinds give a value or an error, with an element that is there and one that isn't.
TEST_F(HostileTypesTest, LibraryKindsOfAnyBytes) {
  std::vector<Encoded> records = {Nothing(), Raw(uint64_t{0}), Raw(~uint64_t{0}),
                                  Raw(uint64_t{0x0101010101010101}), Varint(UINT64_MAX)};
  for (uint64_t first : {0, 1, 3, 70}) {
    records.push_back(Joined({Varint(first), Varint(first), Varint(first), Raw(UINT64_MAX)}));
  }
  int kind = static_cast<int>(kFirstSizedKind);
  for (; kind <= static_cast<int>(kLastTypeKind); ++kind) {
    for (uint32_t element : {uint32_t{0}, builder_.Long(), uint32_t{9999}}) {
      for (bool members : {false, true}) {
        std::vector<TypeMember> two(members ? 2 : 0, {"std::chrono::system_clock", 0, 0, 0, 0});
        uint32_t id = Add(static_cast<TypeKind>(kind), 8, 0, element, 0, two);
        for (const Encoded& bytes : records) {
          EXPECT_THAT(Decode(id, bytes), AnyOf(IsOk(), StatusIs(absl::StatusCode::kDataLoss, ::testing::_)));
        }
      }
    }
  }
}

TEST_F(HostileTypesTest, ElementsWithoutBytes) {
  uint32_t nothing = Add(TypeKind::kNullPointer, 8, 0, 0, 0, {});
  uint32_t sequence = builder_.Vector(nothing);
  EXPECT_THAT(Decode(sequence, Sequence({Nothing(), Nothing()})), IsOk());
  EXPECT_THAT(Decode(sequence, Joined({Varint(UINT64_MAX), Varint(UINT64_MAX)})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("elements of")));
  uint32_t nested = builder_.Vector(sequence);
  Encoded many = Joined({Varint(1000), Varint(1000)});
  EXPECT_THAT(Decode(nested, Joined({Varint(9), Varint(9), many, many, many, many})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("nested too deeply")));
}

TEST_F(HostileTypesTest, MembersOutsideTheirRecord) {
  for (int64_t offset : {int64_t{-1}, int64_t{5}, int64_t{9}, INT64_MAX, INT64_MIN}) {
    uint32_t id = Add(TypeKind::kClass, 8, kTypePlain, 0, 0, {{"m", builder_.Int(), offset, 0, 0}});
    EXPECT_THAT(Decode(id, Raw(uint64_t{1})), Not(IsOk())) << offset;
  }
}

TEST_F(HostileTypesTest, BitFieldsOutsideTheirRecord) {
  for (uint32_t bits : {0u, 65u, 33u << 16 | 32, 64u << 16 | 1, 0xffffffffu}) {
    uint32_t id = Add(TypeKind::kClass, 8, kTypePlain, 0, 0,
                      {{"m", builder_.Unsigned(), 0, bits, kMemberBitField}});
    EXPECT_THAT(Decode(id, Raw(uint64_t{1})), Not(IsOk())) << bits;
  }
}

TEST_F(HostileTypesTest, ArraysLargerThanTheirBytes) {
  uint32_t id = Add(TypeKind::kArray, 8, kTypePlain, builder_.Int(), 3, {});
  EXPECT_THAT(Decode(id, Raw(uint64_t{1})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("3 elements")));
  uint32_t huge = Add(TypeKind::kArray, 8, kTypePlain, builder_.Int(), UINT64_MAX, {});
  EXPECT_THAT(Decode(huge, Raw(uint64_t{1})), Not(IsOk()));
}

TEST_F(HostileTypesTest, AScalarWiderThanItsBytes) {
  uint32_t wide = Add(TypeKind::kSigned, 1'000'000, 0, 0, 0, {});
  uint32_t id = Add(TypeKind::kClass, 8, kTypePlain, 0, 0, {{"m", wide, 0, 0, 0}});
  EXPECT_THAT(Decode(id, Raw(uint64_t{1})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("takes 1000000 bytes")));
}

TEST_F(HostileTypesTest, AKindOfTheFuture) {
  uint32_t id = Add(static_cast<TypeKind>(200), 8, 0, 0, 0, {});
  EXPECT_THAT(Decode(id, Raw(uint64_t{1})),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("unknown kind 200")));
}

}  // namespace
}  // namespace omnitrace::workspace
