// The verifier looks at values without building them, and must find what building them finds:
// types of every kind around each other, with bytes that fit them, nearly, or not at all.
#include "runtime/workspace/value_checker.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/workspace/verifier.h"
#include "tests/support/workspace_builder.h"

namespace omnitrace::workspace {
namespace {

using namespace ::omnitrace::testing;  // the encodings

class ValueCheckerTest : public ::testing::Test {
 protected:
  uint32_t Add(TypeKind kind, uint8_t flags, uint32_t element, std::vector<TypeMember> members,
               uint64_t count = 2) {
    TypeInfo type;
    type.kind = kind;
    type.name = "Any";
    type.size = 8;
    type.flags = flags;
    type.element = element;
    type.count = count;
    type.members = std::move(members);
    return builder_.AddType(type);
  }
  // A function that takes, returns and changes one.
  void Record(uint32_t type, const std::vector<Encoded>& records) {
    Function function;
    function.name = "f";
    function.flags = kFunctionSizedArguments | kFunctionSizedResult;
    function.parameters = {{"a", type, kParameterMutable}};
    function.result = type;
    uint32_t id = builder_.AddFunction(function);
    for (const Encoded& bytes : records) {
      builder_.Enter(main_, id, {bytes});
      builder_.Other(main_, static_cast<uint64_t>(OtherRecord::kChanged),
                     Joined({Varint(id), bytes}).bytes);
      builder_.Leave(main_, bytes);
    }
  }
  // What decoding the values of all events says.
  std::vector<std::string> Errors(const Reader& reader) {
    std::vector<std::string> errors;
    EventCursor cursor(reader, main_);
    while (cursor.Next()) {
      const Event& event = cursor.event();
      const Function& function = reader.function(event.function);
      absl::Status status = event.kind == Event::Kind::kEnter
                                ? reader.DecodeArguments(function, event.bytes).status()
                            : event.kind == Event::Kind::kChanged
                                ? reader.DecodeChanged(function, event.bytes).status()
                                : reader.DecodeResult(function, event.bytes).status();
      if (!status.ok()) errors.push_back(Line(event.offset, std::string(status.message())));
      ++events_;
    }
    return errors;
  }
  static std::string Line(uint64_t offset, const std::string& what) {
    return std::to_string(offset) + ": " + what;
  }
  void ExpectSameProblems() {
    std::unique_ptr<Reader> reader = builder_.Open();
    std::vector<std::string> errors = Errors(*reader);
    Verification verification = Verifier(*reader).Run();
    std::vector<std::string> problems;
    for (const Problem& problem : verification.problems) {
      // About the types; values come behind the metadata.
      if (problem.offset > kBlockSize) problems.push_back(Line(problem.offset, problem.what));
    }
    size_t metadata = verification.problems.size() - problems.size();
    EXPECT_EQ(verification.problem_count, errors.size() + metadata);
    ASSERT_LE(verification.problem_count, Verification::kMostProblems);
    EXPECT_EQ(problems, errors);
    good_ += events_ - errors.size();
    bad_ += errors.size();
    events_ = 0;
  }

  WorkspaceBuilder builder_;
  uint32_t main_ = builder_.AddThread("main");
  size_t events_ = 0, good_ = 0, bad_ = 0;
};

std::vector<Encoded> SomeBytes() {
  std::vector<Encoded> records = {Nothing(),
                                  Raw(uint64_t{0}),
                                  Raw(~uint64_t{0}),
                                  Raw(uint64_t{0x0101010101010101}),
                                  Varint(0),
                                  Varint(UINT64_MAX),
                                  Joined({Varint(2), Varint(1), Varint(1)})};
  for (uint64_t first : {1, 2, 3, 70}) {
    records.push_back(Joined({Varint(first), Varint(first), Varint(first), Raw(UINT64_MAX)}));
  }
  for (char state : {'\0', '\1', '\2', '\3'}) {
    Encoded pointed = Varint(4096);
    pointed.bytes += state;
    records.push_back(Joined({pointed, Varint(3), Varint(2), {"xy"}}));
    records.push_back(Joined({{std::string(1, state)}, Varint(1), Varint(2)}));
  }
  return records;
}

TEST_F(ValueCheckerTest, FindsWhatDecodingFinds) {
  const std::vector<Encoded> records = SomeBytes();
  for (int kind = 0; kind <= static_cast<int>(kLastTypeKind) + 1; ++kind) {
    for (int flags : {0, int{kTypePlain}, kTypeMap | kTypeTearable}) {
      builder_ = WorkspaceBuilder();
      main_ = builder_.AddThread("main");
      uint32_t undefined = 9999, itself = builder_.NextTypeId();
      Add(static_cast<TypeKind>(kind), static_cast<uint8_t>(flags), itself,
          {{"me", itself, 0, 0, 0}});
      for (uint32_t element : {0u, builder_.Int(), builder_.String(), undefined, itself}) {
        uint32_t type = Add(static_cast<TypeKind>(kind), static_cast<uint8_t>(flags), element,
                            {{"a", element, 0, 0, 0}, {"b", builder_.Int(), 4, 0, 0}});
        Record(type, records);
      }
      ExpectSameProblems();
    }
  }
  // Neither side of the comparison is empty.
  EXPECT_GT(good_, 1000u);
  EXPECT_GT(bad_, 1000u);
}

// Plain objects, which are judged by their types: everything that can be wrong with a layout.
TEST_F(ValueCheckerTest, JudgesLayoutsAsDecodingDoes) {
  uint32_t character = builder_.Char(), number = builder_.Int(), wide = builder_.Long();
  std::vector<uint32_t> types;
  auto plain = [&](std::vector<TypeMember> members) {
    types.push_back(Add(TypeKind::kClass, kTypePlain, 0, std::move(members)));
    return types.back();
  };
  for (int64_t offset : {INT64_MIN, int64_t{-1}, int64_t{0}, int64_t{4}, int64_t{5}, INT64_MAX}) {
    plain({{"m", number, offset, 0, 0}, {"s", 9999, 0, 0, kMemberStatic}});
  }
  for (uint32_t bits : {0u, 65u, 33u << 16 | 32, 32u << 16 | 32, 64u << 16 | 1, 3u}) {
    plain({{"m", number, 0, bits, kMemberBitField}});
  }
  for (uint64_t count : {uint64_t{0}, uint64_t{2}, uint64_t{3}, UINT64_MAX}) {
    for (uint32_t element : {number, character, wide, 9999u}) {
      types.push_back(Add(TypeKind::kArray, kTypePlain, element, {}, count));
    }
  }
  for (uint32_t element : {number, wide, 9999u}) {
    types.push_back(Add(TypeKind::kComplex, 0, element, {}));
    types.push_back(Add(TypeKind::kDuration, 0, element, {}));
    types.push_back(Add(TypeKind::kTimePoint, 0, types.back(), {}));
  }
  uint32_t nested = wide;
  for (int level = 0; level < 70; ++level) nested = plain({{"m", nested, 0, 0, 0}});
  uint32_t many = wide;  // 10, 100, 1,000, 10,000 values in 8 bytes
  for (int level = 0; level < 4; ++level) {
    many = plain(std::vector<TypeMember>(10, {"m", many, 0, 0, 0}));
  }
  for (uint32_t type : types) Record(type, {Raw(uint64_t{1}), Nothing()});
  ExpectSameProblems();
  EXPECT_GT(good_, 100u);
  EXPECT_GT(bad_, 100u);
}

}  // namespace
}  // namespace omnitrace::workspace
