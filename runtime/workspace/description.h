// What the plugin emits into a traced object, and the hooks that the emitted code calls. The
// plugin builds these structures as LLVM constants (plugin/description_emitter.cc), and
// <omnitrace/probe.h>, with which this header is installed, by templates: so a change here changes
// kAbiVersion and all sides. Everything lives as long as the object is loaded; the runtime copies
// what it needs into the workspace on first use. Pointers may be null where said.
#ifndef OMNITRACE_RUNTIME_WORKSPACE_DESCRIPTION_H_
#define OMNITRACE_RUNTIME_WORKSPACE_DESCRIPTION_H_

#include <cstddef>
#include <cstdint>

// Wherever this header lies, they lie beside it.
#include "format.h"
#include "scoped_name.h"

namespace omnitrace {

inline constexpr uint32_t kAbiVersion = 6;

struct Type;

// A field, a base, an enumerator, or an alternative of a variant.
struct Member {
  const char* name;   // "" when it has none
  Type* type;         // null for an enumerator
  int64_t offset;     // bytes; the value for an enumerator
  uint32_t bits;      // bit field: first bit << 16 | width, counted from `offset`
  uint32_t flags;     // MemberFlags
};
static_assert(sizeof(Member) == 32);

struct Type {
  uint64_t registration;  // the runtime's: epoch << 32 | id, 0 at first
  TypeKind kind;
  uint8_t flags;          // TypeFlags
  uint16_t unused;
  uint32_t size;          // sizeof, 0 when unknown
  const char* name;       // as written in diagnostics
  Type* element;          // pointee, referent, element, value of an optional; null when none or opaque
  const Member* members;
  uint32_t member_count;
  int32_t shape[kShapeWords];
  uint32_t written;       // the runtime's: the recording that has the description, 0 at first
};
static_assert(sizeof(Type) == 80);

// One per class with virtual functions or bases whose virtual table the object has, and one per class
// that is thrown.
struct DynamicClass {
  uint64_t table;       // address and bytes of the virtual table, which pointers to it lie inside of,
                        // or of the type information
  uint64_t table_size;
  Type* type;
};
static_assert(sizeof(DynamicClass) == 24);

struct Parameter {
  const char* name;  // "" when unnamed, "this"
  Type* type;
  uint32_t offset;   // of its slot in the argument block
  uint32_t flags;    // ParameterFlags
};
static_assert(sizeof(Parameter) == 24);

// A switch is a byte of section omni_switch; the function records, if it is on, when any bit is set.
// Code without a test of its own was inlined into functions that have one. Section omni_inlined, of
// 32-bit words, says which: a number n, then n + 1 switches, each as its distance from the word's
// own place: the outer one, and those that it is tested for. A 0 is no entry.
//
// The rule, for whoever turns a function on or off: kSwitchInlined is set in an outer switch while
// any of its inner ones is not 0, and only then. (Inlined functions may go round in a circle; those
// that hold only each other are off.)
inline constexpr uint8_t kSwitchOn = 1;       // the function itself
inline constexpr uint8_t kSwitchInlined = 2;  // one that was inlined into it

// One per traced function and object. The argument block that enter gets is memory on the caller's
// stack: at each parameter's offset the value itself, or its address when kParameterIndirect. Eight
// bytes can be read there, however small the value.
// A kReference parameter's slot always holds the address.
struct Site {
  uint64_t registration;  // the runtime's: epoch << 32 | id, 0 at first
  uint64_t head;          // the runtime's, like the next, for its short path; 0 at first
  uint64_t codes;
  uint8_t* enabled;       // the switch of a standby build; null in a record build
  const char* scope;      // its namespace, class or function, qualified; "" for none
  const char* name;       // inside of that, without parameters
  const char* signature;  // null: what signature.h makes of the rest
  const char* file;
  uint32_t line;
  uint32_t last_line;
  uint32_t flags;         // FunctionFlags
  uint32_t parameter_count;
  const Parameter* parameters;
  Type* result;           // null: void, or nothing that can be recorded
  uint64_t looks;         // the runtime's, 0 at first: see OMNITRACE_LIMITS=changed=N
};
static_assert(sizeof(Site) == 104);

inline ScopedName NameOf(const Site& site) { return {site.scope, site.name}; }

// One per probe and object. Calls of its site have a parameter for each value, and nothing inside.
struct Probe {
  Site site;       // `enabled` is never null, and 0 until the runtime knows the probe
  Probe* next;     // the runtime's, like the rest: in the list of those that are loaded
  Probe** link;    // what points to it there
  uint32_t loads;  // of objects that share it
  uint8_t on;      // where `enabled` points at first
};
static_assert(sizeof(Probe) == 128);

}  // namespace omnitrace

// The hooks. None of them throws, allocates or disturbs errno.
extern "C" {
// Entry, before the body. Returns a token for the exit hook; 0 means not recorded. `slot` is where
// the function's return address lies; when it is inlined, that of the function that it is in.
uint64_t omnitrace_enter(omnitrace::Site* site, const void* arguments, const void* slot);
// Return. `result` is the address of the value, of the referent for a reference, or null. Eight bytes
// can be read there for a value that is smaller.
void omnitrace_leave(omnitrace::Site* site, uint64_t token, const void* result);
// The same for a function with mutable parameters; `arguments` is the block that enter got.
void omnitrace_leave_changed(omnitrace::Site* site, uint64_t token, const void* result,
                             const void* arguments);
// Unwinding. `exception` is the _Unwind_Exception of the landing pad, or null. `arguments` is null
// when no parameter is mutable.
void omnitrace_unwind(omnitrace::Site* site, uint64_t token, void* exception,
                      const void* arguments);
// Unwinding out of a coroutine: of the three sites of one (called, resumed, destroyed) the one whose
// call is the thread's innermost ends.
void omnitrace_unwind_activation(omnitrace::Site* called, omnitrace::Site* resumed,
                                 omnitrace::Site* destroyed, void* exception);
// Called once per loaded object, by its static constructor with the highest priority, and at its
// unloading. `sites` is the object's array of pointers (section omni_sites); `mode` is 1 for
// -fomni-start=standby, 0 for record; `classes` is section omni_classes, `inlined` omni_inlined,
// `switches` omni_switch, and `behind_switches` is where section omni_switch_end begins, which keeps
// everything else off the pages of the switches.
void omnitrace_load(uint32_t abi_version, omnitrace::Site* const* sites,
                    omnitrace::Site* const* sites_end, uint32_t mode,
                    const omnitrace::DynamicClass* classes,
                    const omnitrace::DynamicClass* classes_end, const int32_t* inlined,
                    const int32_t* inlined_end, uint8_t* switches, uint8_t* switches_end,
                    uint8_t* behind_switches);
void omnitrace_unload(omnitrace::Site* const* sites, omnitrace::Site* const* sites_end);
// Called for each probe by a static constructor of its object, and at its unloading.
void omnitrace_load_probe(uint32_t abi_version, omnitrace::Probe* probe);
void omnitrace_unload_probe(omnitrace::Probe* probe);
// At a probe that is on.
void omnitrace_fire_probe(omnitrace::Probe* probe, const void* arguments);
}

#endif  // OMNITRACE_RUNTIME_WORKSPACE_DESCRIPTION_H_
