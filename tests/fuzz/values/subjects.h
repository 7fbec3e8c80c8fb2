// The types whose objects are made of bytes: one of everything that has a shape of its own.
#ifndef OMNITRACE_TESTS_FUZZ_VALUES_SUBJECTS_H_
#define OMNITRACE_TESTS_FUZZ_VALUES_SUBJECTS_H_

#include <absl/container/flat_hash_map.h>
#include <absl/container/inlined_vector.h>
#include <absl/container/node_hash_set.h>

#include <any>
#include <atomic>
#include <bitset>
#include <chrono>
#include <complex>
#include <deque>
#include <exception>
#include <filesystem>
#include <forward_list>
#include <functional>
#include <initializer_list>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace subjects {

enum Plain { kZero, kOne };
enum class Coin : short { penny = 1, nickel = 5 };

union Either {
  long number;
  const char* text;
  bool yes;
};

struct Pointers {
  int* number;
  const char* text;
  const wchar_t* wide;
  std::string* string;
  void (*function)(int);
  int Pointers::*member;
  void (Pointers::*method)();
  int& reference;
};

struct Bits {
  bool yes : 1;
  unsigned five : 5;
  Coin coin : 9;
  long many : 40;
};

struct Node {
  int number;
  Node* next;
  std::string name;
  std::vector<Node> children;
};

struct Shape {
  virtual ~Shape() = default;
  virtual int Sides() const { return 0; }
  int id = 1;
};
struct Square : Shape {
  int Sides() const override { return 4; }
  std::string name;
};
struct Left : virtual Shape {
  int left = 2;
};
struct Right : virtual Shape {
  std::list<int> right;
};
struct Diamond : Left, Right {
  int Sides() const override { return 2; }
  Shape* other = nullptr;
};

class Numbers {
 public:
  const int* begin() const { return first_; }
  const int* end() const { return last_; }

 private:
  int *first_ = nullptr, *last_ = nullptr;
};
class Text {
 public:
  const char* data() const { return data_; }
  unsigned size() const { return size_; }

 private:
  const char* data_ = nullptr;
  unsigned size_ = 0;
};
class Small {
 public:
  const std::string* data() const { return items_; }
  unsigned char size() const { return size_; }

 private:
  unsigned char size_ = 0;
  std::string items_[3];
};
class Maybe {
 public:
  bool has_value() const { return has_; }
  const std::string& operator*() const { return value_; }

 private:
  bool has_ = false;
  std::string value_;
};

class Matrix {
 public:
  enum { IsRowMajor = 0 };
  const double* data() const { return data_; }
  long rows() const { return rows_; }
  int cols() const { return columns_; }

 private:
  double* data_ = nullptr;
  long rows_ = 0;
  int columns_ = 0;
};
class SmallMatrix {
 public:
  enum { IsRowMajor = 1 };
  const std::string* data() const { return items_; }
  unsigned char rows() const { return rows_; }
  static int cols() { return 2; }

 private:
  unsigned char rows_ = 0;
  std::string items_[4];
};

struct Everything {
  std::string text;
  std::unordered_map<std::string, std::vector<int>> map;
  std::unique_ptr<Node> node;
  std::shared_ptr<Shape> shape;
  std::function<void()> function;
  std::deque<std::string> deque;
};

// What std::any and std::function may be found to hold is what a file puts into them.
inline void Hold() {
  std::any any = std::string("held");
  any = 5;
  std::function<void()> function = [text = std::string("held")] {};
}

template <typename... Types>
struct List {};

using Scalars = List<bool, char, wchar_t, short, unsigned long, __int128, float, long double, Plain,
                     Coin, Either, Bits, int*, const char*, const char16_t*, void*, void (*)(),
                     int Node::*, void (Pointers::*)(), int[3], std::string[2], std::nullptr_t>;

using Objects =
    List<Pointers, Node, Shape, Square, Left, Diamond, Numbers, Text, Small, Maybe, Everything,
         Matrix, SmallMatrix, std::string, std::wstring, std::u16string, std::string_view,
         std::u32string_view, std::filesystem::path, std::error_code, std::exception_ptr, std::any,
         std::function<int(int)>, std::thread::id, std::mutex, std::chrono::milliseconds,
         std::chrono::system_clock::time_point, std::chrono::duration<double>, std::complex<double>,
         std::bitset<10>, std::bitset<300>, std::atomic<int>, std::atomic<bool>, std::atomic<int*>>;

using Wrappers =
    List<std::optional<std::string>, std::optional<int>, std::variant<int, std::string, Node*>,
         std::variant<std::monostate, std::vector<int>>, std::pair<int, std::string>,
         std::tuple<int, std::string, std::vector<bool>>, std::unique_ptr<std::string>,
         std::unique_ptr<Shape>, std::unique_ptr<int[]>, std::shared_ptr<std::string>,
         std::shared_ptr<Shape>, std::weak_ptr<int>, std::reference_wrapper<std::string>,
         std::vector<int>::iterator, std::map<int, int>::iterator, std::list<int>::const_iterator,
         std::deque<int>::iterator, std::ranges::ref_view<std::vector<int>>,
         std::ranges::take_view<std::ranges::ref_view<std::vector<int>>>>;

using Containers =
    List<std::vector<int>, std::vector<bool>, std::vector<std::string>,
         std::vector<std::vector<char>>, std::array<std::string, 2>, std::span<int>,
         std::span<const std::string>, std::span<int, 4>, std::initializer_list<int>,
         std::list<int>, std::list<std::string>, std::forward_list<std::string>, std::deque<int>,
         std::deque<std::string>, std::deque<Pointers>, std::map<int, std::string>,
         std::map<std::string, std::map<int, int>>, std::set<std::string>, std::multimap<int, int>,
         std::unordered_map<std::string, int>, std::unordered_set<int>, std::queue<int>,
         std::priority_queue<int>, std::vector<std::unique_ptr<Shape>>, std::vector<Shape*>,
         absl::flat_hash_map<std::string, int>, absl::node_hash_set<std::string>,
         absl::InlinedVector<std::string, 2>>;

}  // namespace subjects

#endif  // OMNITRACE_TESTS_FUZZ_VALUES_SUBJECTS_H_
