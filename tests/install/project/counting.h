namespace counting {

template <typename T>
class Counter {
 public:
  void reset() { value_ = T(); }
  T add(T amount) { return value_ += amount; }

 private:
  T value_;
};

int total(int first, int second);

}  // namespace counting
