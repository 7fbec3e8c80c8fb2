#include "runtime/recording/argument_test.h"

#include "runtime/recording/program_memory.h"
#include "runtime/recording/simple_value.h"
#include "runtime/recording/thread_log.h"

namespace omnitrace::recording {
namespace {

// Reading a text that isn't known to be there takes a microsecond; longer ones are the tool's.
constexpr size_t kMostText = 1024;
constexpr int kMostTextReads = 2;
constexpr uint32_t kMostBases = 8;  // inside each other

bool IsEquality(LiveOperator op) {
  return op == LiveOperator::kEqual || op == LiveOperator::kNotEqual;
}

template <typename Value>
bool Compares(LiveOperator op, const Value& a, const Value& b) {
  switch (op) {
    case LiveOperator::kEqual:
      return a == b;
    case LiveOperator::kNotEqual:
      return a != b;
    case LiveOperator::kLess:
      return a < b;
    case LiveOperator::kLessOrEqual:
      return a <= b;
    case LiveOperator::kGreater:
      return a > b;
    case LiveOperator::kGreaterOrEqual:
      return a >= b;
  }
  return true;
}

// Of a base that is no part of the object at a fixed place nothing is known.
const Type* FindField(const Type& type, std::string_view name, int64_t* offset, uint32_t bases) {
  constexpr uint32_t kElsewhere = kMemberBitField | kMemberVirtualBase;
  for (uint32_t i = 0; i < type.member_count; ++i) {
    const Member& member = type.members[i];
    bool base = (member.flags & kMemberBase) != 0;
    if ((member.flags & kMemberStatic) != 0) continue;
    if (!base && name != member.name) continue;
    if ((member.flags & kElsewhere) != 0 || member.type == nullptr) return nullptr;
    int64_t inside = *offset + member.offset;
    const Type* found = member.type;
    if (base) {
      if (bases == 0) return nullptr;
      found = FindField(*member.type, name, &inside, bases - 1);
    }
    if (found == nullptr) continue;
    *offset = inside;
    return found;
  }
  return nullptr;
}

const Parameter* FindParameter(const Site& site, std::string_view name) {
  for (uint32_t i = 0; i < site.parameter_count; ++i) {
    const Parameter& parameter = site.parameters[i];
    if ((parameter.flags & kParameterThis) == 0 && name == parameter.name) return &parameter;
  }
  return nullptr;
}

// The type of what the path leads to; null when that can't be read without doubt.
const Type* FindValue(const Parameter& parameter, const RuleComparison& comparison,
                      ArgumentTest* test) {
  if ((parameter.flags & kParameterUntrusted) != 0) return nullptr;
  const Type* type = parameter.type;
  test->slot = parameter.offset;
  test->indirect = (parameter.flags & kParameterIndirect) != 0;
  if (type != nullptr && type->kind == TypeKind::kReference) {
    test->indirect = true;
    type = type->element;
  }
  for (uint32_t i = 1; i < comparison.step_count && type != nullptr; ++i) {
    if (type->kind != TypeKind::kClass) return nullptr;
    type = FindField(*type, comparison.steps[i], &test->offset, kMostBases);
  }
  return type;
}

// An enumerator by its name. When several have its value, readers see another one's name.
bool MakeNamed(const Type& type, ArgumentTest* test) {
  if (!IsEquality(test->op) || test->text.find(':') != std::string_view::npos) return false;
  const Member* named = nullptr;
  for (uint32_t i = 0; i < type.member_count && named == nullptr; ++i) {
    if (test->text == type.members[i].name) named = &type.members[i];
  }
  if (named == nullptr) {
    test->kind = ArgumentTest::Kind::kNever;
    return test->op == LiveOperator::kEqual;
  }
  for (uint32_t i = 0; i < type.member_count; ++i) {
    const Member& other = type.members[i];
    if (&other != named && other.offset == named->offset) return false;
  }
  test->kind = ArgumentTest::Kind::kInteger;
  test->bits = static_cast<uint64_t>(named->offset);
  test->negative = named->offset < 0;
  return true;
}

bool MakeNumber(const Type& type, const RuleConstant& constant, ArgumentTest* test) {
  test->is_float = type.kind == TypeKind::kFloat;
  bool readable = test->is_float ? type.size == 4 || type.size == 8 : IsVarint(type);
  if (!readable) return false;
  test->size = static_cast<uint8_t>(type.size);
  test->is_signed = IsSigned(type);
  // As readers take an enumerator for a signed number, whatever it is.
  test->wraps = test->is_signed || type.kind == TypeKind::kEnum;
  if (constant.kind == LiveConstant::kText) {
    return type.kind == TypeKind::kEnum && MakeNamed(type, test);
  }
  test->bits = constant.bits;
  bool is_signed = constant.kind == LiveConstant::kSigned;
  test->negative = is_signed && static_cast<int64_t>(constant.bits) < 0;
  bool integer = constant.kind != LiveConstant::kReal;
  test->real = constant.real;
  if (integer && is_signed) test->real = static_cast<int64_t>(constant.bits);
  if (integer && !is_signed) test->real = constant.bits;
  test->kind =
      integer && !test->is_float ? ArgumentTest::Kind::kInteger : ArgumentTest::Kind::kReal;
  return true;
}

// Whose characters lie at a pointer, or inside, in the ways of std::string and its views.
bool IsReadableText(const Type& type) {
  auto kind = static_cast<LengthKind>(type.shape[1]);
  bool counted = kind == LengthKind::kCount && type.shape[3] == 0 && type.shape[4] == 0;
  return counted || kind == LengthKind::kSmall;
}

bool MakeText(const Type& type, const RuleConstant& constant, ArgumentTest* test) {
  bool narrow = type.element != nullptr && type.element->size == 1;
  if (constant.kind != LiveConstant::kText || !narrow || test->text.size() > kMostText)
    return false;
  if (type.kind == TypeKind::kCString) {
    test->kind = ArgumentTest::Kind::kCString;
    return true;
  }
  test->kind = ArgumentTest::Kind::kText;
  for (uint32_t i = 0; i < kShapeWords; ++i) test->shape[i] = type.shape[i];
  return IsReadableText(type);
}

// Null when it can't be there.
const char* ObjectOf(const ArgumentTest& test, const char* block) {
  const char* object = block + test.slot;
  if (!test.indirect) return object + test.offset;
  uint64_t address = LoadAddress(object);
  return IsPlausible(address) ? reinterpret_cast<const char*>(address) + test.offset : nullptr;
}

bool IntegerHolds(const ArgumentTest& test, const char* object) {
  uint64_t bits = LoadInteger(object, test.size, test.is_signed);
  bool negative = test.wraps && static_cast<int64_t>(bits) < 0;
  // Of two with one sign, the bits have the numbers' order.
  if (negative == test.negative) return Compares(test.op, bits, test.bits);
  return Compares(test.op, test.negative, negative);
}

// Every integer and every double is a long double.
bool RealHolds(const ArgumentTest& test, const char* object) {
  long double value;
  if (test.is_float) {
    value = test.size == 4 ? Load<float>(object) : Load<double>(object);
  } else {
    uint64_t bits = LoadInteger(object, test.size, test.is_signed);
    value = test.wraps ? static_cast<long double>(static_cast<int64_t>(bits))
                       : static_cast<long double>(bits);
  }
  return Compares(test.op, value, test.real);
}

// Of the two, one may be known only as far as it matters.
bool TextHolds(const ArgumentTest& test, std::string_view head, uint64_t size) {
  const std::string_view& other = test.text;
  size_t i = 0;
  while (i < head.size() && i < other.size() && head[i] == other[i]) ++i;
  int order = 0;
  if (i < head.size() && i < other.size()) {
    order = static_cast<unsigned char>(head[i]) < static_cast<unsigned char>(other[i]) ? -1 : 1;
  } else if (size != other.size()) {
    order = size < other.size() ? -1 : 1;
  }
  return Compares(test.op, order, 0);
}

bool ObjectTextHolds(const ArgumentTest& test, const char* object, const ThreadLog& log) {
  const int32_t* shape = test.shape;
  uint64_t data = 0, count = 0;
  bool small = static_cast<LengthKind>(shape[1]) == LengthKind::kSmall;
  if (small && (Load<uint8_t>(object + shape[3]) >> shape[4] & 1) == 0) {
    data = reinterpret_cast<uint64_t>(object) + static_cast<uint64_t>(shape[7]);
    count = Load<uint8_t>(object + shape[5]) >> shape[6] & 0x7f;
  } else {
    data = LoadAddress(object + shape[0]);
    count = Load<uint64_t>(object + shape[2]);
  }
  if (count != test.text.size() && IsEquality(test.op)) return test.op == LiveOperator::kNotEqual;
  size_t bytes = count < test.text.size() ? count : test.text.size();
  if (bytes == 0) return TextHolds(test, {}, count);
  // Where short strings have their characters.
  constexpr uint64_t kInside = 32;
  bool inside = data - reinterpret_cast<uint64_t>(object) < kInside;
  ProgramMemory memory(log.scratch, log.scratch == nullptr ? 0 : kScratchBytes, kMostTextReads,
                       log.tid);
  Piece text =
      memory.Get(data, static_cast<uint32_t>(bytes), inside ? Trust::kGiven : Trust::kOwned);
  if (text.bytes == nullptr || text.size < bytes) return true;
  return TextHolds(test, {text.bytes, bytes}, count);
}

bool CStringHolds(const ArgumentTest& test, const char* object, const ThreadLog& log) {
  uint64_t address = LoadAddress(object);
  if (address == 0) return test.op == LiveOperator::kNotEqual;
  char copy[kMostText + 1];
  ProgramMemory memory(nullptr, 0, 0, log.tid);
  size_t read = memory.ReadUntrusted(address, copy, test.text.size() + 1);
  size_t size = 0;
  while (size < read && copy[size] != '\0') ++size;
  // One more than the other text has is enough to know; fewer, and no end, are not.
  if (size == read && read <= test.text.size()) return true;
  return TextHolds(test, {copy, size}, size);
}

}  // namespace

bool MakeTest(const Site& site, const RuleComparison& comparison, ArgumentTest* test) {
  *test = {};
  test->op = comparison.op;
  test->text = comparison.constant.text;
  const Parameter* parameter = FindParameter(site, comparison.steps[0]);
  if (parameter == nullptr) {
    // A comparison with what is not there does not hold.
    test->kind = ArgumentTest::Kind::kNever;
    return true;
  }
  const Type* type = FindValue(*parameter, comparison, test);
  if (type == nullptr) return false;
  if (type->kind == TypeKind::kText || type->kind == TypeKind::kCString) {
    return MakeText(*type, comparison.constant, test);
  }
  return MakeNumber(*type, comparison.constant, test);
}

bool Holds(const ArgumentTest& test, const char* block, const ThreadLog& log) {
  if (test.kind == ArgumentTest::Kind::kNever) return false;
  const char* object = ObjectOf(test, block);
  if (object == nullptr) return true;
  switch (test.kind) {
    case ArgumentTest::Kind::kNever:
      break;
    case ArgumentTest::Kind::kInteger:
      return IntegerHolds(test, object);
    case ArgumentTest::Kind::kReal:
      return RealHolds(test, object);
    case ArgumentTest::Kind::kText:
      return ObjectTextHolds(test, object, log);
    case ArgumentTest::Kind::kCString:
      return CStringHolds(test, object, log);
  }
  return true;
}

}  // namespace omnitrace::recording
