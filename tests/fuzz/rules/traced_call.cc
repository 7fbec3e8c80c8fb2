#include "tests/fuzz/rules/traced_call.h"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>
#include <utility>

#include "tests/support/workspace_builder.h"

namespace omnitrace::fuzz {
namespace {

using namespace omnitrace::testing;
using workspace::TypeInfo;

constexpr size_t kPage = 4096;
constexpr size_t kMostText = 256;

constexpr uint64_t kSlots = 12, kNameSlot = 10;
constexpr int64_t kTextInOrder = 8, kPriceInOrder = 40;
constexpr uint32_t kOrderSize = 48;

using Enumerators = std::vector<std::pair<const char*, int64_t>>;
const Enumerators kCoins = {{"penny", 1}, {"nickel", 5}, {"five", 5}, {"debt", -1}};
const Enumerators kKinds = {{"none", 0}, {"one", 1}, {"all", -1}};

Type* EnumType(const char* name, uint32_t size, uint8_t flags, const Enumerators& enumerators) {
  std::vector<Member> members;
  for (const auto& [each, value] : enumerators) members.push_back(Field(each, nullptr, value));
  return MakeType(TypeKind::kEnum, name, size, members, flags);
}

Type* OrderType() {
  return MakeType(TypeKind::kClass, "Order", kOrderSize,
                  {Field("id", Int(), 0), Field("text", StringType(), kTextInOrder),
                   Field("price", Double(), kPriceInOrder)});
}

std::vector<Parameter> Parameters() {
  return {ByValue("n", Int()),
          ByValue("u", MakeType(TypeKind::kUnsigned, "unsigned long", 8)),
          ByValue("flag", Bool()),
          ByValue("c", Char()),
          ByValue("real", Double()),
          ByValue("single", MakeType(TypeKind::kFloat, "float", 4)),
          ByValue("coin", EnumType("Coin", 4, kTypeSigned | kTypeScopedEnum, kCoins)),
          ByValue("kind", EnumType("Kind", 8, kTypeScopedEnum, kKinds)),
          ByValue("text", ReferenceTo(StringType())),
          InMemory("held", StringType()),
          ByValue("name", CString()),
          ByValue("order", ReferenceTo(OrderType()))};
}

uint32_t AddScalar(WorkspaceBuilder* builder, TypeKind kind, const char* name, uint32_t size) {
  TypeInfo type;
  type.kind = kind;
  type.name = name;
  type.size = size;
  return builder->AddType(std::move(type));
}

uint32_t AddEnum(WorkspaceBuilder* builder, const char* name, uint32_t size, uint8_t flags,
                 const Enumerators& enumerators) {
  TypeInfo type;
  type.kind = TypeKind::kEnum;
  type.name = name;
  type.size = size;
  type.flags = flags;
  for (const auto& [each, value] : enumerators) type.members.push_back({each, 0, value, 0, 0});
  return builder->AddType(std::move(type));
}

// As libstdc++ has it in memory, but for where a short one lies.
void Put(const std::string& text, char* object) {
  const uint64_t words[] = {Word(text.data()), text.size(), 0, 0};
  static_assert(sizeof(words) == sizeof(std::string));
  memcpy(object, words, sizeof(words));
}

// Describes the same function.
std::unique_ptr<workspace::Reader> Describe() {
  WorkspaceBuilder builder;
  uint32_t big = AddScalar(&builder, TypeKind::kUnsigned, "unsigned long", 8);
  uint32_t single = AddScalar(&builder, TypeKind::kFloat, "float", 4);
  uint32_t coin = AddEnum(&builder, "Coin", 4, kTypeSigned | kTypeScopedEnum, kCoins);
  uint32_t kind = AddEnum(&builder, "Kind", 8, kTypeScopedEnum, kKinds);
  uint32_t text = builder.String();
  uint32_t order =
      builder.Struct("Order", {{"id", builder.Int()}, {"text", text}, {"price", builder.Double()}});
  builder.AddFunction("shop::f", {{"n", builder.Int()},
                                  {"u", big},
                                  {"flag", builder.Bool()},
                                  {"c", builder.Char()},
                                  {"real", builder.Double()},
                                  {"single", single},
                                  {"coin", coin},
                                  {"kind", kind},
                                  {"text", builder.Reference(text)},
                                  {"held", text},
                                  {"name", builder.CStringType()},
                                  {"order", builder.Reference(order)}});
  return builder.Open();
}

}  // namespace

GuardedMemory::GuardedMemory(size_t size) : size_(size) {
  void* pages =
      mmap(nullptr, 2 * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) abort();
  char* behind = static_cast<char*>(pages) + kPage;
  if (mprotect(behind, kPage, PROT_NONE) != 0) abort();
  begin_ = behind - size;
}

TracedCall::TracedCall()
    : function_("shop::f", Parameters()),
      block_(kSlots * sizeof(uint64_t)),
      text_(sizeof(std::string)),
      held_(sizeof(std::string)),
      order_(kOrderSize),
      reader_(Describe()) {}

void TracedCall::Fill(Bytes* input) {
  auto n = input->Take<int32_t>();
  auto u = input->Take<uint64_t>();
  bool flag = input->Take<uint8_t>() % 2 != 0;
  auto c = input->Take<char>();
  auto real = input->Take<double>();
  auto single = input->Take<float>();
  int32_t coin = input->Take<int8_t>();
  uint64_t kind = static_cast<uint64_t>(int64_t{input->Take<int8_t>()});
  auto id = input->Take<int32_t>();
  auto price = input->Take<double>();
  for (std::string& text : texts_) text = input->TakeLine().substr(0, kMostText);
  const auto& [text, held, of_order] = texts_;
  const char* name = text.c_str();
  Put(text, text_.begin());
  Put(held, held_.begin());
  memcpy(order_.begin(), &id, sizeof(id));
  Put(of_order, order_.begin() + kTextInOrder);
  memcpy(order_.begin() + kPriceInOrder, &price, sizeof(price));
  const uint64_t slots[] = {Word(n),
                            u,
                            Word(flag),
                            Word(c),
                            Word(real),
                            Word(single),
                            Word(coin),
                            kind,
                            Word(text_.begin()),
                            Word(held_.begin()),
                            Word(name),
                            Word(order_.begin())};
  static_assert(sizeof(slots) == kSlots * sizeof(uint64_t));
  memcpy(block_.begin(), slots, sizeof(slots));
  encoded_ =
      Joined({Signed(n), Varint(u), Varint(flag), Varint(static_cast<unsigned char>(c)), Raw(real),
              Raw(single), Signed(coin), Varint(kind), Text(text), Text(held),
              testing::CString(Word(name), name), Record({Signed(id), Text(of_order), Raw(price)})})
          .bytes;
}

// Objects stay where they are, as what a program gives to a function is there. What they and a C
// string's pointer say of other places may be anything.
void TracedCall::Garble(Bytes* input) {
  constexpr size_t kObjects = 4;
  for (auto [begin, size] :
       {std::pair(block_.begin(), (kSlots - kObjects) * sizeof(uint64_t)),
        std::pair(text_.begin(), text_.size()), std::pair(held_.begin(), held_.size()),
        std::pair(order_.begin(), order_.size()),
        std::pair(block_.begin() + kNameSlot * sizeof(uint64_t), sizeof(uint64_t))}) {
    std::string_view bytes = input->TakeText(size);
    bytes.copy(begin, bytes.size());
  }
}

tools::LiveEvent TracedCall::event() const {
  static const tools::LiveOrigin kOrigin;
  tools::LiveEvent event = {};
  event.kind = tools::LiveEvent::Kind::kEnter;
  event.has_arguments = true;
  event.origin = &kOrigin;
  event.reader = reader_.get();
  event.function = &reader_->functions().front();
  event.thread = 1;
  event.arguments = encoded_;
  return event;
}

}  // namespace omnitrace::fuzz
