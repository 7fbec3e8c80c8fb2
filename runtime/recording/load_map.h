// Tells the workspace where the program and its shared libraries lie, so that a reader can name the
// functions that pointers point to.
#ifndef OMNITRACE_RUNTIME_RECORDING_LOAD_MAP_H_
#define OMNITRACE_RUNTIME_RECORDING_LOAD_MAP_H_

#include <cstdint>

#include "runtime/recording/metadata_stream.h"

namespace omnitrace::recording {

// All zeros is empty. Called with the session's lock held.
class LoadMap {
 public:
  // Writes what is loaded and was not written yet.
  void Write(MetadataStream* metadata);

 private:
  // Libraries beyond stay unknown: a program that loads and unloads them for ever must not fill the
  // file with it.
  static constexpr uint32_t kMost = 1024;

  bool Add(uint64_t object);

  uint64_t known_[kMost];  // a hash of each
  uint32_t known_count_;
};

}  // namespace omnitrace::recording

#endif  // OMNITRACE_RUNTIME_RECORDING_LOAD_MAP_H_
