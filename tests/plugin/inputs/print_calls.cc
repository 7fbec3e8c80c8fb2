// Hooks that print calls as text to the file $CALLS, so that the plugin is tested without the
// runtime: what it emits is read here by the structures of description.h alone.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/workspace/description.h"

namespace {

using namespace omnitrace;

// Line by line, so that a program that ends by _exit leaves what it did.
FILE* Out() {
  static FILE* out = [] {
    FILE* file = getenv("CALLS") ? fopen(getenv("CALLS"), "w") : stderr;
    setlinebuf(file);
    return file;
  }();
  return out;
}

thread_local uint64_t depth = 0;

template <typename T>
T Load(const void* at, int64_t offset = 0) {
  T value;
  memcpy(&value, static_cast<const char*>(at) + offset, sizeof value);
  return value;
}

int64_t Integer(const Type& type, const void* at) {
  bool sign = type.kind == TypeKind::kSigned || (type.flags & kTypeSigned);
  switch (type.size) {
    case 1: return sign ? Load<int8_t>(at) : Load<uint8_t>(at);
    case 2: return sign ? Load<int16_t>(at) : Load<uint16_t>(at);
    case 4: return sign ? Load<int32_t>(at) : static_cast<int64_t>(Load<uint32_t>(at));
    default: return Load<int64_t>(at);
  }
}

void Print(const Type& type, const void* at);

void PrintMembers(const Type& type, const void* at) {
  fprintf(Out(), "{");
  for (uint32_t i = 0; i < type.member_count; ++i) {
    const Member& member = type.members[i];
    if (i > 0) fprintf(Out(), ", ");
    if (!(member.flags & kMemberBase) && *member.name) fprintf(Out(), "%s: ", member.name);
    Print(*member.type, static_cast<const char*>(at) + member.offset);
  }
  fprintf(Out(), "}");
}

void PrintContiguous(const Type& type, const void* at) {
  const char* data = Load<const char*>(at, type.shape[0]);
  LengthKind kind = static_cast<LengthKind>(type.shape[1]);
  size_t count = kind == LengthKind::kConstant ? type.shape[2] : Load<size_t>(at, type.shape[2]);
  if (kind == LengthKind::kEndPointer)
    count = (Load<const char*>(at, type.shape[2]) - data) / type.element->size;
  if (type.kind == TypeKind::kText) {
    fprintf(Out(), "\"%.*s\"", static_cast<int>(count), data);
    return;
  }
  for (size_t i = 0; i < count; ++i) {
    fprintf(Out(), i == 0 ? "[" : ", ");
    Print(*type.element, data + i * type.element->size);
  }
  fprintf(Out(), count == 0 ? "[]" : "]");
}

void PrintFloat(const Type& type, const void* at) {
  if (type.size == 4) fprintf(Out(), "%g", Load<float>(at));
  if (type.size == 8) fprintf(Out(), "%g", Load<double>(at));
  if (type.size == 16) fprintf(Out(), "%Lg", Load<long double>(at));
}

void PrintEnum(const Type& type, const void* at) {
  int64_t value = Integer(type, at);
  for (uint32_t i = 0; i < type.member_count; ++i) {
    if (type.members[i].offset == value) {
      fprintf(Out(), "%s", type.members[i].name);
      return;
    }
  }
  fprintf(Out(), "%ld", value);
}

void Print(const Type& type, const void* at) {
  switch (type.kind) {
    case TypeKind::kBool: fprintf(Out(), Load<bool>(at) ? "true" : "false"); break;
    case TypeKind::kSigned:
    case TypeKind::kUnsigned:
    case TypeKind::kChar: fprintf(Out(), "%ld", Integer(type, at)); break;
    case TypeKind::kFloat: PrintFloat(type, at); break;
    case TypeKind::kEnum: PrintEnum(type, at); break;
    case TypeKind::kReference: Print(*type.element, at); break;
    case TypeKind::kPolymorphic: Print(*type.element, at); break;
    case TypeKind::kCString: fprintf(Out(), "\"%s\"", Load<const char*>(at)); break;
    case TypeKind::kClass:
    case TypeKind::kTuple: PrintMembers(type, at); break;
    case TypeKind::kText:
    case TypeKind::kSequence: PrintContiguous(type, at); break;
    case TypeKind::kOptional:
      if (Load<bool>(at, type.shape[0]))
        Print(*type.element, static_cast<const char*>(at) + type.shape[1]);
      else
        fprintf(Out(), "nullopt");
      break;
    case TypeKind::kPointer: {
      const void* target = Load<const void*>(at);
      fprintf(Out(), target ? "*" : "null");
      if (target && type.element) Print(*type.element, target);
      break;
    }
    default: fprintf(Out(), "<%s>", type.name);
  }
}

void PrintParameter(const Parameter& parameter, const void* arguments) {
  const void* at = static_cast<const char*>(arguments) + parameter.offset;
  if ((parameter.flags & kParameterIndirect) || parameter.type->kind == TypeKind::kReference)
    at = Load<const void*>(at);
  fprintf(Out(), "%s=", parameter.name);
  if (parameter.flags & kParameterUntrusted) {
    fprintf(Out(), "?");
  } else {
    Print(*parameter.type, at);
  }
}

uint8_t* SwitchAt(const int32_t* word) {
  return reinterpret_cast<uint8_t*>(reinterpret_cast<intptr_t>(word) + *word);
}

// Turns on the switches of functions that switched ones were inlined into; whether there were any.
bool SpreadOnce(const int32_t* word, const int32_t* end) {
  bool found = false;
  while (word < end) {
    int32_t count = *word++;
    if (count == 0) continue;
    uint8_t* outer = SwitchAt(word++);
    for (; count > 0; --count, ++word) {
      if (*SwitchAt(word) == 0 || *outer != 0) continue;
      *outer = kSwitchInlined;
      found = true;
    }
  }
  return found;
}

// Until the next call.
const char* Name(const Site& site) {
  thread_local char name[4096];
  snprintf(name, sizeof name, "%s%s%s", site.scope, *site.scope ? "::" : "", site.name);
  return name;
}

}  // namespace

