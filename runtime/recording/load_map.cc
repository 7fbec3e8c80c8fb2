#include "runtime/recording/load_map.h"

#include <link.h>

#include "runtime/recording/elf_build_id.h"
#include "runtime/recording/output_path.h"

namespace omnitrace::recording {
namespace {

struct Span {
  uint64_t first;
  uint64_t end;
};

Span SpanOf(const dl_phdr_info& object) {
  Span span = {~uint64_t{0}, 0};
  for (int i = 0; i < object.dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = object.dlpi_phdr[i];
    if (header.p_type != PT_LOAD) continue;
    uint64_t first = object.dlpi_addr + header.p_vaddr;
    uint64_t end = first + header.p_memsz;
    if (first < span.first) span.first = first;
    if (end > span.end) span.end = end;
  }
  return span;
}

uint64_t HashOf(const dl_phdr_info& object) {
  uint64_t hash = object.dlpi_addr + 1;
  for (const char* c = object.dlpi_name; c != nullptr && *c != '\0'; ++c) {
    hash = (hash ^ static_cast<unsigned char>(*c)) * 0x100000001b3;
  }
  return hash;
}

void WriteObject(const dl_phdr_info& object, MetadataStream* metadata) {
  Span span = SpanOf(object);
  Path program;
  std::string_view path = object.dlpi_name == nullptr ? "" : object.dlpi_name;
  // The executable, which is the first one, has no name.
  if (path.empty()) {
    ReadProgramPath(&program);
    path = program.view();
  }
  Fact build_id;
  AppendBuildId(object, &build_id);
  metadata->Write(MetadataRecord::kObject, [&](MetadataFields* fields) {
    fields->Put(object.dlpi_addr);
    fields->Put(span.first);
    fields->Put(span.end);
    fields->PutText(path);
    fields->PutText(build_id.view());
  });
}

}  // namespace

bool LoadMap::Add(uint64_t object) {
  for (uint32_t i = 0; i < known_count_; ++i) {
    if (known_[i] == object) return false;
  }
  if (known_count_ == kMost) return false;
  known_[known_count_++] = object;
  return true;
}

void LoadMap::Write(MetadataStream* metadata) {
  struct Visit {
    LoadMap* map;
    MetadataStream* metadata;
  } visit = {this, metadata};
  auto visitor = [](dl_phdr_info* object, size_t, void* context) {
    auto* self = static_cast<Visit*>(context);
    if (self->map->Add(HashOf(*object))) WriteObject(*object, self->metadata);
    return 0;
  };
  dl_iterate_phdr(visitor, &visit);
}

}  // namespace omnitrace::recording
