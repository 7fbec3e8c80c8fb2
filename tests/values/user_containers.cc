// Classes of the program's own that are vectors, strings or optionals by what their accessors say,
// also where those haven't been called; with a field more they are shown by their fields.
// RUN: %values -std=c++20
#include <cassert>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "values.h"

template <typename T>
class Vector {
 public:
  void push(const T& value) {
    if (!begin_) begin_ = end_ = new T[8], limit_ = begin_ + 8;
    *end_++ = value;
  }
  ~Vector() { delete[] begin_; }
  T* begin() { return begin_; }
  T* end() { return end_; }
  const T* begin() const { return begin_; }
  const T* end() const { return this->end_; }
  size_t capacity() const { return limit_ - begin_; }

 private:
  T* begin_ = nullptr;
  T* end_ = nullptr;
  T* limit_ = nullptr;
};

struct Buffer {
  short* items = nullptr;
  unsigned short count = 0, room = 0;
  short* data() const { return items; }
  int size() const { return count; }
  int capacity() const { return room; }
};

template <typename T, int kSize>
class Fixed {
 public:
  const T* data() const { return &values_[0]; }
  static constexpr int kCount = kSize;
  int size() const { return kSize; }
  T values_[kSize];
};

template <typename T>
class Inline {
 public:
  T* data() { return reinterpret_cast<T*>(storage_.bytes); }
  unsigned size() const { return size_; }
  unsigned size_ = 0;
  struct Storage {
    alignas(T) unsigned char bytes[4 * sizeof(T)];
  } storage_;
};

template <typename T>
struct Store {
  const T* data() const { return at_; }
  size_t size() const { return size_; }
  const T* at_;
  size_t size_;
};
template <typename T>
class Span {
 public:
  Span(const T* at, size_t size) : store_{at, size} {}
  const T* data() const { return store_.data(); }
  const T* begin() const { return data(); }
  size_t size() const { return store_.size(); }

 private:
  Store<T> store_;
};

class Text {
 public:
  explicit Text(const char* text, size_t size) : text_(text), end_(text + size) {}
  const char* data() const { return text_; }
  size_t size() const { return static_cast<size_t>(end_ - text_); }

 private:
  const char* text_;
  const char* end_;
};

template <typename T>
class Maybe {
 public:
  Maybe() = default;
  explicit Maybe(const T& value) : engaged_(true) { new (bytes_) T(value); }
  bool has_value() const { return engaged_; }
  const T& operator*() const {
    assert(engaged_);
    return *std::launder(reinterpret_cast<const T*>(bytes_));
  }

 private:
  alignas(T) unsigned char bytes_[sizeof(T)];
  bool engaged_ = false;
};

// Its elements lie inside as long as there is room.
template <typename T, int kRoom>
class Chosen {
 public:
  explicit Chosen(std::initializer_list<T> values) : count_(values.size() << 1) {
    if (values.size() > kRoom) count_ |= 1, heap_.at = new T[values.size()];
    T* to = data();
    for (const T& value : values) new (to++) T(value);
  }
  ~Chosen() {
    if (is_far()) delete[] heap_.at;
  }
  bool is_far() const { return (count_ & 1) != 0; }
  T* near() { return reinterpret_cast<T*>(&near_[0]); }
  const T* near() const { return reinterpret_cast<const T*>(&near_[0]); }
  T* data() { return is_far() ? heap_.at : near(); }
  const T* data() const { return is_far() ? heap_.at : near(); }
  size_t size() const { return count_ >> 1; }

  size_t count_;
  union {
    struct {
      T* at;
    } heap_;
    alignas(T) unsigned char near_[kRoom * sizeof(T)];
  };
};

struct ByRoom {
  const int* data() const { return room <= 2 ? inside : outside; }
  unsigned size() const { return count; }
  unsigned capacity() const { return room; }
  unsigned count, room;
  const int* outside;
  int inside[2];
};
struct ByNull {
  const int* data() const { return !outside ? inside : outside; }
  unsigned size() const { return count; }
  unsigned count;
  const int* outside;
  int inside[2];
};

struct BySign {
  const int* data() const { return room > 0 ? outside : inside; }
  unsigned size() const { return count; }
  unsigned capacity() const { return room > 0 ? room : 2; }
  unsigned count;
  int room;
  const int* outside;
  int inside[2];
};