extern "C" {

volatile int calls_entered = 0;

uint64_t omnitrace_enter(Site* site, const void* arguments, const void*) {
  calls_entered = calls_entered + 1;
  fprintf(Out(), "%*s> %s(", static_cast<int>(depth * 2), "", Name(*site));
  for (uint32_t i = 0; i < site->parameter_count; ++i) {
    if (i > 0) fprintf(Out(), ", ");
    PrintParameter(site->parameters[i], arguments);
  }
  fprintf(Out(), ")\n");
  return ++depth;
}

void omnitrace_leave(Site* site, uint64_t token, const void* result) {
  depth = token - 1;
  fprintf(Out(), "%*s< %s", static_cast<int>(depth * 2), "", Name(*site));
  if (site->result && result) {
    fprintf(Out(), " = ");
    Print(*site->result, result);
  }
  fprintf(Out(), "\n");
}

void omnitrace_leave_changed(Site* site, uint64_t token, const void* result, const void*) {
  omnitrace_leave(site, token, result);
}

void omnitrace_unwind(Site* site, uint64_t token, void*, const void*) {
  depth = token - 1;
  fprintf(Out(), "%*s! %s\n", static_cast<int>(depth * 2), "", Name(*site));
}

void omnitrace_unwind_activation(Site*, Site*, Site*, void*) { abort(); }  // see tests/behaviour

// Turns all switches on, or those of the functions named in $ON.
void omnitrace_load(uint32_t abi_version, Site* const* sites, Site* const* end, uint32_t,
                    const DynamicClass*, const DynamicClass*, const int32_t* inlined,
                    const int32_t* inlined_end, uint8_t*, uint8_t*, uint8_t*) {
  if (abi_version != kAbiVersion) abort();
  const char* only = getenv("ON");
  for (; sites != end; ++sites) {
    if ((*sites)->enabled && (!only || strstr(only, Name(**sites)))) *(*sites)->enabled = 1;
  }
  while (SpreadOnce(inlined, inlined_end)) {
  }
}

void omnitrace_unload(Site* const*, Site* const*) { fflush(Out()); }
}
