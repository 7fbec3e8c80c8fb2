#include "runtime/workspace/plain_cost.h"

#include <algorithm>
#include <utility>

#include "runtime/workspace/decode_budget.h"
#include "runtime/workspace/metadata.h"

namespace omnitrace::workspace {
namespace {

// Larger objects are left to the decoder.
constexpr uint64_t kMostNodes = DecodeBudget::kLeastNodes;

// Follows PlainDecoder: whatever may fail there gives no cost here.
class PlainCosting {
 public:
  explicit PlainCosting(const Metadata& metadata)
      : metadata_(metadata), costs_(metadata.types().size()), begun_(costs_.size()) {}

  std::vector<PlainCost> Run() {
    for (const TypeInfo& type : metadata_.types()) Of(type);
    return std::move(costs_);
  }

 private:
  // A type that is met again inside itself has no cost.
  PlainCost Of(const TypeInfo& type) {
    size_t index = static_cast<size_t>(&type - metadata_.types().data());
    if (begun_[index] || depth_ == DecodeBudget::kMostDepth) return costs_[index];
    begun_[index] = true;
    ++depth_;
    PlainCost cost = {1, 1};
    if (AddParts(type, &cost) && cost.nodes <= kMostNodes) costs_[index] = cost;
    --depth_;
    return costs_[index];
  }

  bool AddParts(const TypeInfo& type, PlainCost* cost) {
    switch (type.kind) {
      case TypeKind::kClass:
      case TypeKind::kUnion:
      case TypeKind::kTuple:
        return std::all_of(type.members.begin(), type.members.end(),
                           [&](const TypeMember& member) { return AddMember(type, member, cost); });
      case TypeKind::kArray:
        return AddElements(type, cost);
      case TypeKind::kComplex:
        return AddPart(type.element, type.size, 1, cost) &&
               AddPart(type.element, type.size - type.size / 2, 1, cost);
      case TypeKind::kDuration:
        return AddPart(type.element, type.size, 1, cost);
      case TypeKind::kTimePoint: {
        const TypeInfo* duration = metadata_.FindType(type.element);
        return duration != nullptr && AddPart(duration->element, type.size, 1, cost);
      }
      default:
        return true;
    }
  }

  bool AddMember(const TypeInfo& record, const TypeMember& member, PlainCost* cost) {
    if ((member.flags & kMemberStatic) != 0 || member.type == 0) return true;
    if (member.offset < 0 || static_cast<uint64_t>(member.offset) > record.size) return false;
    uint64_t left = record.size - static_cast<uint64_t>(member.offset);
    if ((member.flags & kMemberBitField) == 0) return AddPart(member.type, left, 1, cost);
    unsigned first = member.bits >> 16, width = member.bits & 0xffff;
    bool fits = width >= 1 && width <= 64 && first <= 63 && (first + width + 7) / 8 <= left;
    return fits && metadata_.FindType(member.type) != nullptr;
  }

  bool AddElements(const TypeInfo& array, PlainCost* cost) {
    const TypeInfo* element = metadata_.FindType(array.element);
    if (element == nullptr) return false;
    bool text = element->kind == TypeKind::kChar &&
                (element->size == 1 || element->size == 2 || element->size == 4);
    if (text) return true;
    uint64_t room = element->size == 0 ? array.size : array.size / element->size;
    if (array.count == 0) return true;
    return array.count <= room && array.count <= kMostNodes &&
           AddPart(array.element, element->size, static_cast<uint32_t>(array.count), cost);
  }

  // So many values of a type, each in so many bytes.
  bool AddPart(uint32_t id, uint64_t bytes, uint32_t count, PlainCost* cost) {
    const TypeInfo* type = metadata_.FindType(id);
    if (type == nullptr || type->size > bytes) return false;
    PlainCost part = Of(*type);
    cost->nodes = static_cast<uint32_t>(
        std::min<uint64_t>(cost->nodes + uint64_t{count} * part.nodes, UINT32_MAX));
    cost->levels = std::max(cost->levels, part.levels + 1);
    return part.is_known();
  }

  const Metadata& metadata_;
  std::vector<PlainCost> costs_;
  std::vector<bool> begun_;
  int depth_ = 0;
};

}  // namespace

std::vector<PlainCost> PlainCosts(const Metadata& metadata) { return PlainCosting(metadata).Run(); }

}  // namespace omnitrace::workspace