// The pointer may lead to the room behind it.
class Leading {
 public:
  explicit Leading(short value) : begin_(new (room_) short(value)) {}
  const short* data() const { return begin_; }
  size_t size() const { return 1; }

 private:
  short* begin_;
  alignas(short) char room_[8];
};

// Each partial specialization counts its own parameters.
template <typename T, int kTag, int kSize>
struct Tagged;
template <int kTag, int kSize>
struct Tagged<int, kTag, kSize> {
  const int* data() const { return values; }
  int size() const { return kSize; }
  int values[kSize];
};

struct Packet {
  const int* data() const { return data_; }
  size_t size() const { return size_; }
  const int* data_;
  size_t size_;
  int id;
};

// What is no vector or has more than one: shown by its fields.
struct Nested {
  const int* data() const { return packet.data_; }
  size_t size() const { return packet.size_; }
  Packet packet;
};
struct Bits {
  const int* data() const { return data_; }
  size_t size() const { return size_; }
  const int* data_;
  unsigned size_ : 7;
  unsigned far : 1;
};
struct Named {
  const char* data() const { return data_; }
  size_t size() const { return size_; }
  const char* data_;
  size_t size_;
  char name[4];
};
struct Inverse {
  const int* data() const { return count == 2 ? inside : outside; }
  unsigned size() const { return count; }
  unsigned count;
  const int* outside;
  int inside[2];
};

int main() {
  Vector<int> vector;
  sees(vector);                               // [] | []
  vector.push(4);
  vector.push(5);
  sees(vector);                               // [4, 5] | [4, 5] | a class with begin() and end() or data() and size()
  short items[] = {1, 2, 3};
  sees(Buffer{items, 2, 3});                  // [1, 2] | [1, 2]
  sees(Fixed<int, 3>{{7, 8, 9}});             // [7, 8, 9] | [7, 8, 9]
  Inline<int> inlined;
  new (inlined.storage_.bytes) int(6);
  inlined.size_ = 1;
  sees(inlined);                              // [6] | [6]
  std::string words[] = {"a", "b"};
  sees(Span<std::string>(words, 2));          // ["a", "b"] | ["a", "b"]
  sees(Text("text", 4));                      // "text" | "text"
  sees(Maybe<int>(3));                        // 3 | 3 | a class with has_value() and operator*
  sees(Maybe<std::string>());                 // nullopt | null
  sees(Chosen<int, 2>{1, 2});                 // [1, 2] | [1, 2]
  sees(Chosen<int, 2>{1, 2, 3});              // [1, 2, 3] | [1, 2, 3]
  sees(Chosen<std::string, 1>{"a"});          // ["a"] | ["a"]
  sees(ByRoom{2, 2, nullptr, {7, 8}});        // [7, 8] | [7, 8]
  int far[] = {1, 2, 3};
  sees(ByRoom{3, 3, far, {}});                // [1, 2, 3] | [1, 2, 3]
  sees(ByNull{1, nullptr, {7, 8}});           // [7] | [7]
  sees(ByNull{3, far, {}});                   // [1, 2, 3] | [1, 2, 3]
  sees(BySign{1, -1, nullptr, {7, 8}});       // [7] | [7]
  sees(BySign{3, 3, far, {}});                // [1, 2, 3] | [1, 2, 3]
  sees(Leading(4));                           // [4] | [4]
  sees(Tagged<int, 1, 2>{{5, 6}});            // [5, 6] | [5, 6]
  sees(Packet{nullptr, 0, 5});
  // {data_: nullptr, size_: 0, id: 5} | {"data_": null, "size_": 0, "id": 5}
  sees(Nested{{nullptr, 0, 5}});
  // {packet: {data_: nullptr, size_: 0, id: 5}} | {"packet": {"data_": null, "size_": 0, "id": 5}}
  sees(Bits{nullptr, 2, 1});
  // {data_: nullptr, size_: 2, far: 1} | {"data_": null, "size_": 2, "far": 1}
  sees(Named{nullptr, 0, "me"});
  // {data_: nullptr, size_: 0, name: "me"} | {"data_": null, "size_": 0, "name": "me"}
  sees(Inverse{2, nullptr, {7, 8}});
  // {count: 2, outside: nullptr, inside: [7, 8]} | {"count": 2, "outside": null, "inside": [7, 8]}
}
