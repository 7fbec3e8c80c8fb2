#include "tests/fuzz/live/packed_live_file.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "runtime/workspace/coding.h"
#include "runtime/workspace/live_format.h"
#include "tests/fuzz/reader/packed_workspace.h"

namespace omnitrace::fuzz {
namespace {

constexpr uint32_t kMostSlots = 32;

uint32_t TakeSlot(Bytes* bytes) { return bytes->Take<uint8_t>() % kMostSlots; }

uint64_t OffsetOf(uint32_t slot) { return kLiveEvents + slot * kLiveSlotBytes; }

LiveHeader TakeHeader(bool keep, Bytes* packed) {
  LiveHeader header = {};
  constexpr size_t kFirst = offsetof(LiveHeader, version);
  std::string_view fields = packed->TakeText(offsetof(LiveHeader, title) - kFirst);
  fields.copy(reinterpret_cast<char*>(&header) + kFirst, fields.size());
  std::string_view observers = packed->TakeText(sizeof(header.observers));
  observers.copy(reinterpret_cast<char*>(header.observers), observers.size());
  memcpy(header.magic, kLiveMagic, sizeof(kLiveMagic));
  if (!keep) header.version = kLiveVersion;
  return header;
}

}  // namespace

LiveFileOnDisk::LiveFileOnDisk(bool keep_header, Bytes packed)
    : path_("/dev/shm/omnitrace-fuzz.XXXXXX"), descriptor_(mkstemp(path_.data())) {
  if (descriptor_ < 0 || ftruncate(descriptor_, kLiveBytes) != 0) abort();
  LiveHeader header = TakeHeader(keep_header, &packed);
  std::string_view directory = packed.TakeText(packed.Take<uint16_t>());
  std::string_view switches = packed.TakeText(packed.Take<uint16_t>());
  if (!keep_header) {
    header.directory_bytes = directory.size();
    header.switch_bytes = static_cast<uint32_t>(switches.size());
  }
  Write(0, {reinterpret_cast<const char*>(&header), sizeof(header)});
  Write(kLiveDirectory, directory);
  Write(kLiveSwitches, switches);
  Write(kLiveEvents, Unpack(packed));
}

LiveFileOnDisk::~LiveFileOnDisk() {
  close(descriptor_);
  unlink(path_.c_str());
}

void LiveFileOnDisk::Take(Step step, Bytes* steps) {
  switch (step) {
    case Step::kLook:
      break;
    case Step::kBytes: {
      uint32_t slot = TakeSlot(steps), place = steps->Take<uint16_t>();
      Write(OffsetOf(slot) + place, steps->TakeText(steps->Take<uint8_t>()));
      if (slot > 0 && place < sizeof(BlockHeader)) WriteBlock(slot, ReadBlock(slot));
      break;
    }
    case Step::kGrow: {
      uint32_t slot = TakeSlot(steps);
      Grow(slot, steps->TakeText(steps->Take<uint8_t>()));
      break;
    }
    case Step::kMoveOn: {
      uint32_t slot = TakeSlot(steps);
      MoveOn(slot, steps->TakeText(steps->Take<uint8_t>()));
      break;
    }
    case Step::kCopy: {
      std::string block(kBlockSize, '\0');
      ssize_t got = pread(descriptor_, block.data(), block.size(),
                          static_cast<off_t>(OffsetOf(TakeSlot(steps))));
      block.resize(got < 0 ? 0 : static_cast<size_t>(got));
      Write(OffsetOf(TakeSlot(steps)), block);
      break;
    }
    case Step::kCut: {
      off_t size = steps->Take<uint32_t>() % (2 * kLiveBytes);
      if (ftruncate(descriptor_, size) != 0) abort();
      break;
    }
    case Step::kHeader: {
      auto place = steps->Take<uint8_t>();
      Write(place, steps->TakeText(steps->Take<uint8_t>()));
      break;
    }
  }
}

void LiveFileOnDisk::Grow(uint32_t slot, std::string_view bytes) {
  BlockHeader header = ReadBlock(slot);
  if (slot == 0 || header.length > kBlockPayload - bytes.size()) return;
  Write(OffsetOf(slot) + sizeof(header) + header.length, bytes);
  header.length += static_cast<uint32_t>(bytes.size());
  WriteBlock(slot, header);
}

void LiveFileOnDisk::MoveOn(uint32_t slot, std::string_view bytes) {
  if (slot == 0) return;
  BlockHeader header = ReadBlock(slot);
  ++header.sequence;
  header.first_call += header.calls;
  header.length = static_cast<uint32_t>(bytes.size());
  WriteBlock(slot, header);
  Write(OffsetOf(slot) + sizeof(header), bytes);
}

// All zeros behind the file's end.
BlockHeader LiveFileOnDisk::ReadBlock(uint32_t slot) const {
  BlockHeader header = {};
  auto offset = static_cast<off_t>(OffsetOf(slot));
  if (pread(descriptor_, &header, sizeof(header), offset) < 0) abort();
  return header;
}

void LiveFileOnDisk::WriteBlock(uint32_t slot, BlockHeader header) {
  header.start_checksum = StartChecksum(header);
  Write(OffsetOf(slot), {reinterpret_cast<const char*>(&header), sizeof(header)});
}

void LiveFileOnDisk::Write(uint64_t offset, std::string_view bytes) {
  ssize_t written = pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
  if (written != static_cast<ssize_t>(bytes.size())) abort();
}

}  // namespace omnitrace::fuzz
