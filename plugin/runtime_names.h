// The names that generated code uses. The hooks are declared in
// runtime/workspace/description.h; tests/plugin/names.cc fails when the two differ.
#ifndef OMNITRACE_PLUGIN_RUNTIME_NAMES_H_
#define OMNITRACE_PLUGIN_RUNTIME_NAMES_H_

namespace omnitrace {

inline constexpr char kEnterHook[] = "omnitrace_enter";
inline constexpr char kLeaveHook[] = "omnitrace_leave";
inline constexpr char kLeaveChangedHook[] = "omnitrace_leave_changed";
inline constexpr char kUnwindHook[] = "omnitrace_unwind";
inline constexpr char kUnwindActivationHook[] = "omnitrace_unwind_activation";
inline constexpr char kLoadHook[] = "omnitrace_load";
inline constexpr char kUnloadHook[] = "omnitrace_unload";

inline constexpr char kTypePrefix[] = "__omni_type.";
inline constexpr char kSitePrefix[] = "__omni_site.";
inline constexpr char kEntryPrefix[] = "__omni_entry.";
inline constexpr char kClassPrefix[] = "__omni_class.";
inline constexpr char kNoClass[] = "__omni_no_class";
inline constexpr char kNoSite[] = "__omni_no_site";
inline constexpr char kSwitchPrefix[] = "__omni_switch.";
inline constexpr char kFirstSwitch[] = "__omni_first_switch";
inline constexpr char kBehindSwitches[] = "__omni_behind_switches";
inline constexpr char kInlinedPrefix[] = "__omni_inlined.";
inline constexpr char kNothingInlined[] = "__omni_nothing_inlined";
inline constexpr char kTwinSuffix[] = ".omni";
inline constexpr char kRecordMark[] = "__omni_record";
inline constexpr char kLoader[] = "__omni_load";
inline constexpr char kUnloader[] = "__omni_unload";

inline constexpr char kSitesSection[] = "omni_sites";
inline constexpr char kSitesStart[] = "__start_omni_sites";
inline constexpr char kSitesStop[] = "__stop_omni_sites";
inline constexpr char kClassesSection[] = "omni_classes";
inline constexpr char kClassesStart[] = "__start_omni_classes";
inline constexpr char kClassesStop[] = "__stop_omni_classes";
inline constexpr char kInlinedSection[] = "omni_inlined";
inline constexpr char kInlinedStart[] = "__start_omni_inlined";
inline constexpr char kInlinedStop[] = "__stop_omni_inlined";
inline constexpr char kSwitchSection[] = "omni_switch";
inline constexpr char kSwitchStart[] = "__start_omni_switch";
inline constexpr char kSwitchStop[] = "__stop_omni_switch";
inline constexpr char kSwitchEndSection[] = "omni_switch_end";
inline constexpr char kSwitchEndStart[] = "__start_omni_switch_end";

// Between this plugin's passes: a function's metadata, and the module's.
inline constexpr char kOwnSwitch[] = "omni.switch";
inline constexpr char kTwinSwitch[] = "omni.twin";
inline constexpr char kInlinedPairs[] = "omni.inlined";
// Of an instruction that hands hooks something.
inline constexpr char kForHooks[] = "omni.hooks";
// Of a variable that is a copy for twins.
inline constexpr char kLocalCopy[] = "omni.copy";

}  // namespace omnitrace

#endif  // OMNITRACE_PLUGIN_RUNTIME_NAMES_H_
