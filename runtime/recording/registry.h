// Gives sites and types their ids and writes their descriptions, when a site is first entered. The
// file then has everything: an object may be unloaded, a binary rebuilt.
#ifndef OMNITRACE_RUNTIME_RECORDING_REGISTRY_H_
#define OMNITRACE_RUNTIME_RECORDING_REGISTRY_H_

#include <cstdint>

#include "runtime/recording/metadata_stream.h"
#include "runtime/workspace/description.h"

namespace omnitrace::recording {

// Site::registration and Type::registration: epoch << 32 | off << 31 | long << 30 | id. An epoch is
// one recording, in one process; descriptions that carry an earlier one are registered again. A
// site is long when its arguments have no codes (value_code.h), or observers have rules for it. The
// short path then has one check for all of these: that what is left beside its own epoch is an id.
inline constexpr uint64_t kRegistrationOff = uint64_t{1} << 31;
inline constexpr uint64_t kRegistrationLong = uint64_t{1} << 30;
inline constexpr uint64_t kRegistrationId = kRegistrationLong - 1;

inline uint64_t LoadRegistration(const Site* site) {
  return __atomic_load_n(&site->registration, __ATOMIC_ACQUIRE);
}

// The id that a registration has in a recording; beyond kRegistrationId, or 0, when the site is off
// or not registered in it.
inline uint64_t IdIn(uint64_t epoch, uint64_t registration) {
  return (registration - epoch) & ~kRegistrationLong;
}

// Whether the short path can put the arguments of a function that is registered.
bool IsCoded(const Site& site);

// All zeros is empty. Called with the session's lock held.
class Registry {
 public:
  // False when there is no space for the description.
  bool Register(Site* site, uint64_t epoch, MetadataStream* metadata);
  // A type that no site leads to. Its id; 0 when there is no space.
  uint32_t RegisterType(Type* type, uint64_t epoch, MetadataStream* metadata);

 private:
  uint32_t TypeId(Type* type, uint64_t epoch);
  bool WriteTypes(uint64_t epoch, MetadataStream* metadata);

  Type** types_;  // by id - 1; in one go, since a description may lead to many others
  uint32_t type_count_;
  uint32_t written_types_;
  uint32_t function_count_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_REGISTRY_H_
