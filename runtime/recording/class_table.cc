#include "runtime/recording/class_table.h"

#include <atomic>

#include "runtime/recording/memory.h"
#include "runtime/recording/system_calls.h"

namespace omnitrace::recording {
namespace {

// Address space only, until it is used: 1.5 MiB. The objects of classes beyond are shown as what
// the code says they are.
constexpr uint32_t kMostClasses = 64 * 1024;

// In order of their tables' addresses. Inherited by forked children, as the objects are.
OMNITRACE_CONSTINIT DynamicClass* table = nullptr;
OMNITRACE_CONSTINIT uint32_t class_count = 0;
// Odd while the table changes.
OMNITRACE_CONSTINIT std::atomic<uint32_t> version{0};

class Change {
 public:
  Change() {
    version.store(version.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
  }
  ~Change() {
    version.store(version.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }
};

// How many classes have their table at or below an address.
uint32_t CountUpTo(uint64_t address, uint32_t count) {
  uint32_t low = 0;
  while (low < count) {
    uint32_t middle = low + (count - low) / 2;
    if (__atomic_load_n(&table[middle].table, __ATOMIC_RELAXED) <= address) {
      low = middle + 1;
    } else {
      count = middle;
    }
  }
  return low;
}

void Put(uint32_t at, const DynamicClass& row) {
  __atomic_store_n(&table[at].table, row.table, __ATOMIC_RELAXED);
  __atomic_store_n(&table[at].table_size, row.table_size, __ATOMIC_RELAXED);
  __atomic_store_n(&table[at].type, row.type, __ATOMIC_RELAXED);
}

void Insert(const DynamicClass& row) {
  uint32_t at = CountUpTo(row.table, class_count);
  // Of a class that several objects have, the linker took one table for all.
  if (at > 0 && table[at - 1].table == row.table) return;
  for (uint32_t i = class_count; i > at; --i) Put(i, table[i - 1]);
  Put(at, row);
  __atomic_store_n(&class_count, class_count + 1, __ATOMIC_RELAXED);
}

bool IsOf(ClassRange classes, const DynamicClass& row) {
  for (const DynamicClass* own = classes.first; own < classes.last; ++own) {
    if (own->table == row.table && own->type == row.type) return true;
  }
  return false;
}

}  // namespace

void AddClasses(ClassRange classes) {
  if (classes.first == classes.last) return;
  if (table == nullptr) {
    table = static_cast<DynamicClass*>(MapMemory(kMostClasses * sizeof(DynamicClass)));
  }
  if (table == nullptr) return;
  Change change;
  for (const DynamicClass* row = classes.first; row < classes.last; ++row) {
    // The linker may leave holes, and a class that it dropped has no table.
    if (row->type != nullptr && row->table != 0 && class_count < kMostClasses) Insert(*row);
  }
}

void RemoveClasses(ClassRange classes) {
  if (table == nullptr || classes.first == classes.last) return;
  Change change;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < class_count; ++i) {
    if (!IsOf(classes, table[i])) Put(kept++, table[i]);
  }
  __atomic_store_n(&class_count, kept, __ATOMIC_RELAXED);
}

DynamicClass FindClass(uint64_t pointer) {
  uint32_t before = version.load(std::memory_order_acquire);
  uint32_t at = CountUpTo(pointer, __atomic_load_n(&class_count, __ATOMIC_RELAXED));
  if (at == 0 || (before & 1) != 0) return {};
  const DynamicClass& row = table[at - 1];
  DynamicClass found = {__atomic_load_n(&row.table, __ATOMIC_RELAXED),
                        __atomic_load_n(&row.table_size, __ATOMIC_RELAXED),
                        __atomic_load_n(&row.type, __ATOMIC_RELAXED)};
  std::atomic_thread_fence(std::memory_order_acquire);
  bool stable = version.load(std::memory_order_relaxed) == before;
  return stable && pointer - found.table < found.table_size ? found : DynamicClass{};
}

}  // namespace omnitrace::recording
