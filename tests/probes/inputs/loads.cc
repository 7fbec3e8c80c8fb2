// Loads each library of its arguments twice, calls it and unloads it.
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#include "shared.h"

void load(const char* path) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) std::printf("%s\n", dlerror());
  if (const char* names = std::getenv("SWITCH")) omnitrace::trace(names);
  reinterpret_cast<void (*)(int)>(dlsym(library, "call"))(2);
  dlclose(library);
  std::printf("%s\n", dlopen(path, RTLD_NOW | RTLD_NOLOAD) == nullptr ? "unloaded" : "still there");
}

int main(int argc, char** argv) {
  shared(1);
  for (int i = 1; i < argc; ++i) {
    load(argv[i]);
    load(argv[i]);
  }
  shared(3);
}
