// libstdc++ since GCC 5.
#include "plugin/shape_rule.h"

namespace omnitrace {
namespace {

// struct _Sp_counted_base { virtual table; int _M_use_count; int _M_weak_count; }
constexpr std::array<int, 4> kUseCount = {8, 4, 0};
// struct _Rb_tree_node_base { color; parent; left; right; }
constexpr std::array<int, 4> kTreeNode = {16, 24, 8, 32};
// What std::__deque_buf_size says.
constexpr std::array<int, 4> kChunk = {512, 1, 512};

constexpr ShapeRule kRules[] = {
    {"std::basic_string", Shape::kText, {"_M_dataplus._M_p", "_M_string_length"}},
    // The ABI before GCC 5: struct _Rep { size_t length, capacity; int reference_count; }
    {"std::basic_string", Shape::kCountedText, {"_M_dataplus._M_p"}, {24}},
    {"std::basic_string_view", Shape::kText, {"_M_str", "_M_len"}},
    {"std::vector", Shape::kRange, {"_M_impl._M_start", "_M_impl._M_finish"}},
    {"std::vector",
     Shape::kBitRange,
     {"_M_impl._M_start._M_p", "_M_impl._M_finish._M_p", "_M_impl._M_finish._M_offset"}},
    {"std::array", Shape::kArray, {"_M_elems"}},
    {"std::initializer_list", Shape::kCounted, {"_M_array", "_M_len"}},
    {"std::span", Shape::kSpan, {"_M_ptr", "_M_extent._M_extent_value"}},
    {"std::list",
     Shape::kList,
     {"_M_impl._M_node._M_next", "_M_impl._M_node._M_size", "_M_impl._M_node"},
     {0, 16}},
    {"std::forward_list", Shape::kList, {"_M_impl._M_head._M_next"}, {0, 8}},
    {"std::map std::multimap std::set std::multiset",
     Shape::kTree,
     {"_M_t._M_impl._M_header._M_left", "_M_t._M_impl._M_node_count", "_M_t._M_impl._M_header"},
     kTreeNode},
    {"std::unordered_map std::unordered_multimap std::unordered_set std::unordered_multiset",
     Shape::kList,
     {"_M_h._M_before_begin._M_nxt", "_M_h._M_element_count"},
     {0, 8}},
    {"std::deque",
     Shape::kDeque,
     {"_M_impl._M_start._M_cur", "_M_impl._M_start._M_last", "_M_impl._M_start._M_node",
      "_M_impl._M_finish._M_cur", "_M_impl._M_finish._M_first", "_M_impl._M_finish._M_node"},
     kChunk},
    {"std::stack std::queue std::priority_queue", Shape::kSame, {"c"}},
    {"std::optional", Shape::kOptional, {"_M_payload._M_engaged", "_M_payload._M_payload"}},
    {"std::expected", Shape::kExpected, {"_M_has_value", "_M_val", "_M_unex"}},
    {"std::expected", Shape::kExpected, {"_M_has_value", "", "_M_unex"}},
    {"std::variant", Shape::kVariant, {"_M_index", "_M_u"}},
    {"std::tuple", Shape::kTuple, {""}, {}, "_Head_base"},
    {"std::unique_ptr", Shape::kOwner, {"_M_t._M_t"}, {}, "_Head_base"},
    {"std::shared_ptr", Shape::kShared, {"_M_ptr", "_M_refcount._M_pi"}, kUseCount},
    {"std::weak_ptr", Shape::kWeak, {"_M_ptr", "_M_refcount._M_pi"}, kUseCount},
    {"std::reference_wrapper", Shape::kReference, {"_M_data"}},
    {"std::bitset", Shape::kBitText, {"_M_w"}},
    {"std::complex", Shape::kComplex, {"_M_value"}},
    {"std::complex", Shape::kComplex, {"_M_real"}},
    {"std::chrono::duration", Shape::kDuration, {"__r"}},
    {"std::chrono::time_point", Shape::kTimePoint, {"__d"}},
    {"std::filesystem::path", Shape::kSame, {"_M_pathname"}},
    {"std::error_code std::error_condition", Shape::kErrorCode, {"_M_value", "_M_cat"}},
    {"std::error_category", Shape::kErrorCategory},
    {"std::any",
     Shape::kAny,
     {"_M_manager", "_M_storage"},
     {},
     "_Manager_internal _Manager_external _S_manage"},
    {"std::function",
     Shape::kFunction,
     {"_M_manager", "_M_functor"},
     {},
     "_Function_handler _M_manager"},
    {"std::__exception_ptr::exception_ptr", Shape::kException, {"_M_exception_object"}},
    {"std::logic_error std::runtime_error", Shape::kMessage, {"_M_msg._M_p"}},
    {"std::system_error", Shape::kMessage, {"_M_msg._M_p", "_M_code"}},
    {"std::thread::id", Shape::kPosition, {"_M_thread"}, {}, "thread"},
    {"std::thread", Shape::kPosition, {"_M_id._M_thread"}, {}, "thread"},
    {"std::atomic", Shape::kAtomic, {"_M_i"}},
    {"std::atomic", Shape::kAtomic, {"_M_base._M_i"}},
    {"std::atomic", Shape::kAtomic, {"_M_b._M_p"}},
    {"std::atomic", Shape::kAtomic, {"_M_fp"}},
    {"std::atomic_flag", Shape::kSame, {"_M_i"}},
    {"std::mutex std::recursive_mutex std::timed_mutex std::recursive_timed_mutex",
     Shape::kMutex,
     {"_M_mutex.__data.__lock"}},
    {"__gnu_cxx::__normal_iterator", Shape::kPosition, {"_M_current"}},
    {"std::_List_iterator std::_List_const_iterator std::_Fwd_list_iterator "
     "std::_Fwd_list_const_iterator std::_Rb_tree_iterator std::_Rb_tree_const_iterator",
     Shape::kPosition,
     {"_M_node"}},
    {"std::__detail::_Node_iterator std::__detail::_Node_const_iterator",
     Shape::kPosition,
     {"_M_cur"}},
    {"std::_Deque_iterator", Shape::kPosition, {"_M_cur"}},
    {"std::reverse_iterator", Shape::kSame, {"current"}},
    {"std::move_iterator", Shape::kSame, {"_M_current"}},
    {"std::ranges::ref_view", Shape::kReference, {"_M_r"}},
    {"std::ranges::owning_view", Shape::kSame, {"_M_r"}},
    {"std::ranges", Shape::kView, {"_M_base"}},
};

}  // namespace

llvm::ArrayRef<ShapeRule> LibstdcxxShapes() { return kRules; }

}  // namespace omnitrace
