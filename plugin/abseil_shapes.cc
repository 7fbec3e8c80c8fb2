// Abseil until 2022: what its tables of slots are made of. Its other types say it by their
// accessors.
#include "plugin/shape_rule.h"

namespace omnitrace {
namespace {

constexpr ShapeRule kRules[] = {
    {"absl::flat_hash_map absl::flat_hash_set",
     Shape::kHashTable,
     {"ctrl_", "slots_", "size_", "capacity_"}},
    {"absl::node_hash_map absl::node_hash_set",
     Shape::kHashTable,
     {"ctrl_", "slots_", "size_", "capacity_"},
     {1}},
};

}  // namespace

llvm::ArrayRef<ShapeRule> AbseilShapes() { return kRules; }

}  // namespace omnitrace
