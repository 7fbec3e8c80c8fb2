// libc++ 19, with its stable and its unstable ABI.
#include "plugin/shape_rule.h"

namespace omnitrace {
namespace {

// class __shared_count { virtual table; long __shared_owners_; }, which is 0 for one owner.
constexpr std::array<int, 4> kUseCount = {8, 8, 1};
// class __tree_node_base { left; right; parent; bool is_black; }, whose padding a node's value
// uses.
constexpr std::array<int, 4> kTreeNode = {0, 8, 16, 25};
// What __deque_block_size says.
constexpr std::array<int, 4> kChunk = {4096, 16, 256};

constexpr ShapeRule kRules[] = {
    {"std::basic_string",
     Shape::kSmallText,
     {"__r_.__value_.__l.__data_", "__r_.__value_.__l.__size_", "__r_.__value_.__l.__is_long_",
      "__r_.__value_.__s.__size_", "__r_.__value_.__s.__data_"}},
    {"std::basic_string_view", Shape::kText, {"__data_", "__size_"}},
    {"std::vector", Shape::kRange, {"__begin_", "__end_"}},
    {"std::vector", Shape::kBits, {"__begin_", "__size_"}},
    {"std::array", Shape::kArray, {"__elems_"}},
    {"std::initializer_list", Shape::kCounted, {"__begin_", "__size_"}},
    {"std::span", Shape::kSpan, {"__data_", "__size_"}},
    {"std::list", Shape::kList, {"__end_.__next_", "__size_alloc_.__value_", "__end_"}, {8, 16}},
    {"std::forward_list", Shape::kList, {"__before_begin_.__value_.__next_"}, {0, 8}},
    {"std::map std::multimap std::set std::multiset",
     Shape::kTree,
     {"__tree_.__begin_node_", "__tree_.__pair3_.__value_", "__tree_.__pair1_"},
     kTreeNode},
    {"std::unordered_map std::unordered_multimap std::unordered_set std::unordered_multiset",
     Shape::kList,
     {"__table_.__p1_.__value_.__next_", "__table_.__p2_.__value_"},
     {0, 16}},
    {"std::deque",
     Shape::kMappedDeque,
     {"__map_.__begin_", "__start_", "__size_.__value_"},
     kChunk},
    {"std::stack std::queue std::priority_queue", Shape::kSame, {"c"}},
    {"std::optional", Shape::kOptional, {"__engaged_", "__val_"}},
    {"std::expected",
     Shape::kExpected,
     {"__repr_.__v.__has_val_", "__repr_.__v.__union_.__v.__val_",
      "__repr_.__v.__union_.__v.__unex_"}},
    {"std::expected",
     Shape::kExpected,
     {"__repr_.__v.__has_val_", "", "__repr_.__v.__union_.__v.__unex_"}},
    {"std::variant", Shape::kVariant, {"__impl_.__index", "__impl_.__data"}},
    {"std::tuple", Shape::kTuple, {"__base_"}, {}, "__tuple_leaf"},
    {"std::unique_ptr", Shape::kOwner, {"__ptr_.__value_"}},
    {"std::shared_ptr", Shape::kShared, {"__ptr_", "__cntrl_"}, kUseCount},
    {"std::weak_ptr", Shape::kWeak, {"__ptr_", "__cntrl_"}, kUseCount},
    {"std::reference_wrapper", Shape::kReference, {"__f_"}},
    {"std::bitset", Shape::kBitText, {"__first_"}},
    {"std::complex", Shape::kComplex, {"__re_"}},
    {"std::chrono::duration", Shape::kDuration, {"__rep_"}},
    {"std::chrono::time_point", Shape::kTimePoint, {"__d_"}},
    {"std::filesystem::path", Shape::kSame, {"__pn_"}},
    {"std::error_code std::error_condition", Shape::kErrorCode, {"__val_", "__cat_"}},
    {"std::error_category", Shape::kErrorCategory},
    {"std::any",
     Shape::kAny,
     {"__h_", "__s_"},
     {},
     "__any_imp::_SmallHandler __any_imp::_LargeHandler __handle"},
    {"std::function", Shape::kTarget, {"__f_.__f_"}},
    {"std::exception_ptr", Shape::kException, {"__ptr_"}},
    {"std::logic_error std::runtime_error", Shape::kMessage, {"__imp_.__imp_"}},
    {"std::system_error", Shape::kMessage, {"__imp_.__imp_", "__ec_"}},
    {"std::__thread_id", Shape::kPosition, {"__id_"}, {}, "thread"},
    {"std::thread", Shape::kPosition, {"__t_"}, {}, "thread"},
    {"std::atomic", Shape::kAtomic, {"__a_.__a_value"}},
    {"std::atomic_flag", Shape::kSame, {"__a_.__a_value"}},
    {"std::mutex std::recursive_mutex", Shape::kMutex, {"__m_.__data.__lock"}},
    {"std::__wrap_iter", Shape::kPosition, {"__i_"}},
    {"std::__list_iterator std::__list_const_iterator std::__forward_list_iterator "
     "std::__forward_list_const_iterator std::__tree_iterator std::__tree_const_iterator "
     "std::__deque_iterator",
     Shape::kPosition,
     {"__ptr_"}},
    {"std::__map_iterator std::__map_const_iterator", Shape::kPosition, {"__i_.__ptr_"}},
    {"std::__hash_iterator std::__hash_const_iterator", Shape::kPosition, {"__node_"}},
    {"std::__hash_map_iterator std::__hash_map_const_iterator", Shape::kPosition, {"__i_.__node_"}},
    {"std::reverse_iterator", Shape::kSame, {"current"}},
    {"std::move_iterator", Shape::kSame, {"__current_"}},
    {"std::ranges::ref_view", Shape::kReference, {"__range_"}},
    {"std::ranges::owning_view", Shape::kSame, {"__r_"}},
    {"std::ranges", Shape::kView, {"__base_"}},
};

}  // namespace

llvm::ArrayRef<ShapeRule> LibcxxShapes() { return kRules; }

}  // namespace omnitrace
